namespace OpsKit.Modules.Vibs;

/// <summary>What a package's <c>descriptor.xml</c> says. Texts are as they stand there: hostile until escaped.</summary>
public sealed record VibDescriptor
{
    /// <summary>The package's name, such as <c>net-e1000</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its version, such as <c>8.0.3.1-2vmw.0.0.383646</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Its vendor, such as <c>VMware</c>.</summary>
    public required string Vendor { get; init; }

    /// <summary><c>bootbank</c>, <c>locker</c> or another word; <c>bootbank</c> where it is not said.</summary>
    public string Type { get; init; } = "bootbank";

    /// <summary>How a host calls it: vendor, type, name, version, such as <c>VMware_bootbank_net-e1000_8.0.3.1-2vmw.0.0.383646</c>.</summary>
    public string Id => $"{Vendor}_{Type}_{Name}_{Version}";

    /// <summary>The descriptor's <c>version</c> attribute: 5.0 for packages of ESXi 5 and later; empty where there is none.</summary>
    public string FormatVersion { get; init; } = "";

    /// <summary>One line about it.</summary>
    public string Summary { get; init; } = "";

    /// <summary>More about it.</summary>
    public string Description { get; init; } = "";

    /// <summary>When it was released; null where it is not said or cannot be read.</summary>
    public DateTimeOffset? ReleaseDate { get; init; }

    /// <summary>Its acceptance level; null where the word means none.</summary>
    public VibAcceptanceLevel? AcceptanceLevel { get; init; }

    /// <summary>The descriptor's own word for the level.</summary>
    public string AcceptanceWord { get; init; } = "";

    /// <summary>Links, as <c>key|address</c>.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>What it needs.</summary>
    public IReadOnlyList<VibRelation> Depends { get; init; } = [];

    /// <summary>What it cannot be beside.</summary>
    public IReadOnlyList<VibRelation> Conflicts { get; init; } = [];

    /// <summary>What it takes the place of.</summary>
    public IReadOnlyList<VibRelation> Replaces { get; init; } = [];

    /// <summary>What it offers besides itself.</summary>
    public IReadOnlyList<VibRelation> Provides { get; init; } = [];

    /// <summary>What it says it is compatible with.</summary>
    public IReadOnlyList<VibRelation> CompatibleWith { get; init; } = [];

    /// <summary>Tags such as <c>driver</c>, <c>module</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether a host must be in maintenance mode; null where it is not said.</summary>
    public bool? MaintenanceModeRequired { get; init; }

    /// <summary>The products it is made for; empty for no restriction.</summary>
    public IReadOnlyList<VibPlatform> Platforms { get; init; } = [];

    /// <summary>The hardware it needs; empty for any.</summary>
    public IReadOnlyList<VibHardware> Hardware { get; init; } = [];

    /// <summary>The files it says it brings.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Whether it can be installed without a restart; null where it is not said.</summary>
    public bool? LiveInstallAllowed { get; init; }

    /// <summary>Whether it can be removed without a restart; null where it is not said.</summary>
    public bool? LiveRemoveAllowed { get; init; }

    /// <summary>Whether the CIM broker restarts; null where it is not said.</summary>
    public bool? CimomRestart { get; init; }

    /// <summary>Whether hosts that boot from the network can use it; null where it is not said.</summary>
    public bool? StatelessReady { get; init; }

    /// <summary>Whether its files lie over those of others; null where it is not said.</summary>
    public bool? Overlay { get; init; }

    /// <summary>The payloads, as described: with digests still to be compared.</summary>
    public IReadOnlyList<VibPayload> Payloads { get; init; } = [];
}
