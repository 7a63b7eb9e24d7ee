using System.CommandLine;
using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Reports;

namespace OpsKit.Cli.Commands.Plans;

/// <summary><c>opskit plan</c>: what a playbook would do. Changes nothing; it cannot.</summary>
internal static class PlanCommand
{
    public static OpsCommand Create()
    {
        var playbook = PlaybookSource.Argument("playbook", "The playbook to plan");
        var vars = PlaybookOptions.Var();
        var save = new Option<string?>("--save", "-o") { HelpName = "FILE", Description = "Save the plan, to be applied later as it is" };
        var detailed = new Option<bool>("--detailed-exitcode") { Description = "End with 2 where changes are pending", Arity = ArgumentArity.Zero };
        return new OpsCommand("plan", "Show what a playbook would change, and what stands in its way")
        {
            Group = CommandGroup.Playbooks,
            Arguments = { playbook },
            Options = { vars, save, detailed },
            UsesEndpoints = true,
            Reports = true,
            Details =
                """
                Looks at every target and says what would be done to it, with what impact, and what
                stands in the way. A plan has queries alone to do it with: it cannot change anything.

                A saved plan holds as long as the playbook, the inventory and what was seen of the
                targets are the same; opskit apply FILE refuses it otherwise.
                """,
            Examples =
            [
                new Example("opskit plan night.yaml", "what would it do?"),
                new Example("opskit plan night.yaml -o night.plan", "to be looked at, approved, and applied later"),
                new Example("opskit plan night.yaml --limit 'cluster:Prod,!esx07' --output json", "some of the targets, for a script"),
            ],
            ExitCodes = [Cli.ExitCodes.Done, Cli.ExitCodes.Failed, Cli.ExitCodes.ChangesPending, Cli.ExitCodes.Usage, Cli.ExitCodes.Refused, Cli.ExitCodes.Unreachable],
            Handler = (parsed, context, ct) => PlanAsync(
                context, PlaybookSource.Read(context, parsed.GetValue(playbook) ?? "", PlaybookOptions.Vars(parsed, vars)), parsed.GetValue(save), parsed.GetValue(detailed), ct),
        };
    }

    private static async Task<int> PlanAsync(CommandContext context, PlaybookSource source, string? save, bool detailed, CancellationToken ct)
    {
        if (save is not null)
            ReportFile.CheckWritable(context.JumpHost.ResolvePath(save));
        await using var desk = PlaybookDesk.Open(context, source);
        var plan = await desk.PlanAsync(ct);
        PlanOutput.Write(context, plan, desk);
        if (save is not null)
        {
            new SavedPlan { Plan = plan, PlaybookText = source.Text, Vars = source.Vars, Limit = source.Limit }.Write(context.JumpHost.ResolvePath(save));
            context.Terminal.Say($"plan saved to {save}");
            context.Terminal.Suggest($"opskit apply {save}");
        }

        return ExitCodeOf(plan, detailed);
    }

    /// <summary>A blocked target outweighs one that could not be read, which outweighs pending changes.</summary>
    public static int ExitCodeOf(Plan plan, bool detailed)
    {
        var targets = plan.Steps.SelectMany(step => step.Targets).ToList();
        if (plan.IsBlocked)
            return Cli.ExitCodes.Failed;
        var unread = targets.Where(target => target.NotAssessed is not null).Select(target => target.Failure ?? FailureKind.Failed)
            .Concat(targets.SelectMany(target => target.Reports).SelectMany(report => report.NotAssessed).Select(_ => FailureKind.Unreachable))
            .ToList();
        if (unread.Count > 0)
            return Cli.ExitCodes.Of(unread, Math.Max(targets.Count, unread.Count + 1));
        return detailed && (plan.HasChanges || targets.Exists(target => target.DependsOnStep > 0)) ? Cli.ExitCodes.ChangesPending : Cli.ExitCodes.Done;
    }
}
