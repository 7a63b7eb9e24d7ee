using System.CommandLine;
using OpsKit.Cli;
using OpsKit.Cli.Commands;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Engine.Reports;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Operations;
using OpsKit.Vim25;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Lab.Operations.LoggedOperation>;

namespace OpsKit.Lab.Commands;

/// <summary><c>opskit-lab log</c>: every operation a serving lab received.</summary>
internal static class LogCommand
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(20);

    public static OpsCommand Create()
    {
        var changes = new Option<bool>("--changes") { Description = "Only what changed something" };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with what comes, a line each, until Ctrl-C or the lab's end" };
        return new OpsCommand("log", "Show the operations a serving lab received")
        {
            Group = CommandGroup.Lab,
            Reports = true,
            Options = { changes, follow },
            Examples =
            [
                new Example("opskit-lab log --changes", "what was changed"),
                new Example("opskit-lab log --out log.csv", "everything, as a file"),
                new Example("opskit-lab log --follow", "as it happens"),
            ],
            ExitCodes = [ExitCodes.Done, ExitCodes.Usage],
            EndsByInterruption = true,
            Handler = async (parsed, context, ct) =>
            {
                bool Wanted(LoggedOperation operation) => !parsed.GetValue(changes) || operation.Kind == OperationKind.Change;
                using var lab = LabFolderOption.Connect(parsed, context.JumpHost);
                if (!parsed.GetValue(follow))
                {
                    context.Report(TableOf((await lab.LogAsync(0, TimeSpan.Zero, ct).ConfigureAwait(false)).Where(Wanted)));
                    return ExitCodes.Done;
                }

                if (context.Settings is not { Output: OutputFormat.Table, OutFile: null })
                    throw new OpsKitException(FailureKind.Usage, "--follow writes lines for reading", next: "leave out --output and --out, or --follow");
                return await FollowAsync(lab, Wanted, context.Terminal, ct).ConfigureAwait(false);
            },
        };
    }

    internal static ReportTable TableOf(IEnumerable<LoggedOperation> operations) => ReportTable.From(
        "operations",
        operations,
        Column.Integer("Number", row => row.Sequence),
        Column.Text("LabTime", row => LabTimes.Text(row.LabTime), "Since the lab began: days, hours, minutes, seconds"),
        Column.Text("Kind", row => KindOf(row)),
        Column.Text("Endpoint", row => row.Endpoint),
        Column.Text("Operation", row => row.Operation),
        Column.Text("Target", row => row.Target),
        Column.Text("Summary", row => row.Summary));

    private static async Task<int> FollowAsync(Control.ControlClient lab, Func<LoggedOperation, bool> wanted, Terminal terminal, CancellationToken ct)
    {
        long last = 0;
        try
        {
            while (true)
            {
                foreach (var operation in await lab.LogAsync(last, Wait, ct).ConfigureAwait(false))
                {
                    last = operation.Sequence;
                    if (wanted(operation))
                        terminal.Data(SafeText.Line(OperationLine.Of(operation)) + "\n");
                }

                terminal.Flush();
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
        catch (OpsKitException e) when (e.Kind == FailureKind.Usage && last > 0)
        {
            terminal.Say("the lab has ended");
            return ExitCodes.Done;
        }
    }

    private static string KindOf(LoggedOperation operation) => operation.Kind.ToString().ToLowerInvariant();
}
