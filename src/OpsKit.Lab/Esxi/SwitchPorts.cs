using OpsKit.Lab.Estate;
using OpsKit.Lab.Network;

namespace OpsKit.Lab.Esxi;

/// <summary>A port of a virtual switch and who is at it.</summary>
/// <param name="Id">Its number, the same in every tool.</param>
/// <param name="Switch">The switch.</param>
/// <param name="Client">Such as <c>vmnic0</c>, <c>vmk0</c> or <c>web01.eth0</c>.</param>
/// <param name="Mac">The client's address.</param>
internal sealed record SwitchPort(long Id, LabVSwitch Switch, string Client, string Mac)
{
    public LabPortGroup? PortGroup { get; init; }

    public LabMachine? Machine { get; init; }

    public bool IsUplink { get; init; }

    /// <summary>The port's number on a distributed switch, as vCenter has it; null on others.</summary>
    public string? DvPort { get; init; }

    /// <summary>The NIC its traffic leaves by: <c>vmnic1</c>, <c>all(2)</c> where it is spread, <c>void</c> where there is none.</summary>
    public string TeamUplink { get; init; } = "void";
}

/// <summary>The ports in use on a host's virtual switches.</summary>
internal static class SwitchPorts
{
    public const string NoUplink = "void";

    public static IEnumerable<SwitchPort> Of(LabEstate estate, LabHost host)
    {
        foreach (var vswitch in host.VSwitches)
        {
            var first = First(host, vswitch);
            var uplinks = vswitch.Active.Concat(vswitch.Standby).ToList();
            for (var index = 0; index < uplinks.Count; index++)
            {
                var mac = host.PNics.Find(nic => nic.Device == uplinks[index])?.Mac ?? "";
                yield return new SwitchPort(first + 2 + index, vswitch, uplinks[index], mac) { IsUplink = true, DvPort = vswitch.Distributed ? $"{index + 1}" : null };
            }

            for (var index = 0; index < host.Vmks.Count; index++)
            {
                var vmk = host.Vmks[index];
                if (vswitch.PortGroups.Find(group => group.Name == vmk.PortGroup) is { } group)
                    yield return new SwitchPort(first + 12 + index, vswitch, vmk.Device, vmk.Mac) { PortGroup = group, TeamUplink = Uplink(host, vswitch, vmk.Mac + vmk.Device) };
            }

            foreach (var port in OfMachines(estate, host, vswitch, first))
                yield return port;
        }
    }

    /// <summary>The ports of a running machine, in the order of its NICs.</summary>
    public static IEnumerable<SwitchPort> Of(LabEstate estate, LabHost host, LabMachine machine) =>
        Of(estate, host).Where(port => port.Machine == machine).OrderBy(port => port.Client, StringComparer.Ordinal);

    private static IEnumerable<SwitchPort> OfMachines(LabEstate estate, LabHost host, LabVSwitch vswitch, long first)
    {
        foreach (var machine in Worlds.Running(estate, host))
        {
            for (var index = 0; index < machine.Nics.Count; index++)
            {
                var nic = machine.Nics[index];
                if (nic.Connected && vswitch.PortGroups.Find(group => group.Name == nic.PortGroup) is { } group)
                {
                    yield return new SwitchPort(first + 32 + (Worlds.NumberOf(machine) * 16L) + index, vswitch, $"{machine.Name}.eth{index}", nic.Mac)
                    {
                        PortGroup = group, Machine = machine, TeamUplink = Uplink(host, vswitch, nic.Mac), DvPort = vswitch.Distributed ? $"{Worlds.NumberOf(machine)}" : null,
                    };
                }
            }
        }
    }

    private static string Uplink(LabHost host, LabVSwitch vswitch, string port)
    {
        var usable = vswitch.Active.Concat(vswitch.Standby).Where(IsUsable).ToList();
        if (usable.Count == 0)
            return NoUplink;
        return vswitch.TeamingPolicy == Teaming.ByIpHash && usable.Count > 1 ? $"all({usable.Count})" : Teaming.Choose(vswitch, port, IsUsable) ?? NoUplink;

        bool IsUsable(string device) => host.PNics.Find(nic => nic.Device == device) is { LinkUp: true, PassthroughActive: false };
    }

    /// <summary>One less than the number of the switch's own port; the others count on from there.</summary>
    public static long First(LabHost host, LabVSwitch vswitch) => (host.VSwitches.IndexOf(vswitch) + 1L) << (HostSettings.Major(host) < 6 ? 25 : 26);
}
