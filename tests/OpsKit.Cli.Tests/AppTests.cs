using OpsKit.Cli.Commands;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;

namespace OpsKit.Cli.Tests;

public sealed class AppTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Version_is_data() => _cli.Run("--version").ShouldBe(new CliRun(0, $"opskit {App.Version}\n", ""));

    [Fact]
    public void Nothing_typed_shows_the_overview() => _cli.Run("").Out.ShouldBe(_cli.Run("--help").Out);

    [Theory]
    [InlineData("inventroy", "there is no command opskit inventroy", "did you mean opskit inventory?")]
    [InlineData("inventory shwo", "there is no command opskit inventory shwo", "did you mean opskit inventory show?")]
    [InlineData("frobnicate", "there is no command opskit frobnicate", "opskit --help")]
    [InlineData("inventory", "opskit inventory needs one of: check, show", "opskit inventory --help")]
    [InlineData("inventory show extra", "opskit inventory show takes no argument extra", "opskit inventory show --help")]
    [InlineData("--inventroy x inventory show", "there is no option --inventroy here", "did you mean --inventory?")]
    [InlineData("help trsut", "there is no command or topic trsut", "did you mean opskit help trust?")]
    [InlineData("completion cmd", "there is no script for cmd", "opskit completion bash, zsh, fish or pwsh")]
    [InlineData("inventory show --output xml", "--output xml is not a format", "use table, csv, json or html")]
    [InlineData("inventory show --out report.xls", "--out report.xls does not say the format", "name it .csv, .json, .html or .txt, or add --output csv")]
    [InlineData("inventory show --timeout soon", "--timeout soon is not a time", "write seconds (30), or 500ms, 30s, 2m")]
    [InlineData("inventory show --color loud", "--color loud is not a choice", "use auto, always or never")]
    [InlineData("inventory show --user root", "--user goes with --server or --host; the inventory has its own credentials", "add --server NAME")]
    [InlineData("--foo", "there is no option --foo here", "opskit --help")]
    [InlineData("inventory show --output", "--output needs a value: csv, html, json or table", "opskit inventory show --help")]
    [InlineData("inventory show --limit vc1 --limit", "--limit needs a value: PATTERN", "opskit inventory show --help")]
    [InlineData("inventory show --out a.csv --out b.csv", "--out is given more than once", "opskit inventory show --help")]
    [InlineData("completion", "opskit completion needs SHELL: bash, fish, pwsh or zsh", "opskit completion --help")]
    [InlineData("license vram --by", "--by needs a value: host, key, pool or vm", "opskit license vram --help")]
    [InlineData("inventory show --inventory a --server b", "--inventory and --server or --host exclude each other", "leave one of them out")]
    public void Mistake_is_named_with_what_was_probably_meant(string commandLine, string what, string next)
    {
        var run = _cli.Run(commandLine);

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldBe($"error: {what}\nnext:  {next}\n");
    }

    [Fact]
    public void Mistake_on_a_terminal_is_broken_at_blanks_and_commands_stay_whole()
    {
        _cli.OnTerminal(60).Environment["NO_COLOR"] = "1";

        _cli.Run("license vram --server vc1 --user reader --password hunter2").Error.ShouldBe(
            """
            error: --password: a secret is given by reference, not by
                   value: expected one of env:NAME, file:PATH,
                   cmd:COMMAND, prompt (what was found is not repeated
                   here)
            next:  put the secret into an environment variable and write
                   env:NAME, or run: opskit help secrets

            """);
    }

    [Fact]
    public void Bug_is_called_a_bug_and_leaves_its_details_in_a_file()
    {
        _cli.Doors = _cli.Doors with { ReadInventory = (_, _) => throw new InvalidOperationException("what a surprise") };
        _cli.Write("opskit.yaml", "");

        var run = _cli.Run("inventory show");

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldBe(
            "error: OpsKit has a bug: InvalidOperationException: what a surprise\n"
            + "next:  report it together with ~/.local/state/opskit/bugs/20260131-120000.txt\n");
        File.ReadAllText(Path.Combine(_cli.JumpHost.StateDirectory, "bugs", "20260131-120000.txt")).ShouldContain("at OpsKit.Cli.");
    }

    [Fact]
    public void Bug_shows_its_stack_with_verbose()
    {
        _cli.Doors = _cli.Doors with { ReadInventory = (_, _) => throw new InvalidOperationException("what a surprise") };
        _cli.Write("opskit.yaml", "");

        _cli.Run("inventory show -v").Error.ShouldContain("   at OpsKit.Cli.");
    }

    [Theory]
    [InlineData(FailureKind.Failed, 1)]
    [InlineData(FailureKind.Usage, 3)]
    [InlineData(FailureKind.TrustRefused, 4)]
    [InlineData(FailureKind.AuthenticationRefused, 4)]
    [InlineData(FailureKind.StoppedByGuard, 5)]
    [InlineData(FailureKind.Unreachable, 6)]
    [InlineData(FailureKind.Locked, 7)]
    public void Failure_ends_with_the_exit_code_of_its_kind(FailureKind kind, int exitCode)
    {
        _cli.Doors = _cli.Doors with { ReadInventory = (_, _) => throw new OpsKitException(kind, "did not work\nreally\u001b[31m", "vc1", "try again") };
        _cli.Write("opskit.yaml", "");

        _cli.Run("inventory show").ShouldBe(new CliRun(exitCode, "", "error: vc1: did not work\n       really\\x1b[31m\nnext:  try again\n"));
    }

    [Fact]
    public async Task First_interruption_ends_the_command_in_order()
    {
        using var entered = new ManualResetEventSlim();
        _cli.Doors = _cli.Doors with { ReadInventory = (_, _) => Block(entered, _cli.Interruption.Stop) };
        _cli.Write("opskit.yaml", "");

        var run = _cli.RunAsync("inventory", "show");
        entered.Wait(TestContext.Current.CancellationToken);
        _cli.Interruption.Raise();

        (await run).ExitCode.ShouldBe(ExitCodes.Interrupted);
        (await run).Error.ShouldStartWith("warning: interrupted: stopping and logging out");
        (await run).Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task Second_interruption_leaves_a_command_that_does_not_listen()
    {
        using var entered = new ManualResetEventSlim();
        using var deaf = new CancellationTokenSource();
        _cli.Doors = _cli.Doors with { ReadInventory = (_, _) => Block(entered, deaf.Token) };
        _cli.Write("opskit.yaml", "");

        var run = _cli.RunAsync("inventory", "show");
        entered.Wait(TestContext.Current.CancellationToken);
        _cli.Interruption.Raise();
        _cli.Interruption.Raise();

        (await run).ExitCode.ShouldBe(ExitCodes.Interrupted);
        (await run).Error.ShouldEndWith("warning: left at once; open sessions stay on the servers until they time out\n");
        await deaf.CancelAsync();
    }

    [Fact]
    public async Task Command_that_does_not_stop_is_left_after_the_grace()
    {
        using var entered = new ManualResetEventSlim();
        using var deaf = new CancellationTokenSource();
        _cli.Doors = _cli.Doors with { ReadInventory = (_, _) => Block(entered, deaf.Token) };
        _cli.Write("opskit.yaml", "");

        var run = _cli.RunAsync("inventory", "show");
        entered.Wait(TestContext.Current.CancellationToken);
        _cli.Interruption.Raise();
        while (!run.IsCompleted)
        {
            _cli.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await run).ExitCode.ShouldBe(ExitCodes.Interrupted);
        (await run).Error.ShouldContain("still not stopped after 10 s");
        await deaf.CancelAsync();
    }

    [Theory]
    [InlineData("inventory show --color always", null, true)]
    [InlineData("inventory show --color never", null, false)]
    [InlineData("inventory show", "CLICOLOR_FORCE=1", true)]
    [InlineData("inventory show", "CLICOLOR_FORCE=0", false)]
    [InlineData("inventory show --color always", "NO_COLOR=1", true)]
    [InlineData("inventory show", "OPSKIT_COLOR=always", true)]
    [InlineData("inventory show", null, false)]
    public void Colour_in_a_pipe_is_a_choice(string commandLine, string? variable, bool colored)
    {
        if (variable?.Split('=') is [var name, var value])
            _cli.Environment[name] = value;
        _cli.Doors = _cli.Doors with { ReadInventory = (_, _) => CliHarness.EstateOf(new VCenterEndpoint { Name = "vc1", Address = "vc1.example.com" }) };
        _cli.Write("opskit.yaml", "");

        _cli.Run(commandLine).Out.Contains("\u001b[", StringComparison.Ordinal).ShouldBe(colored);
    }

    [Theory]
    [InlineData("NO_COLOR", "1", true)]
    [InlineData("TERM", "dumb", false)]
    public void Terminal_without_colour_keeps_its_rules_unless_it_is_dumb(string name, string value, bool rules)
    {
        _cli.OnTerminal(160).Environment[name] = value;
        _cli.Doors = _cli.Doors with { ReadInventory = (_, _) => CliHarness.EstateOf(new VCenterEndpoint { Name = "vc1", Address = "vc1.example.com" }) };
        _cli.Write("opskit.yaml", "");

        var run = _cli.Run("inventory show");
        run.Out.ShouldNotContain("\u001b[");
        run.Out.Contains('─').ShouldBe(rules);
    }

    [Theory]
    [InlineData("vcenters: { vc1: { tls: { thumbprint: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA } } }", true)]
    [InlineData("vcenters: { vc1: {} }", false)]
    public void System_authorities_are_left_out_where_every_certificate_is_pinned(string inventory, bool leftOut)
    {
        var left = false;
        _cli.Doors = _cli.Doors with { LeaveOutAuthorities = () => left = true };
        _cli.Write("opskit.yaml", inventory);

        _cli.Run("inventory show").ExitCode.ShouldBe(ExitCodes.Done);

        left.ShouldBe(leftOut);
    }

    private static Estate Block(ManualResetEventSlim entered, CancellationToken until)
    {
        entered.Set();
        until.WaitHandle.WaitOne();
        until.ThrowIfCancellationRequested();
        return CliHarness.EstateOf();
    }
}
