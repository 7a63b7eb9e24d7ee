using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Hosts;

namespace OpsKit.Modules.VirtualConnect.Checks;

/// <summary>The hosts: connected, known, and with every path on two bays. Pure.</summary>
internal static class HostChecks
{
    private const string Redundancy = "redundant uplinks";

    public static IEnumerable<CheckFinding> Of(RolloutFacts facts)
    {
        foreach (var (name, reason) in facts.Hosts.NotAssessed)
            yield return new("host", name, CheckVerdict.Blocker, $"not assessed: {reason}", "hosts that cannot be seen cannot be known to be redundant");
        foreach (var blade in facts.Enclosure.Blades.Where(blade => IsOn(blade) && !facts.Hosts.Hosts.Any(host => host.Blade == blade.Bay)))
            yield return Unmatched(facts, blade);
        foreach (var host in facts.Hosts.Hosts)
        {
            foreach (var finding in Of(host))
                yield return finding;
        }
    }

    private static IEnumerable<CheckFinding> Of(EnclosureHost host)
    {
        if (host.IsPoweredOff)
        {
            yield return new("host", host.Name, CheckVerdict.Pass, $"its blade in bay {host.Blade} is off");
            yield break;
        }

        if (host.ConnectionState != "connected")
        {
            yield return new("host", host.Name, CheckVerdict.Blocker, $"vCenter {host.VCenter} has it as {host.ConnectionState}: its uplinks cannot be seen", "reconnect it, or switch it off");
            yield break;
        }

        yield return new("host", host.Name, CheckVerdict.Pass, $"connected{(host.InMaintenanceMode ? ", in maintenance mode" : "")}{(host.Blade is { } bay ? $", blade in bay {bay}" : ", by the inventory; its bay is not known")}");
        var redundancy = HostRedundancy.Of(host);
        if (redundancy.IsRedundant)
            yield return new(Redundancy, host.Name, CheckVerdict.Pass, $"{(host.Paths.Count == 1 ? "the one port group" : $"all {host.Paths.Count} port groups")} in use can go by two bays");
        foreach (var problem in redundancy.Problems)
            yield return new(Redundancy, host.Name, CheckVerdict.Blocker, problem, "give it an up uplink on each bay, active or standby; or evacuate it and switch it off");
        foreach (var remark in redundancy.Remarks)
            yield return new(Redundancy, host.Name, CheckVerdict.Warning, remark);
    }

    /// <summary>A blade that runs and is no host of any vCenter may be anything: whether it stays on the network, nobody here can tell.</summary>
    private static CheckFinding Unmatched(RolloutFacts facts, BladeState blade)
    {
        var byName = facts.Hosts.Hosts.FirstOrDefault(host => host.Blade is null && blade.ServerName is { } name && host.Name.Split('.')[0].Equals(name.Split('.')[0], StringComparison.OrdinalIgnoreCase));
        return new(
            "blade",
            $"{facts.Enclosure.Name} blade {blade.Bay}",
            CheckVerdict.Warning,
            byName is null
                ? $"{blade.ServerName ?? blade.Product ?? "it"} is on and no host of a vCenter in the inventory: whether it keeps its network is not known"
                : $"it may be {byName.Name}, which the inventory puts here; neither address nor UUID proves it",
            "tell its owner, or check its teaming by hand");
    }

    private static bool IsOn(BladeState blade) => string.Equals(blade.Power, "On", StringComparison.OrdinalIgnoreCase);
}
