using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Network;

/// <summary>Whether traffic of a host's ports gets through its uplinks at a time. Read under the estate's gate.</summary>
/// <param name="timelines">How the modules stand over time.</param>
internal sealed class HostPaths(IReadOnlyDictionary<LabInterconnect, ModuleTimeline> timelines)
{
    /// <summary>Whether a port of a host reaches the network.</summary>
    /// <param name="host">The host.</param>
    /// <param name="portGroup">The port group it is in.</param>
    /// <param name="port">What tells it from others: its MAC address.</param>
    /// <param name="time">Lab time.</param>
    public bool Delivers(LabHost host, string portGroup, string port, TimeSpan time)
    {
        if (!host.PoweredOn || host.VSwitches.Find(each => each.PortGroups.Exists(group => group.Name == portGroup)) is not { } vSwitch)
            return false;

        // Two modules form no channel: while one is away, what hashes to it is lost for every pair of addresses.
        if (vSwitch.TeamingPolicy == Teaming.ByIpHash && vSwitch.Active.Exists(uplink => Find(host, uplink) is { InterconnectBay: > 0 } nic && !LinkUp(host, nic, time)))
            return false;
        return Teaming.Choose(vSwitch, port, uplink => Trusts(host, vSwitch, uplink, time)) is { } chosen
            && Forwards(host, Find(host, chosen)!, time)
            && !IsMoving(host, vSwitch, port, chosen, time);
    }

    /// <summary>Whether a NIC has a link.</summary>
    public bool LinkUp(LabHost host, LabPNic nic, TimeSpan time) => !IsWired(host, nic)
        ? nic.LinkUp
        : ModuleOf(host, nic) is { } timeline && timeline.At(time) != LabModuleState.LinksDown;

    /// <summary>Whether it leads to an interconnect bay, which then decides about its link.</summary>
    public static bool IsWired(LabHost host, LabPNic nic) => host.Enclosure is not null && nic.InterconnectBay > 0;

    private bool Forwards(LabHost host, LabPNic nic, TimeSpan time) => !IsWired(host, nic)
        ? nic.LinkUp
        : ModuleOf(host, nic)?.At(time) == LabModuleState.Forwarding;

    /// <summary>Whether the host takes an uplink for working: by its link, with beacons by what comes through as well.</summary>
    private bool Trusts(LabHost host, LabVSwitch vSwitch, string uplink, TimeSpan time)
    {
        if (Find(host, uplink) is not { PassthroughActive: false } nic || !LinkUp(host, nic, time))
            return false;
        return !vSwitch.BeaconProbing || !IsWired(host, nic) || ModuleOf(host, nic) is not { } timeline
            || timeline.At(time) != LabModuleState.SilentlyDown || time - timeline.Since(time) < NetworkTimes.BeaconDetection;
    }

    /// <summary>Whether it changes over from an uplink that lost its link just before.</summary>
    private bool IsMoving(LabHost host, LabVSwitch vSwitch, string port, string chosen, TimeSpan time)
    {
        foreach (var nic in host.PNics)
        {
            if (nic.Device == chosen || !IsWired(host, nic) || !vSwitch.Active.Concat(vSwitch.Standby).Contains(nic.Device) || ModuleOf(host, nic) is not { } timeline)
                continue;
            foreach (var change in timeline.Changes(time - NetworkTimes.Failover, time))
            {
                if (timeline.At(change) == LabModuleState.LinksDown
                    && Teaming.Choose(vSwitch, port, uplink => Trusts(host, vSwitch, uplink, change - TimeSpan.FromTicks(1))) == nic.Device)
                    return true;
            }
        }

        return false;
    }

    private ModuleTimeline? ModuleOf(LabHost host, LabPNic nic) =>
        host.Enclosure?.Interconnects.Find(module => module.Bay == nic.InterconnectBay) is { } module ? timelines.GetValueOrDefault(module) : null;

    private static LabPNic? Find(LabHost host, string device) => host.PNics.Find(nic => nic.Device == device);
}
