using System.Globalization;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Modules.DiskLimits;

/// <summary>Reads how hosts enforce limits: one retrieval for their versions, one for the settings of those whose version does not decide.</summary>
internal static class SchedulerReader
{
    private static readonly Version Asked = new(5, 5);

    /// <summary>The hosts' rules and clusters by their ids; a host that is not in it is not to be seen.</summary>
    public static async Task<IReadOnlyDictionary<string, HostScheduler>> ReadAsync(VSphereQueries queries, IReadOnlyCollection<string> hosts, CancellationToken cancellationToken)
    {
        var wanted = hosts.ToHashSet(StringComparer.Ordinal);
        var all = wanted.Count == 0 ? [] : await VersionsAsync(queries, cancellationToken).ConfigureAwait(false);
        var read = all.Where(host => wanted.Contains(host.Id)).ToList();
        var settings = await SettingsAsync(queries, [.. read.Where(host => Version.TryParse(host.Version, out var number) && number >= Asked).Select(host => host.Id)], cancellationToken)
            .ConfigureAwait(false);
        var clusters = all.Where(host => host.Parent is not null).ToLookup(host => host.Parent!.Value, StringComparer.Ordinal);
        return read.ToDictionary(host => host.Id, host => With(host, settings.GetValueOrDefault(host.Id), host.Parent is { } parent ? clusters[parent.Value] : []), StringComparer.Ordinal);
    }

    private static HostScheduler With(HostSeen host, IReadOnlyDictionary<string, string>? settings, IEnumerable<HostSeen> cluster)
    {
        var rule = SchedulerRule.Of(host.Version, settings);
        var other = rule.Kind == SchedulerKind.Unknown ? default : cluster
            .Select(neighbour => (neighbour.Name, Rule: SchedulerRule.ByVersion(neighbour.Version)))
            .FirstOrDefault(neighbour => neighbour.Rule.Kind != SchedulerKind.Unknown && neighbour.Rule.Kind != rule.Kind && SchedulerRule.ByVersion(host.Version).Kind == rule.Kind);
        return new HostScheduler(rule, host.Parent) { OtherwiseOn = other is { Name: { } name, Rule: { } otherwise } ? $"{name} ({otherwise.Reason})" : null };
    }

    /// <summary>All hosts there are, not only those of the machines: a migration may take a machine to any of its cluster.</summary>
    private static async Task<List<HostSeen>> VersionsAsync(VSphereQueries queries, CancellationToken cancellationToken)
    {
        var hosts = new List<HostSeen>();
        var query = PropertyCollectorQuery.All("HostSystem", HostSystemProperties.Name, HostSystemProperties.SummaryConfigProduct, HostSystemProperties.Parent);
        await foreach (var found in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (!found.IsGone)
                hosts.Add(new HostSeen(found.Reference.Value, EntityName.Plain(found.Get(HostSystemProperties.Name)) ?? found.Reference.Value, found.Get(HostSystemProperties.SummaryConfigProduct)?.Version, found.Get(HostSystemProperties.Parent)));
        }

        return hosts;
    }

    private static async Task<Dictionary<string, IReadOnlyDictionary<string, string>>> SettingsAsync(VSphereQueries queries, IReadOnlyList<string> hosts, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        var query = PropertyCollectorQuery.Of("HostSystem", [.. hosts.Select(host => new ManagedObjectReference("HostSystem", host))], HostSystemProperties.ConfigOption);
        await foreach (var found in Retrieved(queries, query, cancellationToken).ConfigureAwait(false))
        {
            if (!found.Has(HostSystemProperties.ConfigOption))
                continue;
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var option in found.Get(HostSystemProperties.ConfigOption)!)
            {
                if (option.Key is SchedulerRule.ReservationSetting or SchedulerRule.PerFileSetting)
                    values[option.Key] = Convert.ToString(option.Value, CultureInfo.InvariantCulture) ?? "";
            }

            settings[found.Reference.Value] = values;
        }

        return settings;
    }

    private static async IAsyncEnumerable<RetrievedObject> Retrieved(
        VSphereQueries queries, PropertyCollectorQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (query.Objects is { Count: 0 })
            yield break;
        await foreach (var found in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (!found.IsGone)
                yield return found;
        }
    }
}

/// <summary>A host's rule and the cluster it is in, or the compute resource of its own.</summary>
internal sealed record HostScheduler(SchedulerRule Rule, ManagedObjectReference? ComputeResource)
{
    /// <summary>A host of the cluster that enforces limits in another way, as its version says; null for none.</summary>
    public string? OtherwiseOn { get; init; }
}

/// <summary>What is seen of a host at first.</summary>
internal sealed record HostSeen(string Id, string Name, string? Version, ManagedObjectReference? Parent);
