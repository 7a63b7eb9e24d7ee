using OpsKit.Connections.VSphere;
using OpsKit.Engine.Reports;

namespace OpsKit.Modules.Licensing;

/// <summary>Lists the licence keys of an estate: each key once for a vCenter or Linked Mode group, with all it is assigned to.</summary>
public static class LicenseInventory
{
    /// <summary>Lists.</summary>
    /// <param name="estate">What was observed.</param>
    /// <param name="tables">The licence facts, for the editions' names.</param>
    public static LicenseListing List(LicensingEstate estate, LicensingTables tables)
    {
        ArgumentNullException.ThrowIfNull(estate);
        var catalog = new EditionCatalog(tables);
        var entries = estate.States
            .GroupBy(state => state.LinkedGroup is { } group ? (group, true) : (state.VCenter, false))
            .SelectMany(site => Site([.. site], catalog));
        return new LicenseListing([.. entries], estate.NotAssessed);
    }

    private static IEnumerable<LicenseEntry> Site(IReadOnlyList<LicensingState> states, EditionCatalog catalog)
    {
        var drafts = new Dictionary<string, (License License, SortedSet<string> Entities)>(StringComparer.Ordinal);
        foreach (var state in states)
        {
            foreach (var license in state.Licenses)
                drafts.TryAdd(license.Key, (license, new SortedSet<string>(StringComparer.Ordinal)));
            var names = NamesOf(state);
            foreach (var assignment in state.Assignments)
            {
                if (!drafts.TryGetValue(assignment.License.Key, out var draft))
                    drafts.Add(assignment.License.Key, draft = (assignment.License, new SortedSet<string>(StringComparer.Ordinal)));
                if (EntityOf(assignment, state, names, states) is { } entity)
                    draft.Entities.Add(entity);
            }
        }

        return drafts.Values
            .Select(draft => new LicenseEntry(
                states[0].Site, draft.License, catalog.Recognise(draft.License), [.. draft.Entities], states.Max(state => state.ObservedAt)))
            .OrderBy(entry => entry.Match.Kind)
            .ThenBy(entry => catalog.Rank(entry.Match.Edition))
            .ThenBy(entry => entry.License.Name, StringComparer.Ordinal)
            .ThenBy(entry => entry.License.Key, StringComparer.Ordinal);
    }

    private static Dictionary<string, string> NamesOf(LicensingState state)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var host in state.Hosts)
            names.TryAdd(host.Id, host.Name);
        if (!string.IsNullOrEmpty(state.InstanceUuid))
            names.TryAdd(state.InstanceUuid, state.VCenter);
        return names;
    }

    // Older servers answer with a row that names no entity; such a row assigns nothing that could be shown.
    private static string? EntityOf(
        LicenseAssignment assignment, LicensingState state, Dictionary<string, string> names, IReadOnlyList<LicensingState> states)
    {
        if (assignment.EntityId.Length == 0)
            return null;
        if (SiteLicenses.IsForeign(state, assignment))
        {
            // The vCenter it belongs to answers for it where it is asked as well.
            return states.Any(other => string.Equals(other.InstanceUuid, assignment.Scope, StringComparison.OrdinalIgnoreCase))
                ? null
                : $"{Named(assignment)} (another vCenter)";
        }

        var name = names.TryGetValue(assignment.EntityId, out var known) ? known : Named(assignment);
        return states.Count > 1 && name != state.VCenter ? $"{name} ({state.VCenter})" : name;
    }

    private static string Named(LicenseAssignment assignment) =>
        string.IsNullOrEmpty(assignment.EntityName) ? assignment.EntityId : assignment.EntityName;
}

/// <summary>The licence keys of an estate.</summary>
/// <param name="Entries">By vCenter or Linked Mode group, then host licences by edition, evaluation, unknown editions, other products.</param>
/// <param name="NotAssessed">vCenters that could not be read.</param>
public sealed record LicenseListing(IReadOnlyList<LicenseEntry> Entries, IReadOnlyList<NotAssessed> NotAssessed);

/// <summary>A licence key and where it is used.</summary>
/// <param name="Site">The vCenter or Linked Mode group.</param>
/// <param name="License">The licence.</param>
/// <param name="Match">What it is for.</param>
/// <param name="AssignedTo">Names of hosts, clusters and vCenters it is assigned to.</param>
/// <param name="ObservedAt">When it was read.</param>
public sealed record LicenseEntry(string Site, License License, EditionMatch Match, IReadOnlyList<string> AssignedTo, DateTimeOffset ObservedAt)
{
    /// <summary>How the total is meant: a server says 0 for both unlimited and evaluation.</summary>
    public LicenseLimit Limit =>
        Match.Kind == LicenseKind.Evaluation ? LicenseLimit.Evaluation
        : License.Total is null or < 0 ? LicenseLimit.NotReported
        : License.Total == 0 ? LicenseLimit.Unlimited
        : LicenseLimit.Counted;

    /// <summary>Whole days until it expires, negative once it has; null where it does not expire.</summary>
    public int? DaysLeft => License.Expires is { } expires ? (int)Math.Floor((expires - ObservedAt).TotalDays) : null;
}

/// <summary>How a key's total is meant.</summary>
public enum LicenseLimit
{
    /// <summary>The total is the number of units.</summary>
    Counted,

    /// <summary>There is no limit.</summary>
    Unlimited,

    /// <summary>Evaluation: no units at all, for a time.</summary>
    Evaluation,

    /// <summary>The server said nothing.</summary>
    NotReported,
}
