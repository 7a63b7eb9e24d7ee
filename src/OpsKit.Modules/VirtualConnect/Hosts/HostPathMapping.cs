using OpsKit.Modules.VirtualConnect.Texts;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.VirtualConnect.Hosts;

/// <summary>The network of a host as vim25 tells it, to the port groups that carry traffic. Pure.</summary>
internal static class HostPathMapping
{
    /// <summary>The port groups in use.</summary>
    /// <param name="network">The host's network.</param>
    /// <param name="distributed">Port groups of distributed switches, by key.</param>
    /// <param name="machines">Port groups of the running machines' cards: a name, or the key of a distributed one.</param>
    public static IReadOnlyList<TrafficPath> Paths(HostNetworkInfo network, IReadOnlyDictionary<string, DistributedGroup> distributed, IReadOnlyList<string> machines)
    {
        var devices = network.Pnic.Where(nic => nic is { Key: not null, Device: not null }).ToDictionary(nic => nic.Key!, nic => nic.Device!, StringComparer.Ordinal);
        var adapters = network.Vnic.ToLookup(nic => nic.Spec?.DistributedVirtualPort?.PortgroupKey ?? nic.Portgroup ?? nic.Spec?.Portgroup ?? "", nic => nic.Device ?? "", StringComparer.Ordinal);
        var paths = new List<TrafficPath>();
        foreach (var group in network.Portgroup)
        {
            if (group.Spec?.Name is { } name && Carries(adapters[name], machines.Count(machine => machine == name)) is { } carries)
                paths.Add(Standard(network, group, name, carries, devices));
        }

        foreach (var (key, group) in distributed.OrderBy(pair => pair.Value.Config.Name, StringComparer.Ordinal))
        {
            if (Carries(adapters[key], machines.Count(machine => machine == key)) is { } carries && network.ProxySwitch.FirstOrDefault(proxy => proxy.DvsUuid == group.SwitchUuid) is { } proxy)
                paths.Add(Distributed(proxy, group.Config, key, carries, devices));
        }

        return paths;
    }

    /// <summary>The addresses of the VMkernel, those for management first.</summary>
    public static IReadOnlyList<VMkernelAddress> Addresses(HostNetworkInfo network, HostVirtualNicManagerInfo? roles)
    {
        var selected = (roles?.NetConfig ?? []).Where(config => config.NicType == "management").SelectMany(config => config.SelectedVnic ?? []).ToList();
        return
        [
            .. network.Vnic.Where(nic => nic is { Device: not null, Spec.Ip.IpAddress.Length: > 0 })
                .Select(nic => new VMkernelAddress(nic.Device!, nic.Spec!.Ip!.IpAddress!, selected.Exists(key => key == nic.Key || key.EndsWith("management." + nic.Key, StringComparison.Ordinal))))
                .OrderByDescending(address => address.IsManagement),
        ];
    }

    /// <summary>A physical NIC's address in one form; null where the server does not say.</summary>
    public static string? MacOf(PhysicalNic nic) => DeviceText.MacOf(nic.Mac ?? "");

    private static string? Carries(IEnumerable<string> adapters, int machines)
    {
        var parts = adapters.Order(StringComparer.Ordinal).ToList();
        if (machines > 0)
            parts.Add(machines == 1 ? "1 VM" : $"{machines} VMs");
        return parts.Count > 0 ? string.Join(", ", parts) : null;
    }

    private static TrafficPath Standard(HostNetworkInfo network, HostPortGroup group, string name, string carries, Dictionary<string, string> devices)
    {
        var owner = network.Vswitch.FirstOrDefault(each => each.Key == group.Vswitch) ?? network.Vswitch.FirstOrDefault(each => each.Name == group.Spec!.VswitchName);
        var teaming = group.ComputedPolicy?.NicTeaming ?? group.Spec!.Policy?.NicTeaming ?? owner?.Spec?.Policy?.NicTeaming;
        var uplinks = Devices(owner?.Pnic ?? [], devices);
        return Path(owner?.Name ?? group.Spec!.VswitchName ?? "?", name, carries, uplinks, teaming?.NicOrder?.ActiveNic ?? uplinks, teaming?.NicOrder?.StandbyNic ?? []) with
        {
            Policy = teaming?.Policy,
            NotifiesSwitches = teaming?.NotifySwitches,
            ProbesBeacons = teaming?.FailureCriteria?.CheckBeacon,
        };
    }

    private static TrafficPath Distributed(HostProxySwitch proxy, DVPortgroupConfigInfo group, string key, string carries, Dictionary<string, string> devices)
    {
        var teaming = (group.DefaultPortConfig as VMwareDVSPortSetting)?.UplinkTeamingPolicy;
        var names = proxy.UplinkPort.Where(port => port is { Key: not null, Value: not null }).ToDictionary(port => port.Key!, port => port.Value!, StringComparer.Ordinal);
        var byUplink = ((proxy.Spec?.Backing as DistributedVirtualSwitchHostMemberPnicBacking)?.PnicSpec ?? [])
            .Where(pnic => pnic is { PnicDevice: not null, UplinkPortKey: not null })
            .ToLookup(pnic => names.GetValueOrDefault(pnic.UplinkPortKey!, pnic.UplinkPortKey!), pnic => pnic.PnicDevice!, StringComparer.Ordinal);
        IReadOnlyList<string> Of(IReadOnlyList<string>? uplinks) => [.. (uplinks ?? []).SelectMany(uplink => byUplink[uplink])];
        return Path(proxy.DvsName ?? "?", group.Name ?? key, carries, Devices(proxy.Pnic, devices), Of(teaming?.UplinkPortOrder?.ActiveUplinkPort), Of(teaming?.UplinkPortOrder?.StandbyUplinkPort)) with
        {
            Policy = teaming?.Policy?.Value,
            NotifiesSwitches = teaming?.NotifySwitches?.Value,
            ProbesBeacons = teaming?.FailureCriteria?.CheckBeacon?.Value,
        };
    }

    private static TrafficPath Path(string owner, string group, string carries, IReadOnlyList<string> uplinks, IReadOnlyList<string> active, IReadOnlyList<string> standby) => new()
    {
        Switch = owner,
        PortGroup = group,
        Carries = carries,
        Active = active,
        Standby = standby,
        Unused = [.. uplinks.Except(active).Except(standby)],
    };

    private static List<string> Devices(IReadOnlyList<string> keys, Dictionary<string, string> devices) =>
        [.. keys.Select(key => devices.GetValueOrDefault(key, key[(key.LastIndexOf('-') + 1)..]))];
}

/// <summary>A port group of a distributed switch.</summary>
/// <param name="Config">Its configuration.</param>
/// <param name="SwitchUuid">UUID of its switch, as the hosts name it.</param>
internal sealed record DistributedGroup(DVPortgroupConfigInfo Config, string? SwitchUuid);
