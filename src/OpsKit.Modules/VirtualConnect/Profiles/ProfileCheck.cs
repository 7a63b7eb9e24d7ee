using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Hosts;

namespace OpsKit.Modules.VirtualConnect.Profiles;

/// <summary>Holds the addresses blades run with against their profiles. Pure.</summary>
public static class ProfileCheck
{
    /// <summary>One standing for each blade. A host's own NICs count before what the Onboard Administrator lists.</summary>
    public static IReadOnlyList<ProfileStanding> Of(EnclosureState enclosure, EnclosureHosts hosts, IReadOnlyList<ServerProfile> profiles)
    {
        ArgumentNullException.ThrowIfNull(enclosure);
        ArgumentNullException.ThrowIfNull(hosts);
        ArgumentNullException.ThrowIfNull(profiles);
        return [.. enclosure.Blades.Select(blade => Of(blade, hosts.Hosts.FirstOrDefault(host => host.Blade == blade.Bay), profiles.FirstOrDefault(profile => profile.Blade == blade.Bay), enclosure.Ports))];
    }

    /// <summary>The addresses of NICs that have a link, where a host tells: those of unused functions of a port say nothing.</summary>
    private static IEnumerable<string> Linked(EnclosureHost? host, IReadOnlySet<string> own) => own.Where(mac => host?.Nics.FirstOrDefault(nic => nic.Mac == mac) is not { IsUp: false });

    private static ProfileStanding Of(BladeState blade, EnclosureHost? host, ServerProfile? profile, IReadOnlyList<PortLink>? ports)
    {
        var seenByHost = host is { ConnectionState: "connected", Nics.Count: > 0 };
        var own = seenByHost
            ? host!.Nics.Select(nic => nic.Mac).ToHashSet(StringComparer.Ordinal)
            : [.. blade.Nics.Select(nic => nic.Mac), .. (ports ?? []).Where(port => port.Blade == blade.Bay).Select(port => port.Mac).OfType<string>()];
        var given = profile?.Macs.Select(entry => entry.Mac).ToList() ?? [];
        var missing = given.Where(mac => !own.Contains(mac)).ToList();
        var verdict = profile is null || given.Count == 0 ? ProfileVerdict.None
            : own.Count == 0 ? ProfileVerdict.NotKnown
            : missing.Count == 0 ? ProfileVerdict.Applied
            : missing.Count == given.Count ? ProfileVerdict.Factory
            : ProfileVerdict.Partly;
        return new ProfileStanding(
            blade.Bay, host?.Name ?? blade.ServerName, profile?.Name, verdict, missing, verdict is ProfileVerdict.Factory or ProfileVerdict.Partly ? [.. Linked(host, own).Except(given).Order(StringComparer.Ordinal)] : [], seenByHost ? "vCenter" : "OA");
    }
}
