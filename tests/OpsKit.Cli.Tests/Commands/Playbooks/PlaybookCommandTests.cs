using System.Text.Json;
using OpsKit.TestKit;

namespace OpsKit.Cli.Tests.Commands.Playbooks;

public sealed class PlaybookCommandTests : IDisposable
{
    private const string Good =
        """
        name: night
        guards:
          - ping: {targets: [10.0.0.1]}
        steps:
          - uses: host.enter-maintenance
            targets: esx-*
        """;

    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Valid_playbook_has_no_findings()
    {
        _cli.Write("night.yaml", Good);

        _cli.Run("playbook lint night.yaml").ShouldBe(new CliRun(0, "", "1 playbook: valid\n"));
        _cli.Run("playbook lint night.yaml --quiet").ShouldBe(new CliRun(0, "", ""));
    }

    [Fact]
    public void Mistakes_of_all_files_are_told_with_their_places()
    {
        _cli.Write("a.yaml", "name: a\nsteps:\n  - {uses: host.enter-maintenence, targets: esx1}\n  - {uses: pause, wiht: {instructions: x}}\n");
        _cli.Write("b.yaml", "name: b\nsteps: [\n");
        _cli.Write("night.yaml", Good);

        var run = _cli.Run("playbook lint a.yaml night.yaml b.yaml missing.yaml");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        Golden.ShouldMatch(_cli.Scrub(run.Out), "lint-mistakes.txt");
        run.Error.ShouldBe("4 playbooks: 5 errors\n");
    }

    [Fact]
    public void What_is_legal_yet_unwise_is_a_warning()
    {
        _cli.Write(
            "night.yaml",
            """
            name: night
            vars: {unused: x}
            guards:
              - window: {days: [sat], from: "22:00", to: "04:00", time-zone: UTC}
              - window: {days: [mon, tue], from: "08:00", to: "20:00", time-zone: UTC}
                name: other
            steps:
              - {uses: host.enter-maintenance, targets: esx-*, batch: [all]}
              - {uses: host.reboot, targets: esx-*, batch: [1, 100%]}
              - {uses: host.exit-maintenance, targets: esx-*, batch: all}
              - {uses: license.vram}
            """);

        var run = _cli.Run("playbook lint night.yaml");

        run.ExitCode.ShouldBe(ExitCodes.Done);
        Golden.ShouldMatch(run.Out, "lint-warnings.txt");
        run.Error.ShouldBe("1 playbook: valid, 5 warnings\n");
    }

    [Theory]
    [InlineData("{days: [sat], from: \"22:00\", to: \"04:00\", time-zone: UTC}", "{days: [sun], from: \"00:00\", to: \"02:00\", time-zone: UTC}", true)]
    [InlineData("{days: [sat], from: \"22:00\", to: \"04:00\", time-zone: UTC}", "{days: [sun], from: \"04:00\", to: \"05:00\", time-zone: UTC}", false)]
    [InlineData("{days: [sat], from: \"00:00\", to: \"00:00\", time-zone: UTC}", "{days: [sat], from: \"23:59\", to: \"00:00\", time-zone: UTC}", true)]
    [InlineData("{from: \"08:00\", to: \"09:00\", time-zone: UTC}", "{from: \"08:00\", to: \"09:00\", time-zone: Asia/Tokyo}", false)]
    [InlineData("{from: \"08:00\", to: \"09:00\", time-zone: UTC}", "{from: \"10:00\", to: \"10:30\", time-zone: Europe/Berlin}", true)]
    [InlineData("{from: \"02:10\", to: \"02:20\", time-zone: Europe/Berlin}", "{days: [mon], from: \"02:15\", to: \"03:00\", time-zone: Europe/Berlin}", true)]
    public void Windows_are_looked_at_together(string one, string other, bool open)
    {
        _cli.Write("night.yaml", $"name: night\nguards:\n  - window: {one}\n  - window: {other}\nsteps: [{{uses: license.vram}}]\n");

        _cli.Run("playbook lint night.yaml").Out.Contains("never open at the same time", StringComparison.Ordinal).ShouldBe(!open);
    }

    [Fact]
    public void Inventory_is_checked_too()
    {
        _cli.Write("plays/night.yaml", "inventory: ../lab.yaml\n" + Good);

        _cli.Run("playbook lint plays/night.yaml").Out.ShouldBe("lab.yaml: error: the inventory file does not exist\n");
        _cli.Write("lab.yaml", "hosts:\n  esx1: {adress: a}\n");
        _cli.Run("playbook lint plays/night.yaml").Out.ShouldStartWith("lab.yaml:2:10: error: esx1: unknown key \"adress\" (did you mean \"address\"?)");
        _cli.Write("lab.yaml", "hosts:\n  esx1: {}\n");
        _cli.Run("playbook lint plays/night.yaml").ExitCode.ShouldBe(ExitCodes.Done);
    }

    [Fact]
    public void Variables_are_given_on_the_command_line()
    {
        _cli.Write("night.yaml", Good.Replace("esx-*", "cluster:${cluster}", StringComparison.Ordinal) + "\nvars: {cluster: }\n");

        _cli.Run("playbook lint night.yaml").Out.ShouldBe("night.yaml:7:17: error: the variable \"cluster\" has no value; give it with --var cluster=VALUE\n");
        _cli.Run("playbook lint night.yaml --var cluster=Prod").ExitCode.ShouldBe(ExitCodes.Done);
        _cli.Run("playbook lint night.yaml --var cluster=Prod --var clutser=x").Out.ShouldContain("the playbook has no such variable (did you mean \"cluster\"?)");
    }

    [Fact]
    public void Findings_as_json_are_on_stdout_whatever_the_exit_code()
    {
        _cli.Write("a.yaml", "name: a\nsteps:\n  - {uses: host.enter-maintenence, targets: esx1}\n");
        _cli.Write("b.yaml", Good.Replace("ping: {targets: [10.0.0.1]}", "failures: {most: 1}", StringComparison.Ordinal));

        var run = _cli.Run("playbook lint a.yaml b.yaml --output json");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        using var document = JsonDocument.Parse(run.Out);
        document.RootElement.GetProperty("rows").EnumerateArray()
            .Select(row => $"{row.GetProperty("File").GetString()} {row.GetProperty("Line").GetInt32()} {row.GetProperty("Severity").GetString()}")
            .ShouldBe(["a.yaml 3 error", "b.yaml 5 warning"]);
    }

    [Fact]
    public void Hostile_text_in_a_playbook_does_not_reach_the_screen()
    {
        _cli.OnTerminal().Write("a.yaml", "name: a\nsteps:\n  - {uses: \"a\\e[2Jb\\nname\", targets: esx1}\n");

        var run = _cli.Run("playbook lint a.yaml");

        run.Out.ShouldNotContain("\u001b[2J");
        run.Out.TrimEnd('\n').ShouldNotContain("\n");
    }

    [Fact]
    public void Nothing_is_contacted_and_no_inventory_is_needed()
    {
        _cli.Write("night.yaml", Good);
        _cli.Write("opskit.yaml", "not an inventory");

        _cli.Run("playbook lint night.yaml").ExitCode.ShouldBe(ExitCodes.Done);
        _cli.Run("playbook schema").ExitCode.ShouldBe(ExitCodes.Done);
    }

    [Fact]
    public void Schema_is_pinned()
    {
        var run = _cli.Run("playbook schema");

        run.ExitCode.ShouldBe(ExitCodes.Done);
        Golden.ShouldMatch(run.Out, "playbook.schema.json");
        _cli.Run("playbook schema --out playbook.schema.json").ShouldBe(new CliRun(0, "", "schema written to playbook.schema.json\n"));
        File.ReadAllText(Path.Combine(_cli.Folder, "playbook.schema.json")).ShouldBe(run.Out);
    }
}
