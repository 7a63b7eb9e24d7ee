using System.CommandLine;
using System.Reflection;
using OpsKit.Cli.Commands;
using OpsKit.Cli.Commands.Help;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Connections.Platform;

namespace OpsKit.Cli;

/// <summary>One run of the console: reads the command line, runs the command, turns what happens into messages and an exit code.</summary>
internal static class App
{
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>The version, such as <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(App).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, JumpHost jumpHost, Terminal terminal, Interruption interruption, Doors? doors = null, OpsCommand? tree = null)
    {
        terminal.Capabilities = TerminalCapabilities.Decide(terminal.Streams, ColorChoice.Auto, jumpHost);
        var parsed = (tree ?? CommandTree.Create()).Parse(arguments, Parsing);
        var endsSo = parsed.CommandResult.Command is OpsCommand { EndsByInterruption: true };
        interruption.Say = endsSo ? terminal.Detail : terminal.Warn;
        var failures = new FailureReport(terminal, jumpHost, parsed);

        // On a thread of its own, so that the second Ctrl-C leaves even where the command does not listen to the first.
        var work = Task.Run(() => RunAsync(arguments, parsed, jumpHost, terminal, doors ?? Doors.ToTheWorld, failures, interruption.Stop));
        var exitCode = await WaitAsync(work, interruption, endsSo, terminal, jumpHost);
        return failures.Flush(exitCode);
    }

    private static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, ParseResult parsed, JumpHost jumpHost, Terminal terminal, Doors doors, FailureReport failures, CancellationToken stop)
    {
        try
        {
            return await RunCommandAsync(arguments, parsed, jumpHost, terminal, doors, stop);
        }
        catch (OpsKitException failure)
        {
            return failures.Show(failure);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
#pragma warning disable CA1031 // The last line of defence: a bug is reported as one, with everything needed to mend it.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            return stop.IsCancellationRequested ? ExitCodes.Interrupted : failures.ShowBug(bug);
        }
    }

    private static async Task<int> RunCommandAsync(IReadOnlyList<string> arguments, ParseResult parsed, JumpHost jumpHost, Terminal terminal, Doors doors, CancellationToken stop)
    {
        var command = (OpsCommand)parsed.CommandResult.Command;
        if (parsed.GetValue(GlobalOptions.Version))
        {
            terminal.Data($"{command.Program} {Version}\n");
            return ExitCodes.Done;
        }

        if (parsed.GetValue(GlobalOptions.Help) || (parsed.Tokens.Count == 0 && parsed.Errors.Count <= 1))
        {
            terminal.Data(HelpText.Of(command));
            return ExitCodes.Done;
        }

        CommandLineErrors.Throw(parsed, arguments);
        var settings = GlobalSettings.From(parsed, jumpHost);
        terminal.Capabilities = TerminalCapabilities.Decide(terminal.Streams, settings.Color, jumpHost);
        terminal.Verbosity = settings.Verbosity;
        if (command.Handler is null)
            throw CommandLineErrors.VerbMissing(command);

        using var context = new CommandContext(jumpHost, terminal, settings, doors);
        context.CheckOutput();
        return await command.Handler(parsed, context, stop);
    }

    /// <summary>The work's exit code; after an interruption the work has <see cref="Interruption.Grace"/> to end.</summary>
    private static async Task<int> WaitAsync(Task<int> work, Interruption interruption, bool endsSo, Terminal terminal, JumpHost jumpHost)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = interruption.Stop.Register(() => stopped.TrySetResult());
        await Task.WhenAny(work, stopped.Task);
        if (work.IsCompleted)
            return await work;

        await Task.WhenAny(work, interruption.Leave, Task.Delay(Interruption.Grace, jumpHost.Clock, CancellationToken.None));
        if (!work.IsCompleted && !interruption.Leave.IsCompleted)
            terminal.Warn($"still not stopped after {Interruption.Grace.TotalSeconds:0} s; leaving. Open sessions stay on the servers until they time out");
        return endsSo && work.IsCompleted ? await work : ExitCodes.Interrupted;
    }
}
