using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Network;

/// <summary>Ports of running virtual machines, and the NICs they use. Port groups of distributed switches go by their ids.</summary>
internal static class MachinePorts
{
    public static EsxcliValue Machines(EsxcliCall call)
    {
        var ports = SwitchPorts.Of(call.Estate, call.Host).Where(port => port.Machine is not null).ToLookup(port => port.Machine);
        return EsxcliList.OfRecords(Worlds.Running(call.Estate, call.Host).Where(ports.Contains).Select(machine => new EsxcliRecord(
            "VM", ("World ID", Worlds.Of(call.Host, machine)), ("Name", machine.Name), ("Num Ports", ports[machine].Count()), ("Networks", EsxcliList.OfText(ports[machine].Select(NetworkOf))))));
    }

    public static EsxcliValue Ports(EsxcliCall call)
    {
        var world = call.Options.Integer("--world-id");
        var machine = Worlds.Running(call.Estate, call.Host).FirstOrDefault(machine => Worlds.Of(call.Host, machine) == world)
            ?? throw new EsxcliException($"Unable to find a virtual machine with the world ID {world}");
        var all = SwitchPorts.Of(call.Estate, call.Host).ToList();
        return EsxcliList.OfRecords(all.Where(port => port.Machine == machine).Select(port => new EsxcliRecord(
            "VmPort", ("Port ID", port.Id), ("vSwitch", port.Switch.Name), ("Portgroup", NetworkOf(port)), ("DVPort ID", port.DvPort ?? ""), ("MAC Address", port.Mac),
            ("IP Address", "0.0.0.0"), ("Team Uplink", port.TeamUplink), ("Uplink Port ID", all.Find(each => each.IsUplink && each.Switch == port.Switch && each.Client == port.TeamUplink)?.Id ?? 0),
            ("Active Filters", ""))));
    }

    private static string NetworkOf(SwitchPort port) => port.Switch.Distributed ? port.PortGroup!.Id : port.PortGroup!.Name;
}
