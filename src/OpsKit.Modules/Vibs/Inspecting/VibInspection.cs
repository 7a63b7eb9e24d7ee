namespace OpsKit.Modules.Vibs;

/// <summary>A package, and which hosts it can go on.</summary>
/// <param name="Package">The package.</param>
/// <param name="Fits">What is to be expected of it on each release line, oldest first.</param>
public sealed record VibInspectedPackage(VibPackage Package, IReadOnlyList<EsxiFit> Fits);

/// <summary>A file with packages, and which hosts they can go on.</summary>
/// <param name="File">The file.</param>
/// <param name="Packages">Its packages; those of bundles within it are not among them.</param>
/// <param name="Inner">The bundles within a vendor's ZIP.</param>
public sealed record VibInspection(VibFile File, IReadOnlyList<VibInspectedPackage> Packages, IReadOnlyList<VibInspection> Inner)
{
    /// <summary>The packages of the file and of the bundles within it, each with the file or bundle that holds it.</summary>
    public IEnumerable<(VibFile File, VibInspectedPackage Package)> AllPackages =>
        Packages.Select(package => (File, package)).Concat(Inner.SelectMany(inner => inner.AllPackages));

    /// <summary>The problems of the file, of its packages and of the bundles within it, each with the file or bundle it is of.</summary>
    public IEnumerable<(VibFile File, VibProblem Problem)> AllProblems =>
        File.Problems.Concat(File.Packages.SelectMany(package => package.Problems)).Select(problem => (File, problem)).Concat(Inner.SelectMany(inner => inner.AllProblems));

    /// <summary>Whether nothing is wrong that would have a host refuse it.</summary>
    public bool IsSound => File.AllProblems.All(problem => problem.Severity != VibProblemSeverity.Error);

    /// <summary>Judges a file. Pure.</summary>
    /// <param name="file">The file.</param>
    /// <param name="releases">What is known of the releases.</param>
    public static VibInspection Of(VibFile file, EsxiReleases releases)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new VibInspection(
            file, [.. file.Packages.Select(package => new VibInspectedPackage(package, EsxiFit.Judge(package, releases)))], [.. file.Inner.Select(inner => Of(inner, releases))]);
    }
}
