using System.CommandLine;
using OpsKit.Cli.Commands.Plans;
using OpsKit.Cli.Commands.Runs;
using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Verbs;

namespace OpsKit.Cli.Commands.Verbs;

/// <summary>A verb that only reads, as a command: its report goes where <c>--output</c> and <c>--out</c> say.</summary>
internal static class ReportVerbCommand
{
    /// <summary>The option of a step that stands for <c>--out</c>.</summary>
    private const string OutOption = "out";

    private const string ClearScreen = "\x1b[H\x1b[2J";

    /// <param name="verb">The verb.</param>
    /// <param name="changing">The verb that an option of the command stands for; null for none.</param>
    public static OpsCommand Create(IVerb verb, IVerb? changing = null)
    {
        var line = new VerbLine(verb, OutOption);
        var watch = verb.Refreshes is { } often ? Flag("--watch", $"Read and show it again every {Durations.Words(often)}, until Ctrl-C") : null;
        var dot = verb.Draws ? Flag("--dot", "Draw it for Graphviz, as --output dot does: opskit … --dot | dot -Tsvg") : null;
        var change = changing is null ? null : new VerbFlagLine(verb, changing);
        var command = new OpsCommand(verb.CommandWords[^1], verb.Summary)
        {
            UsesEndpoints = true,
            Reports = true,
            Details = change?.Details ?? $"Changes nothing; it cannot. In a playbook, a step that uses {verb.Name} reports the same.",
            Examples = [.. line.Examples(), .. change?.Examples() ?? []],
            ExitCodes = change is null ? [Cli.ExitCodes.Done, Cli.ExitCodes.Failed, Cli.ExitCodes.Usage, Cli.ExitCodes.Refused, Cli.ExitCodes.Unreachable] : ApplyCommand.Codes,
            Handler = (parsed, context, ct) => VerbPlaybook.WithoutPlacesAsync(() => change?.IsGiven(parsed) == true
                ? change.RunAsync(parsed, context, line.Named(parsed), line.Values(parsed), ct)
                : RunAsync(
                    context,
                    VerbPlaybook.Read(verb, line.Targets(parsed, context.JumpHost), null, line.Values(parsed), context.Settings.Limit),
                    watch is not null && parsed.GetValue(watch) ? verb.Refreshes : null,
                    dot is not null && parsed.GetValue(dot),
                    ct)),
        };
        line.AddTo(command);
        foreach (var flag in new[] { watch, dot }.OfType<Option<bool>>())
            command.Options.Add(flag);
        change?.AddTo(command);
        return command;
    }

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <param name="context">The command.</param>
    /// <param name="source">The playbook of one step.</param>
    /// <param name="again">How often it is read again, over the same sessions; null for once.</param>
    /// <param name="drawn">Whether the drawing alone is wanted.</param>
    /// <param name="ct">Ends it.</param>
    private static async Task<int> RunAsync(CommandContext context, PlaybookSource source, TimeSpan? again, bool drawn, CancellationToken ct)
    {
        if (drawn && context.Settings.Output is not (OutputFormat.Table or OutputFormat.Dot))
            throw new OpsKitException(FailureKind.Usage, "--dot draws it, and --output asks for something else", next: "leave one of them out");
        if (again is not null && (context.Settings.OutFile is not null || context.Settings.Output != OutputFormat.Table))
            throw new OpsKitException(FailureKind.Usage, "--watch shows a table, and --out or --output asks for something else", next: "leave one of them out");
        await using var desk = PlaybookDesk.Open(context, source);
        while (true)
        {
            var plan = await desk.PlanAsync(ct);
            if (again is not null && context.Terminal.Streams.OutputIsTerminal)
                context.Terminal.Data(ClearScreen);
            Show(context, plan, drawn);
            if (again is not { } interval)
                return PlanCommand.ExitCodeOf(plan, detailed: false);
            await Task.Delay(interval, context.JumpHost.Clock, ct);
        }
    }

    private static void Show(CommandContext context, Plan plan, bool drawn)
    {
        var targets = plan.Steps.SelectMany(step => step.Targets).ToList();
        context.Report(ReportMerge.ByName(targets.SelectMany(target => target.Reports)), drawn ? OutputFormat.Dot : null);
        context.Terminal.Flush();
        foreach (var target in targets)
            Tell(context, target);
    }

    private static void Tell(CommandContext context, TargetPlan target)
    {
        foreach (var reason in target.Blockers.Concat(target.Warnings))
            context.Terminal.Warn($"{target.Target.Name}: {reason}");
        if (target.NotAssessed is { } missing)
            context.Terminal.Warn($"{target.Target.Name} not assessed: {missing}");
    }
}
