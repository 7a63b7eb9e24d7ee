using OpsKit.Engine.Verbs;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.VirtualConnect.Hosts;

/// <summary>What hosts hear on their NICs by CDP or LLDP. Hearing nothing means little: either end may be silent.</summary>
internal static class Neighbours
{
    /// <summary>Switch and port by device, such as <c>vcd-1, d3</c>; devices that hear nothing are left out.</summary>
    /// <param name="queries">The host's vCenter.</param>
    /// <param name="networkSystem">The host's network system; null where the server does not tell it.</param>
    /// <param name="devices">The NICs that are up.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        VSphereQueries queries, ManagedObjectReference? networkSystem, IReadOnlyList<string> devices, CancellationToken cancellationToken)
    {
        var heard = new Dictionary<string, string>(StringComparer.Ordinal);
        if (networkSystem is null || devices.Count == 0)
            return heard;
        try
        {
            Take(heard, await queries.Queries.QueryNetworkHintAsync(networkSystem, null, cancellationToken).ConfigureAwait(false));

            // Some hosts tell of neighbours only when one NIC is asked for.
            foreach (var device in heard.Count == 0 ? devices : [])
                Take(heard, await queries.Queries.QueryNetworkHintAsync(networkSystem, [device], cancellationToken).ConfigureAwait(false));
        }
        catch (VimFaultException)
        {
            // A host that cannot be asked hears nothing; whether it is connected is told elsewhere.
        }

        return heard;
    }

    private static void Take(Dictionary<string, string> heard, IReadOnlyList<PhysicalNicHintInfo> hints)
    {
        foreach (var hint in hints)
        {
            if (hint.Device is { } device && Of(hint) is { } neighbour)
                heard[device] = neighbour;
        }
    }

    private static string? Of(PhysicalNicHintInfo hint)
    {
        if (hint.ConnectedSwitchPort is { DevId.Length: > 0 } cdp)
            return Joined(cdp.DevId, cdp.PortId);
        if (hint.LldpInfo is not { } lldp)
            return null;
        var name = lldp.Parameter.FirstOrDefault(parameter => parameter.Key == "System Name")?.Value as string;
        return Joined(string.IsNullOrEmpty(name) ? lldp.ChassisId : name, lldp.PortId);
    }

    private static string? Joined(string? system, string? port) => string.IsNullOrEmpty(system) ? null : string.IsNullOrEmpty(port) ? system : $"{system}, {port}";
}
