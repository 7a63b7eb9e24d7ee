namespace OpsKit.Modules.Vibs;

/// <summary>What a file turned out to be.</summary>
public enum VibFileKind
{
    /// <summary>One package: <c>esxcli software vib install -v</c>.</summary>
    Package,

    /// <summary>A ZIP with an index and packages: <c>esxcli software vib install -d</c>.</summary>
    OfflineBundle,

    /// <summary>A vendor's ZIP around the real bundle or package. Hosts do not take it; what is inside, they do.</summary>
    VendorZip,
}

/// <summary>A file that holds packages.</summary>
/// <param name="Name">The file's name; of a file within a ZIP, its path there.</param>
/// <param name="Kind">What it is.</param>
public sealed record VibFile(string Name, VibFileKind Kind)
{
    /// <summary>Its size in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>SHA-256 of the whole file, in lower-case hexadecimal digits.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>The packages in it; those of bundles within it are not among them.</summary>
    public IReadOnlyList<VibPackage> Packages { get; init; } = [];

    /// <summary>The bundle's metadata; null for a file that is no bundle.</summary>
    public VibBundle? Bundle { get; init; }

    /// <summary>The bundles within a vendor's ZIP.</summary>
    public IReadOnlyList<VibFile> Inner { get; init; } = [];

    /// <summary>What is wrong with the file itself; its packages have problems of their own.</summary>
    public IReadOnlyList<VibProblem> Problems { get; init; } = [];

    /// <summary>The packages of the file and of the bundles within it.</summary>
    public IEnumerable<VibPackage> AllPackages => Packages.Concat(Inner.SelectMany(inner => inner.AllPackages));

    /// <summary>The problems of the file, of its packages and of the bundles within it.</summary>
    public IEnumerable<VibProblem> AllProblems => Problems.Concat(Packages.SelectMany(package => package.Problems)).Concat(Inner.SelectMany(inner => inner.AllProblems));
}
