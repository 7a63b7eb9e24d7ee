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
            planned = planned with { Guards = await StepGuards.FindAsync(doors, playbook, step, planned, steps, cancellationToken).ConfigureAwait(false) };
            steps.Add(planned);
            foreach (var target in planned.Targets.Where(target => step.Verb.Changes && (target.Changes.Count > 0 || target.DependsOnStep > 0)))
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

    /// <summary>Observes targets of a step, as <see cref="PlanAsync"/> does, in their order; a failure becomes a target that is not assessed.</summary>
    public async Task<IReadOnlyList<TargetPlan>> ObserveAsync(Step step, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count == 0)
            return [];
        if (await TogetherAsync(step, targets, cancellationToken).ConfigureAwait(false) is { } together)
            return together;
        var plans = new TargetPlan[targets.Count];
        await Parallel.ForAsync(
            0,
            targets.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Width, CancellationToken = cancellationToken },
            async (place, token) => plans[place] = await OneAsync(step, targets[place], token).ConfigureAwait(false)).ConfigureAwait(false);
        return plans;
    }

    private async Task<IReadOnlyList<TargetPlan>?> TogetherAsync(Step step, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        try
        {
            var plans = await step.Bound.PlanTogetherAsync(doors, targets, cancellationToken).ConfigureAwait(false);
            return plans is null || plans.Select(plan => plan.Target).SequenceEqual(targets)
                ? plans
                : throw new InvalidOperationException($"{step.Verb.Name} answered for other targets than it was asked for");
        }
        catch (OpsKitException failure)
        {
            return [.. targets.Select(target => NotAssessed(target, failure.What, failure.Kind))];
        }
        catch (VimException failure)
        {
            return [.. targets.Select(target => NotAssessed(target, failure.Message, FailureKind.Failed))];
        }
    }

    private async Task<TargetPlan> OneAsync(Step step, Target target, CancellationToken cancellationToken)
    {
        try
        {
            return await step.Bound.PlanAsync(doors, target, cancellationToken).ConfigureAwait(false);
        }
        catch (OpsKitException failure)
        {
            return NotAssessed(target, failure.What, failure.Kind);
        }
        catch (VimException failure)
        {
            return NotAssessed(target, failure.Message, FailureKind.Failed);
        }
    }

    private static TargetPlan NotAssessed(Target target, string reason, FailureKind kind) => new() { Target = target, NotAssessed = reason, Failure = kind };

    private IReadOnlyList<Target> Choose(Step step, TargetLimit limit, TargetFacts facts) => step.Verb.TargetKind == TargetKind.None
        ? [new Target { Kind = TargetKind.None, Name = step.Name }]
        : TargetResolver.Resolve(step.Targets, limit, facts, doors.Estate);

    private async Task<StepPlan> StepAsync(
        Step step, IReadOnlyList<Target> targets, TargetFacts facts, Dictionary<string, int> touched, CancellationToken cancellationToken)
    {
        var plans = await ObserveAsync(step, targets, cancellationToken).ConfigureAwait(false);
        var changed = touched.Values.DefaultIfEmpty().Max();
        IEnumerable<TargetPlan> planned = step.Verb.Changes
            ? plans.Select(plan => touched.TryGetValue(plan.Target.LockKey, out var earlier) ? AfterEarlier(plan, earlier) : plan)
            : plans.Select(plan => plan with { DependsOnStep = changed });
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
            Targets = [.. planned, .. unread],
            Batches = Batching.Cut(targets, BatchesOf(step), step.BatchBy),
            Timeout = step.Timeout ?? step.Bound.DefaultTimeout,
        };
    }

    private static IReadOnlyList<BatchSize> BatchesOf(Step step) =>
        step.Batches.Count > 0 ? step.Batches : step.Verb.TakesAllAtOnce ? [BatchSize.All] : [];

    /// <summary>An earlier step changes this target first: what is seen now says little about what will be, so the step is planned again in its turn. What only reads, reads again after any change.</summary>
    private static TargetPlan AfterEarlier(TargetPlan plan, int earlier) => plan with
    {
        DependsOnStep = earlier,
        Blockers = [],
        Warnings = [.. plan.Warnings.Concat(plan.Blockers), $"step {earlier} changes it first; it is observed and planned again in its turn"],
    };
}
