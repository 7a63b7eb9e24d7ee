using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Modules.Licensing;

namespace OpsKit.Modules.Tests.Licensing.Tables;

public sealed class LicensingTablesReaderTests : IDisposable
{
    private const string Small = """
        version: 1
        default-table: now
        edition-keys: { drop-suffixes: [.vram], drop-prefixes: [esx], name-prefixes: [vSphere], evaluation: [eval] }
        editions:
          - { name: Standard, keys: [full], names: [Standard] }
        vram:
          now:
            entitlements:
              Standard: { gb: 10 }
        cores: { minimum-per-cpu: 16 }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-tables-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Built_in_tables_have_both_tables_of_2011_and_the_core_rule()
    {
        var tables = LicensingTablesReader.BuiltIn;

        tables.Vram.Keys.ShouldBe(["2011-07", "2011-08"]);
        tables.DefaultTable.ShouldBe("2011-08");
        tables.VramTable("2011-07").CapPerMachineMB.ShouldBeNull();
        tables.VramTable(null).CapPerMachineMB.ShouldBe(96 * 1024);
        tables.VramTable("2011-07").Entitlements["Hypervisor"].ShouldBe(new VramEntitlement { MegabytesPerLicence = 8192, Per = LicensedUnit.Host, Hard = true });
        tables.Cores.MinimumPerCpu.ShouldBe(16);
        tables.Cores.MinimumOrder.ShouldBeNull();
    }

    [Fact]
    public void File_given_wins_over_the_configured_one_and_that_over_the_built_in()
    {
        LicensingTablesReader.Load(Machine()).Source.ShouldBe("built in");

        var configured = Write("licensing.yaml", Small);
        LicensingTablesReader.Load(Machine()).Source.ShouldBe(configured);

        Write("other.yaml", Small);
        LicensingTablesReader.Load(Machine(), "other.yaml").Source.ShouldBe("other.yaml");
    }

    [Theory]
    [InlineData("version: 1", "version: 2", "t.yaml:1:10: this opskit reads version 1, not 2")]
    [InlineData("default-table: now", "default-table: then", "t.yaml:2:16: there is no vRAM table \"then\"")]
    [InlineData("entitlements:", "entitlments:", "now: unknown key \"entitlments\" (did you mean \"entitlements\"?)")]
    [InlineData("gb: 10", "gb: lots", "t.yaml:9:23: \"gb\" is \"lots\", expected a whole number from 0 to 1048576")]
    [InlineData("gb: 10", "gb: 10, per: core", "t.yaml:9:32: \"per\" is \"core\", expected one of cpu, host")]
    [InlineData("gb: 10", "gb: 10, pool-limt: 9", "t.yaml:9:27: Standard: unknown key \"pool-limt\" (did you mean \"pool-limit\"?)")]
    [InlineData("gb: 10", "gb: 10, hard: perhaps", "t.yaml:9:33: \"hard\" is \"perhaps\", expected true or false")]
    [InlineData("Standard: { gb: 10 }", "Gold: { gb: 10 }", "\"Gold\" is none of the editions: Standard")]
    [InlineData("{ gb: 10 }", "{ counts-as: Standard }", "t.yaml:9:17: \"Standard\" counts as \"Standard\", which has no entitlement of its own in table now")]
    [InlineData("keys: [full]", "keys: { full: 1 }", "t.yaml:5:29: \"keys\" is keys with values, expected a list of texts")]
    [InlineData("cores: { minimum-per-cpu: 16 }", "cores: {}", "t.yaml:10:8: cores: \"minimum-per-cpu\" is missing")]
    [InlineData("cores: {", "cores: [", "t.yaml:10:")]
    public void Mistake_is_named_with_its_place(string right, string wrong, string message) =>
        Should.Throw<OpsKitException>(() => LicensingTablesReader.Parse(Small.Replace(right, wrong), "t.yaml"))
            .ShouldSatisfyAllConditions(
                error => error.Kind.ShouldBe(FailureKind.Usage),
                error => error.Message.ShouldContain(message));

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b")]
    [InlineData("just text")]
    [InlineData("a: 1\n---\nb: 2")]
    public void Text_that_is_no_mapping_is_refused(string text) =>
        Should.Throw<OpsKitException>(() => LicensingTablesReader.Parse(text, "t.yaml")).Kind.ShouldBe(FailureKind.Usage);

    [Fact]
    public void Missing_file_is_a_usage_error_that_names_it() =>
        Should.Throw<OpsKitException>(() => LicensingTablesReader.Load(Machine(), "nowhere.yaml")).Message.ShouldContain("nowhere.yaml: the file does not exist");

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private JumpHost Machine() =>
        JumpHost.From(new Dictionary<string, string> { ["OPSKIT_CONFIG_DIR"] = _folder }, _folder, _folder, windows: false);
}
