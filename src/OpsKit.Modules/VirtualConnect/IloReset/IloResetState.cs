using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Profiles;

namespace OpsKit.Modules.VirtualConnect.IloReset;

/// <summary>What is seen of a blade before its iLO is reset.</summary>
public sealed record IloResetState
{
    /// <summary>The blade; null where the bay is empty.</summary>
    public BladeState? Blade { get; init; }

    /// <summary>How it stands to its Virtual Connect profile; null where that could not be read.</summary>
    public ProfileStanding? Profile { get; init; }

    /// <summary>Why the profile could not be read; null where it was.</summary>
    public string? WhyNoProfile { get; init; }
}
