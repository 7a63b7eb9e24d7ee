using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Network;

/// <summary>Which uplink of a vSwitch a port uses.</summary>
internal static class Teaming
{
    public const string ByIpHash = "loadbalance_ip";
    public const string Explicit = "failover_explicit";

    /// <summary>The uplink of a port; null where none can be used. Standby uplinks serve when no active one does.</summary>
    /// <param name="vSwitch">The switch with its order of uplinks.</param>
    /// <param name="port">What tells the port from others, such as its MAC address.</param>
    /// <param name="usable">Whether the host takes an uplink for working.</param>
    public static string? Choose(LabVSwitch vSwitch, string port, Func<string, bool> usable)
    {
        if (vSwitch.TeamingPolicy == Explicit)
            return vSwitch.Active.Concat(vSwitch.Standby).FirstOrDefault(usable);

        // A port stays where it is while its uplink lives: only those of a dead uplink move.
        var hash = Hash(port);
        if (vSwitch.Active.Count > 0 && vSwitch.Active[(int)(hash % (uint)vSwitch.Active.Count)] is { } own && usable(own))
            return own;
        var others = vSwitch.Active.Where(usable).ToList();
        return others.Count > 0 ? others[(int)(hash % (uint)others.Count)] : vSwitch.Standby.FirstOrDefault(usable);
    }

    /// <summary>FNV-1a: the same in every run and on every machine.</summary>
    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
            hash = unchecked((hash ^ letter) * 16777619u);
        return hash ^ (hash >> 16);
    }
}
