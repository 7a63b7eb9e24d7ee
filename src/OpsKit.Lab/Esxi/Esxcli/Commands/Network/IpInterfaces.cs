using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;
using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Network;

/// <summary>VMkernel interfaces, their addresses, routes and neighbours.</summary>
internal static class IpInterfaces
{
    public static EsxcliValue List(EsxcliCall call)
    {
        var ports = SwitchPorts.Of(call.Estate, call.Host).ToList();
        return EsxcliList.OfRecords(call.Host.Vmks.Select(vmk =>
        {
            var port = ports.Find(each => each.Client == vmk.Device);
            var fields = new List<EsxcliField>
            {
                ("Name", vmk.Device), ("MAC Address", vmk.Mac), ("Enabled", true), ("Portset", port?.Switch.Name ?? ""), ("Portgroup", vmk.PortGroup),
                ("VDS Name", "N/A"), ("VDS UUID", "N/A"), ("VDS Port", "N/A"), ("VDS Connection", -1), ("MTU", HostNetworks.VirtualNic(vmk).Spec?.Mtu ?? 1500), ("TSO MSS", 65535), ("Port ID", port?.Id ?? 0),
            };
            if (call.IsAtLeast(5, 5))
                fields.Insert(5, ("Netstack Instance", Connections.DefaultStack));
            return new EsxcliRecord("NetworkInterface", vmk.Device, fields);
        }));
    }

    public static EsxcliValue Addresses(EsxcliCall call)
    {
        var name = call.Options.Text("--interface-name");
        var vmks = call.Host.Vmks.Where(vmk => name is null || vmk.Device == name).ToList();
        if (name is not null && vmks.Count == 0)
            throw new EsxcliException($"Unable to find a VMkernel interface named {name}");
        return EsxcliList.OfRecords(vmks.Select(vmk =>
        {
            var ip = HostNetworks.VirtualNic(vmk).Spec!.Ip!;
            var fields = new List<EsxcliField>
            {
                ("Name", vmk.Device), ("IPv4 Address", ip.IpAddress ?? ""), ("IPv4 Netmask", ip.SubnetMask ?? ""), ("IPv4 Broadcast", Subnet(vmk) + "255"),
                ("Address Type", ip.Dhcp == true ? "DHCP" : "STATIC"), ("DHCP DNS", false),
            };
            if (call.IsAtLeast(6))
                fields.Insert(5, ("Gateway", vmk.Management ? Gateway(call.Host) : "0.0.0.0"));
            return new EsxcliRecord("IPv4Interface", null, fields);
        }));
    }

    public static EsxcliValue Routes(EsxcliCall call) => EsxcliList.OfRecords(call.Host.Vmks
        .Select(vmk => Route(Subnet(vmk) + "0", "255.255.255.0", "0.0.0.0", vmk.Device))
        .Prepend(Route("default", "0.0.0.0", Gateway(call.Host), call.Host.Vmks.Count > 0 ? call.Host.Vmks[0].Device : "")));

    /// <summary>The gateway, and hosts of the cluster that it spoke with.</summary>
    public static EsxcliValue Neighbors(EsxcliCall call)
    {
        var rows = new List<EsxcliRecord> { Neighbor(call, Gateway(call.Host), "00:00:5e:00:01:0a", "vmk0", 1190) };
        foreach (var other in call.Estate.Hosts.Where(host => host != call.Host && host.Cluster == call.Host.Cluster && host.PoweredOn).Take(4))
        {
            foreach (var vmk in call.Host.Vmks)
            {
                if (other.Vmks.Find(each => each.Device == vmk.Device && Subnet(each) == Subnet(vmk)) is { } peer)
                    rows.Add(Neighbor(call, peer.Address.ToString(), peer.Mac, vmk.Device, 300 + (peer.Address.GetAddressBytes()[3] * 3)));
            }
        }

        return EsxcliList.OfRecords(rows);
    }

    private static EsxcliRecord Neighbor(EsxcliCall call, string address, string mac, string device, int seconds)
    {
        var fields = new List<EsxcliField> { ("Neighbor", address), ("Mac Address", mac), ("Vmknic", device), ("Expiry", $"{seconds} sec"), ("State", "") };
        if (call.IsAtLeast(5, 5))
            fields.Add(("Type", "Unknown"));
        return new EsxcliRecord("NeighborEntry", null, fields);
    }

    private static EsxcliRecord Route(string network, string netmask, string gateway, string device) =>
        new("IPv4Route", ("Network", network), ("Netmask", netmask), ("Gateway", gateway), ("Interface", device), ("Source", "MANUAL"));

    private static string Gateway(LabHost host) => HostNetworks.Route(host).DefaultGateway ?? "0.0.0.0";

    private static string Subnet(LabVmk vmk)
    {
        var address = vmk.Address.ToString();
        return address[..(address.LastIndexOf('.') + 1)];
    }
}
