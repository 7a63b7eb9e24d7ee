using OpsKit.Cli.Commands;
using OpsKit.Cli.Commands.Licensing;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Modules.Licensing;
using OpsKit.TestKit;

namespace OpsKit.Cli.Tests.Commands.Licensing;

public sealed class LicenseCommandTests : IDisposable
{
    private readonly CliHarness _cli = new();
    private readonly List<string> _asked = [];

    public LicenseCommandTests()
    {
        _cli.Write("opskit.yaml", "read through a door of the test");
        _cli.Doors = Doors(VCenter("vc1"), VCenter("vc2"));
    }

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("license list", "list")]
    [InlineData("license vram", "vram")]
    [InlineData("license vram --by host", "vram-host")]
    [InlineData("license vram --by vm", "vram-vm")]
    [InlineData("license vram --by key", "vram-key")]
    [InlineData("license cores", "cores")]
    [InlineData("license cores --by cluster", "cores-cluster")]
    public void Report_reads_as_agreed(string commandLine, string golden)
    {
        var run = _cli.Run(commandLine);

        run.Error.ShouldBe("");
        run.ExitCode.ShouldBe(0);
        Golden.ShouldMatch(run.Out, golden + ".txt");
    }

    [Fact]
    public void Csv_of_pools_begins_with_the_columns_scripts_know()
    {
        var run = _cli.Run("license vram --output csv");

        run.Out.Split('\n')[0].ShouldStartWith("vCenter,LicenseType,vRAMConfigured,vRAMUsed,vRAMEntitled,");
        run.Out.Split('\n')[1].ShouldStartWith("vc1,vSphere 5 Standard,100.0,96.0,64.0,");
    }

    [Fact]
    public void As_of_picks_the_table()
    {
        _cli.Run("license vram --as-of 2011-07 --output csv").Out.ShouldContain("vc1,vSphere 5 Standard,100.0,100.0,48.0,");

        var unknown = _cli.Run("license vram --as-of 2012-01");
        unknown.ExitCode.ShouldBe(3);
        unknown.Error.ShouldContain("use one of: 2011-07, 2011-08");
    }

    [Fact]
    public void Keys_are_shown_in_full_only_when_asked_for()
    {
        foreach (var verb in new[] { "list", "vram --by host", "vram --by key" })
        {
            _cli.Run($"license {verb} --output json").Out.ShouldNotContain("AAAAA-");
            _cli.Run($"license {verb} --output json --show-keys").Out.ShouldContain("AAAAA-BBBBB-CCCCC-DDDDD-EEEEE");
        }
    }

    [Fact]
    public void Dead_vcenter_is_not_assessed_and_the_exit_code_is_6()
    {
        _cli.Doors = Doors(VCenter("vc1"), VCenter("dead"));
        var run = _cli.Run("license vram --output csv");

        run.ExitCode.ShouldBe(6);
        run.Out.ShouldContain("vc1,vSphere 5 Standard");
        run.Out.ShouldContain("dead,,,,,,,,,,,,,,does not answer");
        run.Error.ShouldContain("next:  opskit doctor dead");
    }

    [Fact]
    public void Estate_without_vcenter_is_a_usage_error()
    {
        _cli.Doors = Doors();

        _cli.Run("license list").ExitCode.ShouldBe(3);
    }

    [Fact]
    public void Recorded_marks_are_kept_and_shown_without_asking_anyone()
    {
        _cli.Run("license vram --record --quiet").ExitCode.ShouldBe(0);
        _cli.Clock.Advance(TimeSpan.FromDays(2));
        _cli.Run("license vram --record").Error.ShouldContain("2 marks of 2026-02-02 (UTC) recorded in");
        _asked.Clear();

        var run = _cli.Run("license vram --history");
        _asked.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        Golden.ShouldMatch(run.Out, "history.txt");
    }

    [Fact]
    public void Incomplete_group_is_not_recorded_and_says_so()
    {
        _cli.Doors = Doors(VCenter("vc1") with { LinkedGroup = "emea" }, VCenter("dead") with { LinkedGroup = "emea" });
        var run = _cli.Run("license vram --record");

        run.ExitCode.ShouldBe(6);
        run.Error.ShouldContain("emea is not recorded");
        _cli.Run("license vram --history").Out.ShouldContain("Nothing is recorded yet");
    }

    [Theory]
    [InlineData("license vram --history --record", "--history and --record exclude each other")]
    [InlineData("license vram --history --by vm", "--history and --by exclude each other")]
    [InlineData("license vram --by cluster", "--by cluster is no choice of rows")]
    [InlineData("license cores --by vm", "--by vm is no choice of rows")]
    [InlineData("license cores --tables none.yaml", "none.yaml: the file does not exist")]
    [InlineData("license", "needs one of: list, vram, cores")]
    public void Mistake_is_answered_before_anyone_is_asked(string commandLine, string message)
    {
        var run = _cli.Run(commandLine);

        run.ExitCode.ShouldBe(3);
        run.Error.ShouldContain(message);
        _asked.ShouldBeEmpty();
    }

    [Fact]
    public void Tables_of_the_working_folder_replace_the_built_in_ones()
    {
        _cli.Write("mine.yaml", """
            version: 1
            default-table: mine
            edition-keys: { drop-suffixes: [.vram], drop-prefixes: [esx], name-prefixes: [vSphere], evaluation: [eval] }
            editions: [{ name: Standard, keys: [full], names: [Standard] }]
            vram: { mine: { entitlements: { Standard: { gb: 1000 } } } }
            cores: { minimum-per-cpu: 32, minimum-order: 500 }
            """);

        _cli.Run("license vram --tables mine.yaml --output csv").Out.ShouldContain("vc1,vSphere 5 Standard,100.0,100.0,2000.0,");
        _cli.Run("license cores --tables mine.yaml").Out.ShouldContain("the tables set a minimum order of 500 cores");
    }

    private Doors Doors(params VCenterEndpoint[] vCenters) => Cli.Commands.Doors.ToTheWorld with
    {
        ReadInventory = (_, _) => CliHarness.EstateOf([.. vCenters]),
        ReadLicensing = Read,
    };

    private Task<LicensingState> Read(VCenterEndpoint vCenter, LicensingParts parts, LicensingTables tables, CommandContext context, CancellationToken ct)
    {
        lock (_asked)
            _asked.Add(vCenter.Name);
        if (vCenter.Name == "dead")
            throw new OpsKitException(FailureKind.Unreachable, "does not answer", vCenter.Name, "opskit doctor dead");
        return Task.FromResult(State(vCenter, parts));
    }

    private static VCenterEndpoint VCenter(string name) => new() { Name = name, Address = name };

    private static LicensingState State(VCenterEndpoint vCenter, LicensingParts parts)
    {
        var key = new License { Key = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE", EditionKey = "esxFull.vram", Name = "vSphere 5 Standard", Total = 2, Used = 2, CostUnit = "cpuPackage", Labels = [$"site={vCenter.Name}"] };
        var host = new LicensedHost { Id = "host-1", Name = "esx01", Cluster = "blades", Version = "5.0.0", Sockets = 2, Cores = 12, Model = "ProLiant BL620c G7", Vendor = "HP", ConnectionState = "connected" };
        return new LicensingState
        {
            VCenter = vCenter.Name,
            LinkedGroup = vCenter.LinkedGroup,
            ObservedAt = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero),
            Licenses = [key with { Key = vCenter.Name == "vc1" ? key.Key : "FFFFF-GGGGG-HHHHH-JJJJJ-KKKKK" }],
            Assignments = [new LicenseAssignment("host-1", null, "esx01", key with { Key = vCenter.Name == "vc1" ? key.Key : "FFFFF-GGGGG-HHHHH-JJJJJ-KKKKK" })],
            Hosts = [host],
            Machines = parts.HasFlag(LicensingParts.Machines)
                ? [new SizedMachine { Id = "vm-1", Name = "\u001b[31mdb\u001b[0m\nred", HostId = "host-1", MemoryMB = 102_400, PowerState = "poweredOn" }]
                : [],
        };
    }
}
