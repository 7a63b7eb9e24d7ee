using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.Vibs;

/// <summary>What setting a host's acceptance level takes. Pure.</summary>
public static class AcceptancePlanner
{
    internal const string SetId = "acceptance";

    /// <summary>What the step would do to the host.</summary>
    /// <param name="target">The host.</param>
    /// <param name="host">Its software, VIBs included.</param>
    /// <param name="wanted">The level it is to have.</param>
    public static TargetPlan Plan(Target target, HostSoftware host, VibAcceptanceLevel wanted)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(host);
        var changes = host.Acceptance == wanted ? [] : new List<PlannedChange> { Change(host.Acceptance, wanted) };
        var loose = host.Vibs.Where(vib => vib.Acceptance is { } level && !wanted.Takes(level)).Select(vib => vib.Name).ToList();
        return new TargetPlan
        {
            Target = target,
            Observed = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["acceptance level"] = Word(host.Acceptance) },
            Changes = changes,
            Blockers = changes.Count > 0 ? [.. Blockers(host, loose, wanted)] : [],
        };
    }

    private static IEnumerable<string> Blockers(HostSoftware host, List<string> loose, VibAcceptanceLevel wanted)
    {
        if (loose.Count > 0)
            yield return $"VIBs of a looser level are installed, so that the host refuses {wanted}: {string.Join(", ", loose.Take(5))}{(loose.Count > 5 ? $" and {loose.Count - 5} more" : "")}";
        if (host.SecureBoot == true && wanted == VibAcceptanceLevel.CommunitySupported)
            yield return "the host starts by UEFI Secure Boot, which takes signed VIBs alone: it refuses CommunitySupported";
    }

    /// <summary>The change that sets it.</summary>
    internal static PlannedChange Change(VibAcceptanceLevel? before, VibAcceptanceLevel wanted) => new()
    {
        Id = SetId,
        Summary = $"set the acceptance level to {wanted}",
        Before = Word(before),
        After = wanted.ToString(),
        Impact = Impact.None,
    };

    /// <summary>Whether the change took effect.</summary>
    internal static Standing Standing(PlannedChange change, HostSoftware host) => new(Word(host.Acceptance) == change.After ? Effect.Done : Effect.NotDone, $"the host's level is {Word(host.Acceptance)}");

    private static string Word(VibAcceptanceLevel? level) => level?.ToString() ?? "unknown";
}
