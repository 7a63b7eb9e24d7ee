using System.Globalization;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Plans;

/// <summary>Finds the guards that a step's verb brings along. Where the playbook has a ping guard of its own, whoever wrote it has decided what is watched.</summary>
internal static class StepGuards
{
    public static async Task<IReadOnlyList<StepGuard>> FindAsync(
        IPlanningDoors doors, Playbook playbook, Step step, StepPlan planned, IReadOnlyList<StepPlan> earlier, CancellationToken cancellationToken)
    {
        var targets = planned.Targets.Where(target => target.Changes.Count > 0 || target.DependsOnStep > 0).Select(target => target.Target).ToList();
        if (!step.Verb.Changes || targets.Count == 0 || playbook.Guards.Any(guard => guard is PingGuardSpec))
            return [];
        var taken = playbook.Guards.Select(guard => guard.Name).Concat(earlier.SelectMany(other => other.Guards).Select(guard => guard.Spec.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var specs = step.Bound.GuardsOf(targets).Select(spec => spec with { Name = Unused(spec.Name, taken) }).ToList();
        if (specs.Count == 0)
            return [];
        var found = await GuardTargetReader.ReadAsync(doors, specs, cancellationToken).ConfigureAwait(false);
        return [.. specs.Select(spec => new StepGuard(spec, found[spec.Name]))];
    }

    private static string Unused(string name, HashSet<string> taken)
    {
        var unused = name;
        for (var number = 2; !taken.Add(unused); number++)
            unused = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        return unused;
    }
}
