using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.VirtualConnect.Hosts;

/// <summary>Finds the hosts of an enclosure in all vCenters of the inventory and reads their networks. The number of calls grows with the hosts of the enclosure only by what they hear on their NICs.</summary>
public static class EnclosureHostReader
{
    /// <summary>Reads them. A vCenter that cannot be read is told, not thrown.</summary>
    /// <param name="doors">Queries alone.</param>
    /// <param name="enclosure">The enclosure as it was read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<EnclosureHosts> ReadAsync(IPlanningDoors doors, EnclosureState enclosure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(doors);
        ArgumentNullException.ThrowIfNull(enclosure);
        var matching = new BladeMatching(enclosure);
        var hosts = new List<EnclosureHost>();
        var gaps = new List<(string, string)>();
        foreach (var vCenter in doors.Estate.VCenters)
        {
            try
            {
                var queries = await doors.QueriesAsync(vCenter.Name, cancellationToken).ConfigureAwait(false);
                hosts.AddRange(await FromAsync(doors.Estate, queries, enclosure, matching, cancellationToken).ConfigureAwait(false));
            }
            catch (OpsKitException failure)
            {
                gaps.Add((vCenter.Name, failure.What));
            }
            catch (VimException failure)
            {
                gaps.Add((vCenter.Name, failure.Message));
            }
        }

        gaps.AddRange(doors.Estate.Hosts.Where(host => host.VCenter is null && Same(host.Enclosure, enclosure.Name) && !hosts.Exists(found => IsNamed(host, found.Name)))
            .Select(host => (host.Name, "no vCenter of the inventory has this host: its uplinks cannot be seen")));
        return new EnclosureHosts { Hosts = [.. hosts.OrderBy(host => host.Blade ?? int.MaxValue).ThenBy(host => host.Name, StringComparer.Ordinal)], NotAssessed = gaps };
    }

    private static async Task<List<EnclosureHost>> FromAsync(Estate estate, VSphereQueries queries, EnclosureState enclosure, BladeMatching matching, CancellationToken cancellationToken)
    {
        var found = new List<(ManagedObjectReference Host, string Name, int? Blade, HostEvidence Evidence)>();
        var all = PropertyCollectorQuery.All("HostSystem", HostSystemProperties.Name, HostSystemProperties.ConfigNetworkPnic, HostSystemProperties.HardwareSystemInfo);
        await foreach (var host in queries.Properties.RetrieveAsync(all, cancellationToken).ConfigureAwait(false))
        {
            var name = EntityName.Plain(host.Get(HostSystemProperties.Name)) ?? host.Reference.Value;
            var macs = (host.Get(HostSystemProperties.ConfigNetworkPnic) ?? []).Select(HostPathMapping.MacOf).OfType<string>().ToList();
            if (matching.Match(macs, host.Get(HostSystemProperties.HardwareSystemInfo), IsNamed(estate, queries.VCenter, name, enclosure.Name)) is { } match)
                found.Add((host.Reference, name, match.Blade, match.Evidence));
        }

        if (found.Count == 0)
            return [];
        var machines = await MachinesAsync(queries, found.ConvertAll(host => host.Host), cancellationToken).ConfigureAwait(false);
        var groups = await DistributedGroupsAsync(queries, cancellationToken).ConfigureAwait(false);
        var hosts = new List<EnclosureHost>();
        var details = PropertyCollectorQuery.Of(
            "HostSystem", found.ConvertAll(host => host.Host), HostSystemProperties.RuntimeConnectionState, HostSystemProperties.RuntimeInMaintenanceMode, HostSystemProperties.ConfigNetwork,
            HostSystemProperties.ConfigVirtualNicManagerInfo, HostSystemProperties.ConfigManagerNetworkSystem);
        await foreach (var host in queries.Properties.RetrieveAsync(details, cancellationToken).ConfigureAwait(false))
        {
            var (_, name, blade, evidence) = found.Find(known => known.Host == host.Reference);
            var network = host.Get(HostSystemProperties.ConfigNetwork) ?? new HostNetworkInfo();
            var own = machines.Where(machine => machine.Host == host.Reference).ToList();
            hosts.Add(new EnclosureHost
            {
                Name = name,
                VCenter = queries.VCenter,
                Reference = host.Reference,
                Blade = blade,
                Evidence = evidence,
                ConnectionState = host.Get(HostSystemProperties.RuntimeConnectionState)?.Value ?? "unknown",
                InMaintenanceMode = host.Get(HostSystemProperties.RuntimeInMaintenanceMode) ?? false,
                IsPoweredOff = enclosure.Blades.Any(known => known.Bay == blade && Same(known.Power, "Off")),
                Nics = await NicsAsync(queries, matching, host.Get(HostSystemProperties.ConfigManagerNetworkSystem), network, cancellationToken).ConfigureAwait(false),
                Addresses = HostPathMapping.Addresses(network, host.Get(HostSystemProperties.ConfigVirtualNicManagerInfo)),
                Paths = HostPathMapping.Paths(network, groups, [.. own.SelectMany(machine => machine.Groups)]),
                PassthroughMachines = [.. own.Where(machine => machine.PassesThrough).Select(machine => machine.Name).Order(StringComparer.Ordinal)],
            });
        }

        return hosts;
    }

    private static async Task<IReadOnlyList<HostNic>> NicsAsync(
        VSphereQueries queries, BladeMatching matching, ManagedObjectReference? networkSystem, HostNetworkInfo network, CancellationToken cancellationToken)
    {
        var up = network.Pnic.Where(nic => nic.LinkSpeed is not null).Select(nic => nic.Device).OfType<string>().ToList();
        var heard = await Neighbours.ReadAsync(queries, networkSystem, up, cancellationToken).ConfigureAwait(false);
        return
        [
            .. network.Pnic.Where(nic => nic.Device is not null).Select(nic =>
            {
                var mac = HostPathMapping.MacOf(nic) ?? "";
                var neighbour = heard.GetValueOrDefault(nic.Device!);
                return new HostNic(nic.Device!, mac, nic.LinkSpeed?.SpeedMb, matching.ModuleOf(mac, neighbour), neighbour);
            }).OrderBy(nic => nic.Device.Length).ThenBy(nic => nic.Device, StringComparer.Ordinal),
        ];
    }

    private static async Task<List<RunningMachine>> MachinesAsync(VSphereQueries queries, List<ManagedObjectReference> hosts, CancellationToken cancellationToken)
    {
        var references = new List<ManagedObjectReference>();
        await foreach (var host in queries.Properties.RetrieveAsync(PropertyCollectorQuery.Of("HostSystem", hosts, HostSystemProperties.Vm), cancellationToken).ConfigureAwait(false))
            references.AddRange(host.Get(HostSystemProperties.Vm) ?? []);
        var machines = new List<RunningMachine>();
        if (references.Count == 0)
            return machines;
        var query = PropertyCollectorQuery.Of(
            "VirtualMachine", references, VirtualMachineProperties.Name, VirtualMachineProperties.RuntimeHost, VirtualMachineProperties.RuntimePowerState, VirtualMachineProperties.ConfigHardwareDevice);
        await foreach (var machine in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (machine.Get(VirtualMachineProperties.RuntimeHost) is { } host && machine.Get(VirtualMachineProperties.RuntimePowerState) == VirtualMachinePowerState.PoweredOn)
                machines.Add(RunningMachine.Of(EntityName.Plain(machine.Get(VirtualMachineProperties.Name)) ?? machine.Reference.Value, host, machine.Get(VirtualMachineProperties.ConfigHardwareDevice) ?? []));
        }

        return machines;
    }

    private static async Task<Dictionary<string, DistributedGroup>> DistributedGroupsAsync(VSphereQueries queries, CancellationToken cancellationToken)
    {
        var switches = new Dictionary<ManagedObjectReference, string?>();
        await foreach (var one in queries.Properties.RetrieveAsync(PropertyCollectorQuery.All("DistributedVirtualSwitch", DistributedVirtualSwitchProperties.Uuid), cancellationToken).ConfigureAwait(false))
            switches[one.Reference] = one.Get(DistributedVirtualSwitchProperties.Uuid);
        var groups = new Dictionary<string, DistributedGroup>(StringComparer.Ordinal);
        if (switches.Count == 0)
            return groups;
        var query = PropertyCollectorQuery.All("DistributedVirtualPortgroup", DistributedVirtualPortgroupProperties.Config);
        await foreach (var group in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (group.Get(DistributedVirtualPortgroupProperties.Config) is { Key: { } key } config)
                groups[key] = new DistributedGroup(config, config.DistributedVirtualSwitch is { } owner ? switches.GetValueOrDefault(owner) : null);
        }

        return groups;
    }

    private static bool IsNamed(Estate estate, string vCenter, string name, string enclosure) =>
        estate.Hosts.Any(host => (host.VCenter is null || Same(host.VCenter, vCenter)) && Same(host.Enclosure, enclosure) && IsNamed(host, name));

    private static bool IsNamed(HostEndpoint host, string name) => Same(host.Name, name) || Same(host.Address, name) || name.StartsWith(host.Name + ".", StringComparison.OrdinalIgnoreCase);

    private static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <param name="Name">Its name.</param>
    /// <param name="Host">Where it runs.</param>
    /// <param name="Groups">Port groups of its connected cards: a name, or the key of a distributed one.</param>
    /// <param name="PassesThrough">Whether it has a device that bypasses the switches.</param>
    private sealed record RunningMachine(string Name, ManagedObjectReference Host, IReadOnlyList<string> Groups, bool PassesThrough)
    {
        public static RunningMachine Of(string name, ManagedObjectReference host, IReadOnlyList<VirtualDevice> devices) => new(
            name,
            host,
            [.. devices.OfType<VirtualEthernetCard>().Where(card => card.Connectable?.Connected != false).Select(GroupOf).OfType<string>()],
            devices.Any(device => device is VirtualPCIPassthrough or VirtualSriovEthernetCard));

        private static string? GroupOf(VirtualEthernetCard card) => card.Backing switch
        {
            VirtualEthernetCardDistributedVirtualPortBackingInfo distributed => distributed.Port?.PortgroupKey,
            VirtualEthernetCardNetworkBackingInfo standard => standard.DeviceName,
            _ => null,
        };
    }
}
