using System.Net;

namespace OpsKit.Lab.Estate;

/// <summary>Names and numbers of the networks of a cluster, shared by its hosts.</summary>
internal sealed class ClusterNetworks
{
    private readonly LabEstate _estate;
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    public ClusterNetworks(LabEstate estate, bool distributed, params (string Name, int Vlan)[] machineNetworks)
    {
        _estate = estate;
        Distributed = distributed;
        MachineNetworks = machineNetworks;
        DvsUuid = distributed ? DvsId(estate) : null;
    }

    public bool Distributed { get; }

    public IReadOnlyList<(string Name, int Vlan)> MachineNetworks { get; }

    public string? DvsUuid { get; }

    public LabPortGroup PortGroup(string name, int vlan, bool distributed = false)
    {
        if (!_ids.TryGetValue(name, out var id))
            _ids[name] = id = $"{(distributed ? "dvportgroup" : "network")}-{_estate.NextId()}";
        return new LabPortGroup { Id = id, Name = name, Vlan = vlan };
    }

    /// <summary>In sixteen pairs, halved by a dash, as switches write theirs: <c>50 3c 9d 2f …-…</c>.</summary>
    private static string DvsId(LabEstate estate)
    {
        var pairs = estate.Uuid().Replace("-", "", StringComparison.Ordinal).Chunk(2).Select(pair => new string(pair)).ToArray();
        return $"50 {string.Join(' ', pairs[1..8])}-{string.Join(' ', pairs[8..])}";
    }
}

/// <summary>Puts hosts on their networks.</summary>
internal static class HostWiring
{
    /// <summary>Management and vMotion on the first pair of NICs, virtual machines on the second.</summary>
    public static LabHost Wire(this LabHost host, ClusterNetworks networks, params (string Device, IPAddress Address)[] further)
    {
        var management = new LabVSwitch { Name = "vSwitch0" };
        management.Active.AddRange(["vmnic0", "vmnic1"]);
        management.PortGroups.Add(networks.PortGroup(HostFactory.ManagementPortGroup, 0));
        management.PortGroups.Add(networks.PortGroup(HostFactory.VMotionPortGroup, 250));
        host.VSwitches.Add(management);

        var machines = networks.Distributed
            ? new LabVSwitch { Name = $"dvs-{host.Cluster.Name}", Distributed = true, DvsUuid = networks.DvsUuid, CdpMode = "listen", TeamingPolicy = "loadbalance_srcid" }
            : new LabVSwitch { Name = "vSwitch1", CdpMode = "both" };
        machines.Active.AddRange(["vmnic2", "vmnic3"]);
        machines.PortGroups.AddRange(networks.MachineNetworks.Select(network => networks.PortGroup(network.Name, network.Vlan, networks.Distributed)));
        host.VSwitches.Add(machines);

        host.Vmks.Add(new LabVmk { Device = "vmk0", Address = host.Address, Mac = host.PNics[0].Mac });
        foreach (var (device, address) in further)
            host.Vmks.Add(new LabVmk { Device = device, Address = address, PortGroup = HostFactory.VMotionPortGroup, Management = false, VMotion = true, Mac = $"00:50:56:6{host.Bay % 16:x}:{address.GetAddressBytes()[2]:x2}:{address.GetAddressBytes()[3]:x2}" });
        return host;
    }
}
