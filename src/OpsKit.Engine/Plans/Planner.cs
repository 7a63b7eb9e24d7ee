using OpsKit.Connections;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Targets;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Engine.Plans;

/// <summary>Makes plans. It is given queries and nothing else: planning cannot change anything.</summary>
public sealed class Planner(IPlanningDoors doors)
{
    /// <summary>How many targets are observed at a time.</summary>
    public const int Width = 16;

    /// <summary>Plans every step of a playbook.</summary>
    /// <param name="playbook">The playbook.</param>
    /// <param name="limit">What <c>--limit</c> leaves of the targets.</param>
    /// <param name="inventorySha256">Hash of the inventory's file.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OpsKitException">Kind Usage: a selector means nothing.</exception>
    public async Task<Plan> PlanAsync(Playbook playbook, TargetLimit limit, string inventorySha256, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        var facts = new Dictionary<TargetKind, TargetFacts>();
        foreach (var kind in playbook.Steps.Select(step => step.Verb.TargetKind).Distinct())
            facts[kind] = await TargetReader.ReadAsync(doors, kind, cancellationToken).ConfigureAwait(false);

        var chosen = playbook.Steps.ToDictionary(step => step.Number, step => Choose(step, limit, facts[step.Verb.TargetKind]));
        var steps = new List<StepPlan>();
        var touched = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var step in playbook.Steps)
        {
            var planned = await StepAsync(step, chosen[step.Number], facts[step.Verb.TargetKind], touched, cancellationToken).ConfigureAwait(false);
            steps.Add(planned);
            foreach (var target in planned.Targets.Where(target => target.Changes.Count > 0))
                touched[target.Target.LockKey] = step.Number;
        }

        return new Plan
        {
            Playbook = playbook.Name,
            File = playbook.File,
            PlaybookSha256 = playbook.Sha256,
            Inventory = doors.Estate.Source,
            InventorySha256 = inventorySha256,
            Made = doors.JumpHost.Clock.GetUtcNow(),
            Steps = steps,
        };
    }

    /// <summary>Observes one target of a step, as <see cref="PlanAsync"/> does; a failure becomes a target that is not assessed.</summary>
    public async Task<TargetPlan> ObserveAsync(Step step, Target target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        try
        {
            return await step.Bound.PlanAsync(doors, target, cancellationToken).ConfigureAwait(false);
        }
        catch (OpsKitException failure)
        {
            return new TargetPlan { Target = target, NotAssessed = failure.What, Failure = failure.Kind };
        }
        catch (VimException failure)
        {
            return new TargetPlan { Target = target, NotAssessed = failure.Message, Failure = FailureKind.Failed };
        }
    }

    private IReadOnlyList<Target> Choose(Step step, TargetLimit limit, TargetFacts facts) => step.Verb.TargetKind == TargetKind.None
        ? [new Target { Kind = TargetKind.None, Name = step.Name }]
        : TargetResolver.Resolve(step.Targets, limit, facts, doors.Estate);

    private async Task<StepPlan> StepAsync(
        Step step, IReadOnlyList<Target> targets, TargetFacts facts, Dictionary<string, int> touched, CancellationToken cancellationToken)
    {
        var plans = new TargetPlan[targets.Count];
        await Parallel.ForAsync(
            0,
            targets.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Width, CancellationToken = cancellationToken },
            async (place, token) => plans[place] = await ObserveAsync(step, targets[place], token).ConfigureAwait(false)).ConfigureAwait(false);
        for (var place = 0; place < plans.Length; place++)
        {
            if (touched.TryGetValue(targets[place].LockKey, out var earlier))
                plans[place] = AfterEarlier(plans[place], earlier);
        }

        var unread = facts.Unread.Select(gap => new TargetPlan
        {
            Target = new Target { Kind = TargetKind.VCenter, Name = gap.VCenter, VCenter = gap.VCenter },
            NotAssessed = gap.Reason,
            Failure = gap.Kind,
        });
        return new StepPlan
        {
            Number = step.Number,
            Name = step.Name,
            Verb = step.Verb.Name,
            Targets = [.. plans, .. unread],
            Batches = Batching.Cut(targets, step.Batches.Count == 0 && !step.Verb.Changes ? [BatchSize.All] : step.Batches, step.BatchBy),
            Timeout = step.Timeout ?? step.Bound.DefaultTimeout,
        };
    }

    /// <summary>An earlier step changes this target first: what is seen now says little about what will be, so the step is planned again in its turn.</summary>
    private static TargetPlan AfterEarlier(TargetPlan plan, int earlier) => plan with
    {
        DependsOnStep = earlier,
        Blockers = [],
        Warnings = [.. plan.Warnings.Concat(plan.Blockers), $"step {earlier} changes it first; it is observed and planned again in its turn"],
    };
}
