using OpsKit.Connections;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.DiskLimits;

/// <summary>
/// Reads which limits clusters take: no source says what the least one is, so the server's own description of a disk is asked. One call a cluster, since its answer
/// describes everything a machine may have. A server that does not answer leaves the range unknown, and the limit is its own to refuse.
/// </summary>
internal static class LimitRangeReader
{
    /// <summary>The ranges by the ids of compute resources, as far as they are told.</summary>
    public static async Task<IReadOnlyDictionary<string, LimitRange>> ReadAsync(VSphereQueries queries, IReadOnlyCollection<ManagedObjectReference> computeResources, CancellationToken cancellationToken)
    {
        var ranges = new Dictionary<string, LimitRange>(StringComparer.Ordinal);
        if (computeResources.Count == 0)
            return ranges;
        var browsers = new List<(string Resource, ManagedObjectReference Browser)>();
        var query = PropertyCollectorQuery.Of("ComputeResource", [.. computeResources], ComputeResourceProperties.EnvironmentBrowser);
        await foreach (var found in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (!found.IsGone && found.Get(ComputeResourceProperties.EnvironmentBrowser) is { } browser)
                browsers.Add((found.Reference.Value, browser));
        }

        foreach (var (resource, browser) in browsers)
        {
            if (await OneAsync(queries, browser, cancellationToken).ConfigureAwait(false) is { } range)
                ranges[resource] = range;
        }

        return ranges;
    }

    private static async Task<LimitRange?> OneAsync(VSphereQueries queries, ManagedObjectReference browser, CancellationToken cancellationToken)
    {
        try
        {
            var option = await queries.Queries.QueryConfigOptionAsync(browser, cancellationToken: cancellationToken).ConfigureAwait(false);
            var limit = option?.HardwareOptions?.VirtualDeviceOption.OfType<VirtualDiskOption>().FirstOrDefault()?.IoAllocationOption?.LimitOption;
            return limit is { Min: { } least, Max: { } most } && most > 0 ? new LimitRange(least, most) : null;
        }
        catch (VimFaultException)
        {
            return null;
        }
        catch (OpsKitException refused) when (refused.Kind == FailureKind.Failed)
        {
            return null;
        }
    }
}
