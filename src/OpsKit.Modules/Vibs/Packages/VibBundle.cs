namespace OpsKit.Modules.Vibs;

/// <summary>What the metadata of an offline bundle say.</summary>
public sealed record VibBundle
{
    /// <summary>Who made it.</summary>
    public IReadOnlyList<string> Vendors { get; init; } = [];

    /// <summary>The products and versions it offers itself to.</summary>
    public IReadOnlyList<VibPlatform> Platforms { get; init; } = [];

    /// <summary>Ids of its bulletins.</summary>
    public IReadOnlyList<string> Bulletins { get; init; } = [];

    /// <summary>Names of the image profiles in it.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];
}
