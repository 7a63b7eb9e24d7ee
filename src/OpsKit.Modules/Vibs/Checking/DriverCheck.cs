using OpsKit.Connections.Inventory;

namespace OpsKit.Modules.Vibs;

/// <summary>How a NIC's driver and firmware stand to each other.</summary>
public enum DriverStanding
{
    /// <summary>They belong together.</summary>
    Matches,

    /// <summary>The driver wants other firmware.</summary>
    Differs,

    /// <summary>The host does not say which versions it has.</summary>
    NotKnown,

    /// <summary>No entry of the facts speaks of the driver's version.</summary>
    NoRule,
}

/// <summary>A NIC, judged.</summary>
/// <param name="Host">Its host.</param>
/// <param name="Nic">The NIC.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Pair">The entry that speaks of it; null where none does.</param>
public sealed record JudgedNic(HostDrivers Host, NicDriver Nic, DriverStanding Standing, DriverPair? Pair);

/// <summary>Compares what hosts run with the facts. Pure.</summary>
public static class DriverCheck
{
    /// <summary>Judges every NIC of a host.</summary>
    public static IReadOnlyList<JudgedNic> Of(HostDrivers host, DriverFacts facts)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(facts);
        return [.. host.Nics.Select(nic => Judge(host, nic, facts))];
    }

    private static JudgedNic Judge(HostDrivers host, NicDriver nic, DriverFacts facts)
    {
        var about = facts.Pairs.Where(pair => pair.Driver == nic.Driver && (pair.Esxi.Count == 0 || AnyMatches(pair.Esxi, host.Version.ToString()))).ToList();
        if (about.Count == 0)
            return new JudgedNic(host, nic, DriverStanding.NoRule, null);
        if (nic.DriverVersion.Length == 0 || nic.Firmware.Length == 0)
            return new JudgedNic(host, nic, DriverStanding.NotKnown, about[0]);
        return about.Find(pair => AnyMatches(pair.DriverVersions, nic.DriverVersion)) is { } rule
            ? new JudgedNic(host, nic, AnyMatches(rule.Firmware, nic.Firmware) ? DriverStanding.Matches : DriverStanding.Differs, rule)
            : new JudgedNic(host, nic, DriverStanding.NoRule, null);
    }

    private static bool AnyMatches(IReadOnlyList<string> patterns, string version) => patterns.Any(pattern => GlobPattern.Matches(pattern, version));
}
