using OpsKit.Cli.Commands.Plans;
using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Verbs;

namespace OpsKit.Cli.Commands.Verbs;

/// <summary>A verb that only reads, as a command: its report goes where <c>--output</c> and <c>--out</c> say.</summary>
internal static class ReportVerbCommand
{
    /// <summary>The option of a step that stands for <c>--out</c>.</summary>
    private const string OutOption = "out";

    public static OpsCommand Create(IVerb verb)
    {
        var line = new VerbLine(verb, OutOption);
        var command = new OpsCommand(verb.CommandWords[^1], verb.Summary)
        {
            UsesEndpoints = true,
            Reports = true,
            Details = $"Changes nothing; it cannot. In a playbook, a step that uses {verb.Name} reports the same.",
            Examples = [.. line.Examples()],
            ExitCodes = [Cli.ExitCodes.Done, Cli.ExitCodes.Failed, Cli.ExitCodes.Usage, Cli.ExitCodes.Refused, Cli.ExitCodes.Unreachable],
            Handler = (parsed, context, ct) => VerbPlaybook.WithoutPlacesAsync(() => RunAsync(
                context, VerbPlaybook.Read(verb, line.Targets(parsed, context.JumpHost), null, line.Values(parsed), context.Settings.Limit), ct)),
        };
        line.AddTo(command);
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, PlaybookSource source, CancellationToken ct)
    {
        await using var desk = PlaybookDesk.Open(context, source);
        var plan = await desk.PlanAsync(ct);
        var targets = plan.Steps.SelectMany(step => step.Targets).ToList();
        context.Report(ReportMerge.ByName(targets.SelectMany(target => target.Reports)));
        foreach (var target in targets)
            Tell(context, target);
        return PlanCommand.ExitCodeOf(plan, detailed: false);
    }

    private static void Tell(CommandContext context, TargetPlan target)
    {
        foreach (var reason in target.Blockers.Concat(target.Warnings))
            context.Terminal.Warn($"{target.Target.Name}: {reason}");
        if (target.NotAssessed is { } missing)
            context.Terminal.Warn($"{target.Target.Name} not assessed: {missing}");
    }
}
