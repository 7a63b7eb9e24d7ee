using OpsKit.Engine.Reports;

namespace OpsKit.Modules.Licensing;

/// <summary>The vCenters a report is about: those that answered, and those that did not with the reason.</summary>
public sealed record LicensingEstate
{
    /// <summary>Collects the answers.</summary>
    /// <param name="states">What was observed, in the order of the inventory.</param>
    /// <param name="unreached">vCenters that were asked and gave no answer.</param>
    public LicensingEstate(IEnumerable<LicensingState> states, IEnumerable<UnreachedVCenter>? unreached = null)
    {
        Unreached = [.. unreached ?? []];
        var kept = new List<LicensingState>();
        var twice = new List<NotAssessed>();
        foreach (var state in states)
        {
            var first = string.IsNullOrEmpty(state.InstanceUuid)
                ? null
                : kept.Find(other => string.Equals(other.InstanceUuid, state.InstanceUuid, StringComparison.OrdinalIgnoreCase));
            if (first is null)
                kept.Add(state);
            else
                twice.Add(new NotAssessed(state.VCenter, $"is the same vCenter as {first.VCenter} (instance {state.InstanceUuid}); counted once"));
        }

        States = kept;
        NotAssessed = [.. Unreached.Select(vCenter => new NotAssessed(vCenter.Name, vCenter.Reason)), .. twice];
    }

    /// <summary>The vCenters that answered, each once: the same instance under two names would count double.</summary>
    public IReadOnlyList<LicensingState> States { get; }

    /// <summary>The vCenters that did not answer.</summary>
    public IReadOnlyList<UnreachedVCenter> Unreached { get; }

    /// <summary>All that is not in the reports, with the reason.</summary>
    public IReadOnlyList<NotAssessed> NotAssessed { get; }

    /// <summary>Names of a Linked Mode group's vCenters that did not answer; its pools are incomplete then.</summary>
    /// <param name="site">Name of the group or vCenter.</param>
    public IReadOnlyList<string> MissingFrom(string site) =>
        [.. Unreached.Where(vCenter => vCenter.LinkedGroup == site).Select(vCenter => vCenter.Name)];
}

/// <summary>A vCenter that was asked and gave no answer.</summary>
/// <param name="Name">Its name in the inventory.</param>
/// <param name="LinkedGroup">Its Linked Mode group, or null.</param>
/// <param name="Reason">What happened.</param>
public sealed record UnreachedVCenter(string Name, string? LinkedGroup, string Reason);
