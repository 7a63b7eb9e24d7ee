namespace OpsKit.Modules.VirtualConnect.Profiles;

/// <summary>A Virtual Connect server profile that is assigned to a bay.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Blade">The bay it is assigned to.</param>
/// <param name="Macs">The MAC addresses it gives, by port where it names one; in lower case with colons.</param>
public sealed record ServerProfile(string Name, int Blade, IReadOnlyList<(string Port, string Mac)> Macs);

/// <summary>Whether a blade runs with the addresses of its profile.</summary>
/// <param name="Blade">The blade's bay.</param>
/// <param name="Host">The host it is, or the name the Onboard Administrator has for it; null for neither.</param>
/// <param name="Profile">The profile; null where it has none.</param>
/// <param name="Verdict">What was found.</param>
/// <param name="Missing">Addresses of the profile that none of the blade's NICs has.</param>
/// <param name="Instead">Addresses of the blade's NICs that are not the profile's.</param>
/// <param name="SeenBy">Who told the blade's addresses: <c>vCenter</c> or <c>OA</c>.</param>
public sealed record ProfileStanding(
    int Blade, string? Host, string? Profile, ProfileVerdict Verdict, IReadOnlyList<string> Missing, IReadOnlyList<string> Instead, string SeenBy);

/// <summary>How a blade stands to its profile.</summary>
public enum ProfileVerdict
{
    /// <summary>It has every address of its profile.</summary>
    Applied,

    /// <summary>It has none of them: it came up without its profile, with the addresses of its own NICs.</summary>
    Factory,

    /// <summary>It has some of them.</summary>
    Partly,

    /// <summary>No profile is assigned to it.</summary>
    None,

    /// <summary>Its own addresses are not known.</summary>
    NotKnown,
}
