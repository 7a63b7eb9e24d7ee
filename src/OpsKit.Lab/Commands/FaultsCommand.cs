using System.CommandLine;
using OpsKit.Cli;
using OpsKit.Cli.Commands;
using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Reports;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Lab.Faults.FaultStanding>;

namespace OpsKit.Lab.Commands;

/// <summary><c>opskit-lab faults</c>: what goes wrong in a serving lab.</summary>
internal static class FaultsCommand
{
    private const int MostOperations = 1_000_000;

    public static OpsCommand Create() => new("faults", "Make things go wrong in a serving lab")
    {
        Group = CommandGroup.Lab,
        Subcommands = { Add(), List(), Clear() },
        Examples = [new Example("opskit-lab faults add cut --endpoint esx01 --times 1", "cut the next answer of a host")],
    };

    private static OpsCommand Add()
    {
        var kind = new Argument<string>("kind") { HelpName = "KIND", Description = string.Join(", ", FaultWords.Kinds.Keys) };
        kind.CompletionSources.Add([.. FaultWords.Kinds.Keys]);
        var endpoint = Text("--endpoint", "NAME", "Where, such as vc1 or esx*; an address for ping-loss (default *)");
        var operation = Text("--operation", "NAME", "At which operations, such as Retrieve* or \"esxcli software*\" (default *)");
        var after = Text("--after", "N", "How many operations pass first (default 0)");
        var times = Text("--times", "N", "How many operations are hit (default: all)");
        var at = Text("--at", "TIME", "From this lab time on, such as 5m (default: now)");
        var duration = Text("--duration", "TIME", "For how long, in lab time (default: until it is cleared)");
        var delay = Text("--delay", "TIME", "How late slow answers come, in lab time (default 30s)");
        return new OpsCommand("add", "Add a fault")
        {
            Details =
                """
                slow       answers come late, by --delay
                cut        the operation is carried out, the connection closes in its answer
                garbled    the operation is carried out, the answer is damaged
                refused    the connection is refused, nothing is carried out
                503        a web service answers 503, nothing is carried out
                task-failure     the operation is accepted, its task fails
                session-killed   all sessions of a vCenter end
                stale-answers    properties stand still
                disk-full        files cannot be written
                module-does-not-come-back    an interconnect module stays down after a restart
                ping-loss        probes of an address are lost
                hints-one-by-one a host tells of its NICs' neighbours only when one NIC is asked for
                installation-fails
                                 a host refuses to change its software
                result-lost      a host changes its software and answers nothing, with exit code 1
                """.ReplaceLineEndings("\n ").Insert(0, " "),
            Arguments = { kind },
            Options = { endpoint, operation, after, times, at, duration, delay },
            Examples =
            [
                new Example("opskit-lab faults add slow --endpoint vc1 --delay 2m", "a slow vCenter"),
                new Example("opskit-lab faults add task-failure --operation CreateSnapshot_Task --times 1", "one failed snapshot"),
                new Example("opskit-lab faults add ping-loss --endpoint '127.10.*' --duration 30s", "a network outage"),
            ],
            ExitCodes = [ExitCodes.Done, ExitCodes.Usage],
            Handler = async (parsed, context, ct) =>
            {
                var word = parsed.GetValue(kind)!;
                if (!FaultWords.Kinds.TryGetValue(word, out var what))
                    throw new OpsKitException(FailureKind.Usage, $"there is no fault {word}{NearestKey.Hint(word, FaultWords.Kinds.Keys)}", next: "opskit-lab faults add --help lists them");
                if (parsed.GetValue(delay) is not null && what != FaultKind.Slow)
                    throw new OpsKitException(FailureKind.Usage, $"--delay goes with slow, not with {word}", next: "leave it out");
                var fault = new Fault(what)
                {
                    Endpoint = parsed.GetValue(endpoint) ?? "*",
                    Operation = parsed.GetValue(operation) ?? "*",
                    After = LabSizeOption.Integer("--after", parsed.GetValue(after), 0, MostOperations) ?? 0,
                    Times = LabSizeOption.Integer("--times", parsed.GetValue(times), 1, MostOperations),
                    At = LabSizeOption.Time("--at", parsed.GetValue(at)),
                    Duration = LabSizeOption.Time("--duration", parsed.GetValue(duration)),
                    Delay = LabSizeOption.Time("--delay", parsed.GetValue(delay)) ?? Fault.DefaultDelay,
                };
                using var lab = LabFolderOption.Connect(parsed, context.JumpHost);
                var (added, known) = await lab.AddAsync(fault, ct).ConfigureAwait(false);
                context.Terminal.Say($"fault {added.Number}: {added}");
                if (!known)
                    context.Terminal.Warn($"nothing in this estate is called {added.Endpoint}; its inventory and opskit-lab log show the names");
                return ExitCodes.Done;
            },
        };
    }

    private static OpsCommand List() => new("list", "List the faults and what they have hit")
    {
        Reports = true,
        Examples = [new Example("opskit-lab faults list", "as a table")],
        ExitCodes = [ExitCodes.Done, ExitCodes.Usage],
        Handler = async (parsed, context, ct) =>
        {
            using var lab = LabFolderOption.Connect(parsed, context.JumpHost);
            context.Report(TableOf(await lab.FaultsAsync(ct).ConfigureAwait(false)));
            return ExitCodes.Done;
        },
    };

    private static OpsCommand Clear()
    {
        var number = new Argument<string?>("number") { HelpName = "NUMBER", Description = "The fault's number; all of them where it is left out", Arity = ArgumentArity.ZeroOrOne };
        return new OpsCommand("clear", "Take faults off")
        {
            Arguments = { number },
            Examples = [new Example("opskit-lab faults clear", "all of them"), new Example("opskit-lab faults clear 2", "one of them")],
            ExitCodes = [ExitCodes.Done, ExitCodes.Usage],
            Handler = async (parsed, context, ct) =>
            {
                var one = LabSizeOption.Integer("fault", parsed.GetValue(number), 1, int.MaxValue);
                using var lab = LabFolderOption.Connect(parsed, context.JumpHost);
                var count = await lab.ClearAsync(one, ct).ConfigureAwait(false);
                if (count == 0 && one is not null)
                    throw new OpsKitException(FailureKind.Usage, $"there is no fault {one}", next: "opskit-lab faults list shows their numbers");
                context.Terminal.Say(count == 1 ? "1 fault taken off" : $"{count} faults taken off");
                return ExitCodes.Done;
            },
        };
    }

    internal static ReportTable TableOf(IEnumerable<FaultStanding> faults) => ReportTable.From(
        "faults",
        faults,
        Column.Integer("Number", row => row.Fault.Number),
        Column.Text("Kind", row => FaultWords.Of(row.Fault.Kind)),
        Column.Text("Endpoint", row => row.Fault.Endpoint),
        Column.Text("Operation", row => row.Fault.Operation),
        Column.Integer("After", row => row.Fault.After),
        Column.Text("Times", row => row.Fault.Times is { } times ? $"{times}" : "all"),
        Column.Text("At", row => row.Fault.At is { } at ? LabTimes.Text(at) : null, "Lab time from which on it is armed"),
        Column.Text("Duration", row => row.Fault.Duration is { } duration ? Durations.Format(duration) : null),
        Column.Integer("Hits", row => row.Hits),
        Column.Text("Armed", row => row.Armed ? "yes" : "no"));

    private static Option<string?> Text(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description };
}
