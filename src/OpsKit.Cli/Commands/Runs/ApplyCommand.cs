using OpsKit.Cli.Commands.Plans;
using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Verbs;

namespace OpsKit.Cli.Commands.Runs;

/// <summary><c>opskit apply</c>: plans, asks, runs.</summary>
internal static class ApplyCommand
{
    /// <summary>An agreement older than this was given to what may have changed since: it is looked at again.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<int> Codes { get; } =
    [
        Cli.ExitCodes.Done, Cli.ExitCodes.Failed, Cli.ExitCodes.Usage, Cli.ExitCodes.Refused, Cli.ExitCodes.StoppedByGuard, Cli.ExitCodes.Unreachable, Cli.ExitCodes.Locked,
    ];

    public static OpsCommand Create()
    {
        var playbook = PlaybookSource.Argument("playbook", "The playbook to run, or a plan saved with opskit plan -o");
        var vars = PlaybookOptions.Var();
        var (yes, confirm) = (Agreement.YesOption(), Agreement.ConfirmOption());
        return new OpsCommand("apply", "Run a playbook: plan it, ask, and carry it out under its guards")
        {
            Group = CommandGroup.Playbooks,
            Arguments = { playbook },
            Options = { vars, yes, confirm },
            UsesEndpoints = true,
            Details =
                """
                Shows the plan and asks before anything is changed; severe impacts (network paths,
                restarts of hosts) ask for the name of what is touched. Where nobody can be asked,
                --yes or --confirm NAME must be given. A target that is blocked stops it before
                anything moves.

                Every change is written to the journal before and after it is made. Whatever ends a
                run early, a crash too, opskit runs resume takes it up where it was.
                """,
            Examples =
            [
                new Example("opskit apply night.yaml", "plan, ask, run"),
                new Example("opskit apply night.plan --confirm Prod", "a plan that was saved and approved, without a question"),
                new Example("opskit apply report.yaml --yes", "for a scheduler"),
            ],
            ExitCodes = Codes,
            Handler = (parsed, context, ct) => RunAsync(
                context,
                PlaybookSource.ReadEither(context, parsed.GetValue(playbook) ?? "", PlaybookOptions.Vars(parsed, vars)),
                new Agreement(parsed.GetValue(yes), parsed.GetValue(confirm)),
                ct),
        };
    }

    /// <summary>The one path for playbooks, saved plans and verbs of the console.</summary>
    public static async Task<int> RunAsync(CommandContext context, PlaybookSource source, Agreement agreement, CancellationToken ct)
    {
        using var journal = RunDesk.OpenJournal(context);
        await using var desk = PlaybookDesk.Open(context, source);
        var plan = await desk.PlanAsync(ct);
        PlanOutput.Show(context, plan, desk);
        RequireUnblocked(plan);
        if (IsIdle(plan))
            return Idle(plan);

        plan = await AgreeAsync(context, desk, plan, agreement, ct) ?? plan with { Steps = [] };
        if (plan.Steps.Count == 0)
        {
            context.Terminal.Say("nothing was changed");
            return Cli.ExitCodes.Interrupted;
        }

        return await new RunDesk(context, agreement).RunAsync(journal, (console, begun) => desk.Run.ApplyAsync(plan, journal, console, begun, ct));
    }

    /// <summary>The plan that was agreed to; null where the operator declined.</summary>
    private static async Task<Plan?> AgreeAsync(CommandContext context, PlaybookDesk desk, Plan plan, Agreement agreement, CancellationToken ct)
    {
        var clock = context.JumpHost.Clock;
        var asked = clock.GetTimestamp();
        if (!await agreement.GetAsync(Approval.Of(desk.Playbook, plan), context.Terminal, ct))
            return null;
        if (clock.GetElapsedTime(asked) < Stale)
            return plan;
        context.Terminal.Say("the plan is looked at again, as a while has passed");
        var now = await desk.PlanAsync(ct);
        PlanComparison.RequireFresh(plan, now, "the plan");
        RequireUnblocked(now);
        return now;
    }

    private static void RequireUnblocked(Plan plan)
    {
        var targets = plan.Steps.SelectMany(step => step.Targets).ToList();
        var blocked = targets.Where(target => target.Blockers.Count > 0).Select(target => target.Target.Name).Distinct(StringComparer.Ordinal).ToList();
        if (blocked.Count > 0)
        {
            throw new OpsKitException(
                FailureKind.Failed,
                $"{string.Join(", ", blocked.Take(5))}{(blocked.Count > 5 ? $" and {blocked.Count - 5} more" : "")} {(blocked.Count == 1 ? "is" : "are")} blocked; nothing was changed",
                next: targets.TrueForAll(target => blocked.Contains(target.Target.Name))
                    ? "mend what blocks"
                    : $"mend what blocks, or leave {(blocked.Count == 1 ? "it" : "them")} out: --limit '!{blocked[0]}'");
        }
    }

    private static bool IsIdle(Plan plan) => plan.Steps.All(step => step.Targets.All(target => target is { Changes.Count: 0, DependsOnStep: 0, Reports.Count: 0 }));

    private static int Idle(Plan plan)
    {
        var targets = plan.Steps.SelectMany(step => step.Targets).ToList();
        return Cli.ExitCodes.Of([.. targets.Where(target => target.NotAssessed is not null).Select(target => target.Failure ?? FailureKind.Failed)], targets.Count + 1);
    }
}
