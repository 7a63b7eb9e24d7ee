using OpsKit.Connections;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Retrieves properties of many hosts of a vCenter in one query, and tells those that it did not give.</summary>
internal static class VimHosts
{
    /// <summary>What was retrieved of each host, by its reference.</summary>
    public static async Task<IReadOnlyDictionary<string, RetrievedObject>> RetrieveAsync(
        VSphereQueries queries, string type, IEnumerable<Target> targets, IReadOnlyList<PropertyPath> paths, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, RetrievedObject>(StringComparer.Ordinal);
        var query = PropertyCollectorQuery.Of(type, [.. targets.Select(target => target.Reference).OfType<ManagedObjectReference>()], paths);
        await foreach (var one in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
            found[one.Reference.Value] = one;
        return found;
    }

    /// <summary>The host of a target.</summary>
    /// <exception cref="OpsKitException">It is gone, not connected, or its network may not be read.</exception>
    public static RetrievedObject Of(Target target, IReadOnlyDictionary<string, RetrievedObject> found, PropertyPath needed)
    {
        if (target.Reference is not { } reference || !found.TryGetValue(reference.Value, out var one) || one.IsGone)
            throw new OpsKitException(FailureKind.Failed, "is gone from its vCenter", target.Name);
        if (one.Get(HostSystemProperties.RuntimeConnectionState) is { } state && state != HostSystemConnectionState.Connected)
            throw new OpsKitException(FailureKind.Unreachable, $"the host is {state.Value}: vCenter knows nothing new of it", target.Name, "reconnect it in vCenter");
        if (!one.Has(needed))
        {
            var why = one.Missing.FirstOrDefault(missing => missing.Path == needed.Path);
            throw new OpsKitException(FailureKind.Failed, why is null ? $"vCenter says nothing of {needed.Path}" : $"vCenter does not tell {needed.Path}: {why.Fault?.LocalizedMessage ?? "no reason given"}", target.Name);
        }

        return one;
    }
}
