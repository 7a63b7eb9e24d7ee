using System.Text.Json;
using OpsKit.TestKit;

namespace OpsKit.Cli.Tests.Commands.Inventory;

public sealed class InventoryCommandTests : IDisposable
{
    private const string Lab =
        """
        credentials:
          reader:
            user: reader@vsphere.local
            password: file:/etc/opskit/reader
          manager:
            user: root
            password: cmd:pass show esx/root
        vcenters:
          vc1:
            address: vcenter1.example.com
            credential: reader
            linked-group: east
          vc-old:
            address: https://10.0.0.9:8443/sdk
            credential: reader
            tls: { allow-legacy: true }
        enclosures:
          enc1:
            address: 10.0.1.1
            standby: 10.0.1.2
            credential: manager
        hosts:
          esx01:
            address: esx01.example.com
            credential: manager
            vcenter: vc1
            enclosure: enc1
            connect-timeout: 5s
            ssh: { host-keys: accept-new }
        groups:
          lab: [vc-old, esx01]
        """;

    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Check_of_a_valid_file_counts_what_is_in_it()
    {
        _cli.Write("opskit.yaml", Lab);

        _cli.Run("inventory check").ShouldBe(new CliRun(
            0,
            "opskit.yaml is valid: 2 vCenters, 1 host, 1 enclosure, 1 group.\n",
            "warning: vc-old may be spoken to with outdated cryptography (allow-legacy).\n"));
    }

    [Fact]
    public void Csv_keeps_names_as_they_are_but_on_a_screen()
    {
        _cli.Write("opskit.yaml", "credentials:\n  c: { user: \"re\\e[2Jader\", password: prompt }\nvcenters:\n  vc1: { address: vc1, credential: c }\n");

        _cli.Run("inventory show --output csv").Out.ShouldContain(",re\u001b[2Jader,");
        _cli.OnTerminal().Run("inventory show --output csv").Out.ShouldContain(",re\\x1b[2Jader,");
    }

    [Fact]
    public void Check_of_an_invalid_file_names_every_line()
    {
        _cli.Write("opskit.yaml", "vcenters:\n  vc1:\n    adress: a\n    credential: nobody\n");

        var run = _cli.Run("inventory check");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain("opskit.yaml:3:5");
        run.Error.ShouldContain("address");
        run.Error.ShouldContain("opskit.yaml:4:");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(160)]
    public void Show_on_a_terminal_is_pinned(int width)
    {
        _cli.OnTerminal(width).Environment["NO_COLOR"] = "1";
        _cli.Write("opskit.yaml", Lab);

        Golden.ShouldMatch(_cli.Run("inventory show").Out, $"inventory-{width}.txt");
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("table")]
    public void Show_as_a_file_is_pinned(string format)
    {
        _cli.Write("opskit.yaml", Lab);

        Golden.ShouldMatch(_cli.Run($"inventory show --output {format}").Out, $"inventory.{(format == "table" ? "txt" : format)}");
    }

    [Theory]
    [InlineData("--limit lab", "vc-old,esx01")]
    [InlineData("--limit vc*", "vc1,vc-old")]
    [InlineData("--limit lab,!esx*", "vc-old")]
    [InlineData("--limit !lab", "vc1,enc1")]
    [InlineData("--limit ESX01 --limit vc1", "vc1,esx01")]
    public void Limit_chooses_by_name_group_and_exclusion(string limit, string names)
    {
        _cli.Write("opskit.yaml", Lab);

        using var document = JsonDocument.Parse(_cli.Run($"inventory show --output json {limit}").Out);
        document.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("Name").GetString()).ShouldBe(names.Split(','));
    }

    [Fact]
    public void Limit_that_matches_nothing_is_a_mistake()
    {
        _cli.Write("opskit.yaml", Lab);

        var run = _cli.Run("inventory show --limit esx02");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain("esx01");
    }

    [Fact]
    public void Flag_wins_over_variable_over_project_file_over_user_file()
    {
        _cli.Write("../.config/opskit/opskit.yaml", "vcenters: { of-user: {} }");
        Name("").ShouldBe("of-user");
        _cli.Write("opskit.yaml", "vcenters: { of-project: {} }");
        Name("").ShouldBe("of-project");
        _cli.Write("variable.yaml", "vcenters: { of-variable: {} }");
        _cli.Environment["OPSKIT_INVENTORY"] = "variable.yaml";
        Name("").ShouldBe("of-variable");
        _cli.Write("flag.yaml", "vcenters: { of-flag: {} }");
        Name("--inventory flag.yaml").ShouldBe("of-flag");
        Name("--server ad-hoc").ShouldBe("ad-hoc");
    }

    [Fact]
    public void Ad_hoc_endpoints_need_no_file()
    {
        using var document = JsonDocument.Parse(
            _cli.Run("inventory show --server https://127.0.0.1:8989/sdk --server vc2 --host esx01:2222 --user root --password env:PW --timeout 2m --output json").Out);

        var rows = document.RootElement.GetProperty("rows").EnumerateArray().ToList();
        rows.Select(row => row.GetProperty("Address").GetString()).ShouldBe(["127.0.0.1:8989", "vc2:443", "esx01:2222"]);
        rows.Select(row => row.GetProperty("Timeout").GetInt32()).ShouldBe([120, 120, 120]);
        rows[0].GetProperty("Password").GetString().ShouldBe("env:PW");
    }

    [Fact]
    public void Report_file_takes_its_format_from_its_name_and_leaves_stdout_empty()
    {
        _cli.Write("opskit.yaml", Lab);

        var run = _cli.Run("inventory show --out endpoints.csv");

        run.ShouldBe(new CliRun(0, "", "4 rows written to endpoints.csv\n"));
        File.ReadAllText(Path.Combine(_cli.Folder, "endpoints.csv")).ShouldStartWith("Name,Kind,Address,");
    }

    [Fact]
    public void Report_file_in_a_missing_folder_is_refused_before_anything_else()
    {
        var run = _cli.Run("inventory show --out missing/endpoints.csv");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain("the folder ~work/missing does not exist");
        run.Error.ShouldContain("next:  mkdir -p ~work/missing");
    }

    private string? Name(string options)
    {
        using var document = JsonDocument.Parse(_cli.Run($"inventory show --output json {options}").Out);
        return document.RootElement.GetProperty("rows")[0].GetProperty("Name").GetString();
    }
}
