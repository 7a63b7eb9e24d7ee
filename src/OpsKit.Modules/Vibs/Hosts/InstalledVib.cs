namespace OpsKit.Modules.Vibs;

/// <summary>A VIB on a host. What the host did not say is null or empty.</summary>
public sealed record InstalledVib
{
    /// <summary>Its name, such as <c>net-be2net</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its version, such as <c>4.0.355.1-1OEM.500.0.0.406165</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Who made it.</summary>
    public required string Vendor { get; init; }

    /// <summary><c>Vendor_type_name_version</c>; null where only its parts are known and not its type.</summary>
    public string? Id { get; init; }

    /// <summary>Its acceptance level; null where the host named one this version does not know.</summary>
    public VibAcceptanceLevel? Acceptance { get; init; }

    /// <summary>When it was installed.</summary>
    public DateOnly? InstallDate { get; init; }

    /// <summary>On which processors it is, since 8.0: <c>host</c>.</summary>
    public string? Platforms { get; init; }

    /// <summary>What it needs.</summary>
    public IReadOnlyList<VibRelation> Depends { get; init; } = [];

    /// <summary>What it provides besides itself.</summary>
    public IReadOnlyList<VibRelation> Provides { get; init; } = [];

    /// <summary>What it excludes.</summary>
    public IReadOnlyList<VibRelation> Conflicts { get; init; } = [];

    /// <summary>Whether it comes and goes in maintenance mode only.</summary>
    public bool? MaintenanceModeRequired { get; init; }

    /// <summary>Whether it can be taken off the running system.</summary>
    public bool? LiveRemoveAllowed { get; init; }

    /// <summary>Whether it is what a specification names: <c>name</c>, <c>name:version</c>, <c>vendor:name</c> or <c>vendor:name:version</c>.</summary>
    public bool Matches(string specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        return specification.Split(':') switch
        {
            [var name] => Name == name,
            [var first, var second] => (Name == first && Version == second) || (Vendor == first && Name == second),
            [var vendor, var name, var version] => Vendor == vendor && Name == name && Version == version,
            _ => false,
        };
    }
}
