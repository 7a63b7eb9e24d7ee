namespace OpsKit.Lab.Estate;

/// <summary>A software package of a host.</summary>
internal sealed record LabVib(string Name, string Version, string Vendor)
{
    public string Type { get; init; } = "bootbank";

    /// <summary>Such as <c>VMware_bootbank_esx-base_5.0.0-0.0.469512</c>.</summary>
    public string Id => $"{Vendor}_{Type}_{Name}_{Version}";

    public string AcceptanceLevel { get; init; } = LabAcceptance.Certified;
    public string Summary { get; init; } = "";
    public string Description { get; init; } = "";
    public IReadOnlyList<(string Key, string Url)> Urls { get; init; } = [];
    public DateTimeOffset Created { get; init; }
    public DateTimeOffset? Installed { get; init; }
    public IReadOnlyList<VibRelation> Depends { get; init; } = [];
    public IReadOnlyList<VibRelation> Conflicts { get; init; } = [];
    public IReadOnlyList<VibRelation> Replaces { get; init; } = [];

    /// <summary>What it provides beside itself.</summary>
    public IReadOnlyList<VibRelation> Provides { get; init; } = [];
    public bool MaintenanceModeRequired { get; init; }
    public bool LiveInstallAllowed { get; init; }
    public bool LiveRemoveAllowed { get; init; }
    public bool StatelessReady { get; init; } = true;
    public bool Overlay { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<string> Payloads { get; init; } = [];

    /// <summary>Whether its signature was one that the host trusts.</summary>
    public bool Signed { get; init; } = true;
}

/// <summary>What a package needs, shuts out, takes the place of or provides: a name, and for some a relation with a version.</summary>
/// <param name="Name">A package or capability.</param>
/// <param name="Relation"><c>&lt;&lt;</c> (before), <c>&lt;=</c>, <c>=</c>, <c>&gt;=</c> or <c>&gt;&gt;</c> (after); null for any version.</param>
/// <param name="Version">The version.</param>
internal sealed record VibRelation(string Name, string? Relation = null, string? Version = null)
{
    public override string ToString() => Relation is null || Version is null ? Name : $"{Name} {Relation} {Version}";
}
