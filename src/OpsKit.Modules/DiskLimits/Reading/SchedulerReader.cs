using System.Globalization;
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
        var versions = new Dictionary<string, (string? Version, ManagedObjectReference? Parent)>(StringComparer.Ordinal);
        var query = PropertyCollectorQuery.Of("HostSystem", [.. hosts.Select(host => new ManagedObjectReference("HostSystem", host))], HostSystemProperties.SummaryConfigProduct, HostSystemProperties.Parent);
        await foreach (var found in Retrieved(queries, query, cancellationToken).ConfigureAwait(false))
            versions[found.Reference.Value] = (found.Get(HostSystemProperties.SummaryConfigProduct)?.Version, found.Get(HostSystemProperties.Parent));
        var settings = await SettingsAsync(queries, [.. versions.Where(host => Version.TryParse(host.Value.Version, out var number) && number >= Asked).Select(host => host.Key)], cancellationToken)
            .ConfigureAwait(false);
        return versions.ToDictionary(
            host => host.Key, host => new HostScheduler(SchedulerRule.Of(host.Value.Version, settings.GetValueOrDefault(host.Key)), host.Value.Parent), StringComparer.Ordinal);
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
internal sealed record HostScheduler(SchedulerRule Rule, ManagedObjectReference? ComputeResource);
