using OpsKit.Engine.Verbs;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Reads NICs and passthrough of hosts: one query a vCenter for all of them.</summary>
internal static class FlexNicReader
{
    /// <summary>PCI class of network controllers (02), in the upper byte.</summary>
    private const int NetworkClass = 0x02;

    private static readonly IReadOnlyList<PropertyPath> Paths =
        [.. VimHostNetwork.Paths, HostSystemProperties.ConfigPciPassthruInfo, HostSystemProperties.CapabilityDeviceRebindWithoutRebootSupported];

    /// <summary>The state of each host, in the order of the targets.</summary>
    public static async Task<IReadOnlyList<Observed<FlexNicState>>> ReadAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var bays = await BladePortReader.ReadAsync(doors, targets, cancellationToken).ConfigureAwait(false);
        var vCenters = targets.Where(target => target.VCenter is not null).GroupBy(target => target.VCenter!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => HostsAsync(doors, group.Key, [.. group], cancellationToken), StringComparer.Ordinal);
        return await Observing.EachAsync(
            targets,
            async (target, _) => target.VCenter is { } vCenter
                ? Of(target, VimHosts.Of(target, await vCenters[vCenter].ConfigureAwait(false), HostSystemProperties.ConfigNetworkPnic), bays)
                : throw new Connections.OpsKitException(Connections.FailureKind.Usage, "no vCenter of the inventory has this host; passthrough is asked for through vCenter", target.Name),
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyDictionary<string, RetrievedObject>> HostsAsync(IPlanningDoors doors, string vCenter, IReadOnlyList<Target> targets, CancellationToken cancellationToken) =>
        await VimHosts.RetrieveAsync(await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false), "HostSystem", targets, Paths, cancellationToken).ConfigureAwait(false);

    private static FlexNicState Of(Target target, RetrievedObject found, Dictionary<string, BladePorts> bays)
    {
        var network = VimHostNetwork.Of(target, found, new Dictionary<string, LinkDiscoveryProtocolConfig>());
        var classes = (found.Get(HostSystemProperties.HardwarePciDevice) ?? []).Where(device => device.ClassId is not null)
            .GroupBy(device => PciAddress.Plain(device.Id), StringComparer.Ordinal).ToDictionary(group => group.Key, group => (ushort)group.First().ClassId!.Value >> 8, StringComparer.Ordinal);
        return new FlexNicState
        {
            Network = target.Enclosure is { } enclosure && bays.TryGetValue(enclosure, out var ports) ? ports.AddTo(network) : network,
            RebindsWithoutRestart = found.Get(HostSystemProperties.CapabilityDeviceRebindWithoutRebootSupported) == true,
            Devices = [.. (found.Get(HostSystemProperties.ConfigPciPassthruInfo) ?? []).Where(info => info.Id is not null).Select(info => Device(info, classes))],
        };
    }

    private static PassthroughDevice Device(HostPciPassthruInfo info, Dictionary<string, int> classes) => new(
        PciAddress.Plain(info.Id),
        PciAddress.Plain(info.DependentDevice ?? info.Id),
        info.PassthruCapable == true,
        info.PassthruEnabled == true,
        info.PassthruActive == true,
        classes.TryGetValue(PciAddress.Plain(info.Id), out var kind) ? kind == NetworkClass : null)
    {
        Sriov = info is HostSriovInfo { SriovEnabled: true } or HostSriovInfo { SriovActive: true },
    };
}
