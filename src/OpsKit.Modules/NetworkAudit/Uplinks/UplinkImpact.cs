namespace OpsKit.Modules.NetworkAudit;

/// <summary>What would become of an adapter if NICs failed: one by its name, or all that lead to an interconnect bay. Pure.</summary>
/// <param name="Nic">The NIC that fails; null for none.</param>
/// <param name="Bay">The bay whose NICs fail; null for none.</param>
public sealed record UplinkImpact(string? Nic, int? Bay)
{
    /// <summary>Whether a question is asked at all.</summary>
    public bool IsAsked => Nic is not null || Bay is not null;

    /// <summary>Whether a NIC is among those that fail.</summary>
    /// <param name="nic">The NIC.</param>
    public bool Fails(HostNic nic)
    {
        ArgumentNullException.ThrowIfNull(nic);
        return nic.Device == Nic || (Bay is not null && nic.InterconnectBay == Bay);
    }

    /// <summary>What becomes of an adapter; null where it is not touched.</summary>
    /// <param name="host">Its host.</param>
    /// <param name="uplink">The adapter.</param>
    public string? Of(HostNetwork host, MachineUplink uplink)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(uplink);
        if (host.SwitchNamed(uplink.Switch) is not { } one)
            return null;
        var nics = one.Active.Concat(one.Standby).Select(device => host.Nics.FirstOrDefault(nic => nic.Device == device)).OfType<HostNic>().ToList();
        var failing = nics.Where(Fails).ToList();
        if (failing.Count == 0 || uplink.HasNone || (!uplink.IsSpread && failing.TrueForAll(nic => nic.Device != uplink.Uplink)))
            return null;
        var left = nics.Where(nic => nic.LinkUp && !Fails(nic)).Select(nic => nic.Device).ToList();
        return left.Count == 0 ? "loses its network" : uplink.IsSpread ? $"in part: {string.Join(", ", left)} remain" : $"fails over to {string.Join(" or ", left)}";
    }
}
