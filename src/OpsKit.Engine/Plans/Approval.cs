using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Plans;

/// <summary>How an operator has to agree to a plan.</summary>
public enum ApprovalKind
{
    /// <summary>Not at all: nothing is changed.</summary>
    None,

    /// <summary>By a yes.</summary>
    Yes,

    /// <summary>By typing the name of what is touched.</summary>
    Name,
}

/// <summary>What an operator has to agree to before a plan is applied. Pure.</summary>
/// <param name="Kind">How.</param>
/// <param name="Name">The name to type: the one target, enclosure or cluster that is touched, else the playbook's.</param>
/// <param name="Impact">The worst that can happen.</param>
/// <param name="Pauses">Whether a step waits for the operator.</param>
public sealed record Approval(ApprovalKind Kind, string Name, Impact Impact, bool Pauses)
{
    /// <summary>What a plan demands.</summary>
    public static Approval Of(Playbook playbook, Plan plan)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        ArgumentNullException.ThrowIfNull(plan);
        var steps = playbook.Steps.Join(plan.Steps, step => step.Number, planned => planned.Number, (step, planned) => (Step: step, Planned: planned)).ToList();
        var touched = steps.Where(pair => pair.Step.Verb.Changes).SelectMany(pair => pair.Planned.Targets)
            .Where(target => target.Changes.Count > 0 || target.DependsOnStep > 0)
            .Select(target => target.Target)
            .Where(target => target.Kind != TargetKind.None)
            .ToList();
        var impact = steps.Select(pair => ImpactOf(pair.Step, pair.Planned)).DefaultIfEmpty(Impact.None).Max();
        var pauses = steps.Any(pair => pair.Step.Confirm == Confirmation.Always || pair.Step.Verb is PauseVerb);
        var kind = touched.Count == 0 && !pauses ? ApprovalKind.None
            : impact.IsSevere() || steps.Any(pair => pair.Step.Confirm == Confirmation.Name) ? ApprovalKind.Name
            : ApprovalKind.Yes;
        return new Approval(kind, NameOf(touched, steps.SelectMany(pair => pair.Step.Targets).Any(selector => selector.Kind == SelectorKind.Cluster)) ?? plan.Playbook, impact, pauses);
    }

    /// <summary>What a target planned in its turn will come to is not known yet: the verb's worst counts.</summary>
    private static Impact ImpactOf(Step step, StepPlan planned) =>
        planned.Targets.Any(target => target.DependsOnStep > 0) ? step.Verb.Impact : planned.Impact;

    /// <summary>Who chose by cluster thinks of the cluster, also where all of it stands in one enclosure.</summary>
    private static string? NameOf(IReadOnlyList<Target> touched, bool byCluster) =>
        Common(touched, target => target.Name)
        ?? (byCluster ? Common(touched, target => target.Cluster) : null)
        ?? Common(touched, target => target.Enclosure)
        ?? Common(touched, target => target.Cluster);

    private static string? Common(IReadOnlyList<Target> touched, Func<Target, string?> part)
    {
        var names = touched.Select(part).Distinct(StringComparer.OrdinalIgnoreCase).Take(2).ToList();
        return names.Count == 1 ? names[0] : null;
    }
}
