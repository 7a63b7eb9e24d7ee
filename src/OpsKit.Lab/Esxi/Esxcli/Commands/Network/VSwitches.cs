using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;
using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Network;

/// <summary>Virtual switches.</summary>
internal static class VSwitches
{
    public static EsxcliValue List(EsxcliCall call)
    {
        var name = call.Options.Text("--vswitch-name");
        var known = HostNetworks.Info(call.Host).Vswitch;
        var all = call.Host.VSwitches.Where(vswitch => !vswitch.Distributed && (name is null || vswitch.Name == name)).ToList();
        if (name is not null && all.Count == 0)
            throw Missing(name);
        return EsxcliList.OfRecords(all.Select(vswitch =>
        {
            var ports = known.First(each => each.Name == vswitch.Name);
            return new EsxcliRecord(
                "Switch", vswitch.Name,
                [
                    ("Name", vswitch.Name), ("Class", Class(call)), ("Num Ports", ports.NumPorts ?? 0), ("Used Ports", (ports.NumPorts ?? 0) - (ports.NumPortsAvailable ?? 0)),
                    ("Configured Ports", ports.Spec?.NumPorts ?? 0), ("MTU", vswitch.Mtu), ("CDP Status", vswitch.CdpMode), ("Beacon Enabled", vswitch.BeaconProbing), ("Beacon Interval", 1),
                    ("Beacon Threshold", 3), ("Beacon Required By", ""), ("Uplinks", Uplinks(vswitch)), ("Portgroups", EsxcliList.OfText(vswitch.PortGroups.Select(group => group.Name))),
                ]);
        }));
    }

    public static EsxcliValue Set(EsxcliCall call)
    {
        var vswitch = Find(call);
        if (call.Options.Text("--cdp-status") is { } status)
            vswitch.CdpMode = status;
        if (call.Options.Integer("--mtu") is { } mtu)
            vswitch.Mtu = mtu is >= 1280 and <= 9000 ? (int)mtu : throw new EsxcliException($"Unable to set MTU {mtu}: it must be between 1280 and 9000");
        return EsxcliValue.Done;
    }

    public static EsxcliValue PortGroups(EsxcliCall call)
    {
        var ports = SwitchPorts.Of(call.Estate, call.Host).ToList();
        return EsxcliList.OfRecords(call.Host.VSwitches.Where(vswitch => !vswitch.Distributed).SelectMany(vswitch => vswitch.PortGroups.Select(group => new EsxcliRecord(
            "PortGroup", ("Name", group.Name), ("Virtual Switch", vswitch.Name), ("Active Clients", ports.Count(port => port.PortGroup == group)), ("VLAN ID", group.Vlan)))));
    }

    public static EsxcliValue Distributed(EsxcliCall call)
    {
        var name = call.Options.Text("--vds-name");
        var known = HostNetworks.Info(call.Host).ProxySwitch;
        var ports = SwitchPorts.Of(call.Estate, call.Host).ToList();
        var all = call.Host.VSwitches.Where(vswitch => vswitch.Distributed && (name is null || vswitch.Name == name)).ToList();
        if (name is not null && all.Count == 0)
            throw Missing(name);
        return EsxcliList.OfRecords(all.Select(vswitch =>
        {
            var proxy = known.First(each => each.DvsName == vswitch.Name);
            return new EsxcliRecord(
                "Switch", vswitch.Name,
                [
                    ("Name", vswitch.Name), ("VDS ID", vswitch.DvsUuid ?? ""), ("Class", Class(call)), ("Num Ports", proxy.NumPorts ?? 0),
                    ("Used Ports", (proxy.NumPorts ?? 0) - (proxy.NumPortsAvailable ?? 0)), ("Configured Ports", proxy.ConfigNumPorts ?? 0), ("MTU", vswitch.Mtu), ("CDP Status", vswitch.CdpMode),
                    ("Beacon Timeout", -1), ("Uplinks", Uplinks(vswitch)), ("VMware Branded", true),
                    ("DVPort", EsxcliList.OfRecords(ports.Where(port => port.Switch == vswitch && port.DvPort is not null).Select(port => new EsxcliRecord(
                        "DVPort", ("Client", port.Client), ("DVPortgroup ID", port.PortGroup?.Id ?? vswitch.UplinkGroupId ?? ""), ("In Use", true), ("Port ID", port.DvPort!))))),
                ]);
        }));
    }

    private static LabVSwitch Find(EsxcliCall call)
    {
        var name = call.Options.Text("--vswitch-name")!;
        return call.Host.VSwitches.Find(vswitch => vswitch.Name == name && !vswitch.Distributed) ?? throw Missing(name);
    }

    private static EsxcliException Missing(string name) => new($"Unable to find a virtual switch named {name}");

    private static EsxcliList Uplinks(LabVSwitch vswitch) => EsxcliList.OfText(vswitch.Active.Concat(vswitch.Standby));

    private static string Class(EsxcliCall call) => call.IsAtLeast(6, 5) ? "cswitch" : "etherswitch";
}
