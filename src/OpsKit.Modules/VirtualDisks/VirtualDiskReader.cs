using System.Runtime.CompilerServices;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.VirtualDisks;

/// <summary>
/// Observes virtual machines' disks with queries alone: three retrievals (datastores' names, hosts' names, machines) and their pages, however many machines. The
/// machines are handed out one by one, so that memory does not grow with them.
/// </summary>
public static class VirtualDiskReader
{
    private static readonly IReadOnlyList<PropertyPath> Paths =
    [
        VirtualMachineProperties.Name, VirtualMachineProperties.RuntimePowerState, VirtualMachineProperties.RuntimeConnectionState, VirtualMachineProperties.RuntimeHost,
        VirtualMachineProperties.ConfigTemplate, VirtualMachineProperties.ConfigHardwareDevice,
    ];

    /// <summary>The machines with their disks, in the server's order; those that exist no more are left out.</summary>
    /// <param name="queries">The vCenter.</param>
    /// <param name="machines">The machines; null for all of the vCenter.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static IAsyncEnumerable<MachineDisks> ReadAsync(VSphereQueries queries, IReadOnlyList<ManagedObjectReference>? machines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        return ReadAsync(queries, machines, [], static (machine, _) => machine, cancellationToken);
    }

    /// <summary>The machines with their disks and with more that is read in the same go.</summary>
    /// <param name="queries">The vCenter.</param>
    /// <param name="machines">The machines; null for all of the vCenter.</param>
    /// <param name="more">Further properties of virtual machines.</param>
    /// <param name="make">Makes what is wanted of a machine and the properties it was read from.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal static async IAsyncEnumerable<T> ReadAsync<T>(
        VSphereQueries queries,
        IReadOnlyList<ManagedObjectReference>? machines,
        IReadOnlyList<PropertyPath> more,
        Func<MachineDisks, RetrievedObject, T> make,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (machines is { Count: 0 })
            yield break;
        var places = await PlaceNames.ReadAsync(queries, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<PropertyPath> paths = [.. Paths, .. more];
        var query = machines is null ? PropertyCollectorQuery.All("VirtualMachine", paths) : PropertyCollectorQuery.Of("VirtualMachine", machines, paths);
        await foreach (var found in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (!found.IsGone)
                yield return make(Of(queries.VCenter, found, places), found);
        }
    }

    /// <summary>One machine in one call, for whoever looks again and again: its host is named by its id, and its datastores as the files' names say. The default where it exists no more.</summary>
    internal static async Task<T?> GlanceAsync<T>(
        VSphereQueries queries, ManagedObjectReference machine, IReadOnlyList<PropertyPath> more, Func<MachineDisks, RetrievedObject, T> make, CancellationToken cancellationToken)
    {
        await foreach (var found in queries.Properties.RetrieveAsync(PropertyCollectorQuery.Of("VirtualMachine", [machine], [.. Paths, .. more]), cancellationToken).ConfigureAwait(false))
            return found.IsGone ? default : make(Of(queries.VCenter, found, PlaceNames.None), found);
        return default;
    }

    /// <summary>The devices of one machine as the server has them now: an edit sends back the complete device, and never an old one.</summary>
    internal static async Task<IReadOnlyList<VirtualDevice>> DevicesAsync(VSphereQueries queries, ManagedObjectReference machine, CancellationToken cancellationToken) =>
        await queries.Properties.GetAsync(machine, VirtualMachineProperties.ConfigHardwareDevice, cancellationToken).ConfigureAwait(false) ?? [];

    private static MachineDisks Of(string vCenter, RetrievedObject found, PlaceNames places)
    {
        var devices = found.Get(VirtualMachineProperties.ConfigHardwareDevice);
        return new MachineDisks
        {
            VCenter = vCenter,
            Reference = found.Reference,
            Name = EntityName.Plain(found.Get(VirtualMachineProperties.Name)) ?? found.Reference.Value,
            PowerState = found.Get(VirtualMachineProperties.RuntimePowerState)?.Value ?? "unknown",
            ConnectionState = found.Get(VirtualMachineProperties.RuntimeConnectionState)?.Value ?? "unknown",
            IsTemplate = found.Get(VirtualMachineProperties.ConfigTemplate) ?? false,
            Host = places.Host(found.Get(VirtualMachineProperties.RuntimeHost)?.Value),
            HostId = found.Get(VirtualMachineProperties.RuntimeHost)?.Value,
            Disks = devices is null ? [] : DiskDevices.Of(devices, places),
            Unread = devices is null ? Reason(found) : null,
        };
    }

    /// <summary>A machine without devices is none without disks: its configuration cannot be read.</summary>
    private static string Reason(RetrievedObject found)
    {
        var fault = found.Missing.FirstOrDefault(missing => missing.Path == VirtualMachineProperties.ConfigHardwareDevice.Path)?.Fault;
        var state = found.Get(VirtualMachineProperties.RuntimeConnectionState)?.Value;
        return fault is not null
            ? $"its devices cannot be read: {fault.LocalizedMessage ?? fault.Fault?.TypeName ?? "no reason given"}"
            : state is null or "connected" ? "the server sends no devices of it" : $"the server sends no devices of it; it is {state}";
    }
}
