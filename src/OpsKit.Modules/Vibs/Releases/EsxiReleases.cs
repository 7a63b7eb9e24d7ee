namespace OpsKit.Modules.Vibs;

/// <summary>An interface that hosts offer to drivers.</summary>
/// <param name="Name">How its name begins.</param>
/// <param name="Since">The first line that offers it.</param>
/// <param name="Until">The last line that offers it; null for one that is still there.</param>
public sealed record EsxiInterface(string Name, EsxiLine Since, EsxiLine? Until);

/// <summary>What <c>vibs.yaml</c> says of ESXi's releases.</summary>
public sealed record EsxiReleases
{
    /// <summary>Where it was read.</summary>
    public required string Source { get; init; }

    /// <summary>The lines a package is judged for, oldest first.</summary>
    public required IReadOnlyList<EsxiLine> Lines { get; init; }

    /// <summary>The first line whose hosts want a SHA-256 of each payload's decompressed content.</summary>
    public required EsxiLine ContentDigestSince { get; init; }

    /// <summary>Interfaces that drivers ask for.</summary>
    public IReadOnlyList<EsxiInterface> Interfaces { get; init; } = [];

    /// <summary>Packages whose versions are those of the release.</summary>
    public IReadOnlyList<string> ReleasePackages { get; init; } = [];

    /// <summary>Beginnings of the paths to which a package that nobody has signed may bring files.</summary>
    public IReadOnlyList<string> CommunityPaths { get; init; } = [];
}
