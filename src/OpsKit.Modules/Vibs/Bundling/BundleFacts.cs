using System.Text.RegularExpressions;
using OpsKit.Connections;

namespace OpsKit.Modules.Vibs;

/// <summary>What the documents of a bundle say, from the options and else from its packages.</summary>
internal sealed partial record BundleFacts(
    string Bulletin, string Vendor, string Code, string Summary, DateTimeOffset Released, IReadOnlyList<string> Versions, IReadOnlyList<string> ProductLines, IReadOnlyList<VibProblem> Warnings)
{
    private const string Esxi = "embeddedEsx";

    /// <exception cref="OpsKitException">An option has no meaning.</exception>
    public static BundleFacts Of(IReadOnlyList<BundledPackage> packages, VibBundleOptions options, EsxiReleases releases)
    {
        var first = packages[0].Package.Descriptor;
        var vendor = options.Vendor.Length > 0 ? options.Vendor : first.Vendor;
        var bulletin = options.Bulletin.Length > 0 ? options.Bulletin : $"{vendor}-{first.Name}-{first.Version}";
        if (!VibNames.IsPlain(bulletin))
            throw new OpsKitException(FailureKind.Usage, $"\"{bulletin}\" is no id of a bulletin", next: "use letters, digits and . _ -: --bulletin ACME-1");
        if (vendor.Any(char.IsControl) || options.Summary.Any(char.IsControl))
            throw new OpsKitException(FailureKind.Usage, "a text has control characters", next: "leave them out");
        foreach (var version in options.Versions.Where(version => !VersionPattern().IsMatch(version)))
            throw new OpsKitException(FailureKind.Usage, $"\"{version}\" is no version", next: "write a version, or a pattern such as 6.*");
        var warnings = new List<VibProblem>();
        return new BundleFacts(
            bulletin, vendor, string.Concat(vendor.Where(char.IsAsciiLetterOrDigit)) is { Length: > 0 } code ? code : "OEM",
            options.Summary.Length > 0 ? options.Summary : first.Summary, Newest(packages), options.Versions.Count > 0 ? options.Versions : FittingVersions(packages, releases, warnings),
            [.. packages.SelectMany(package => package.Package.Descriptor.Platforms).Select(platform => platform.ProductLine).Where(line => line.Length > 0).Append(Esxi).Distinct().Order(StringComparer.Ordinal)], warnings);
    }

    /// <summary>No clock is asked: a bundle of the same packages is the same tomorrow. ZIPs know no year before 1980.</summary>
    private static DateTimeOffset Newest(IReadOnlyList<BundledPackage> packages)
    {
        var newest = packages.Max(package => package.Package.Descriptor.ReleaseDate) ?? DateTimeOffset.MinValue;
        var (first, last) = (new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2107, 12, 31, 0, 0, 0, TimeSpan.Zero));
        return newest < first ? first : newest > last ? last : newest;
    }

    private static List<string> FittingVersions(IReadOnlyList<BundledPackage> packages, EsxiReleases releases, List<VibProblem> warnings)
    {
        var lines = packages.SelectMany(package => EsxiFit.Judge(package.Package, releases)).GroupBy(fit => fit.Line).ToList();
        var fits = Majors(lines.Where(line => line.All(fit => fit.Fitness == EsxiFitness.Fits)));
        if (fits.Count == 0)
            fits = Majors(lines.Where(line => line.All(fit => fit.Fitness != EsxiFitness.Refused)));
        if (fits.Count > 0)
            return fits;
        warnings.Add(new VibProblem(VibProblemSeverity.Warning, "", "there is no release that all of its packages can go on"));
        return ["*"];
    }

    private static List<string> Majors(IEnumerable<IGrouping<EsxiLine, EsxiFit>> lines) => [.. lines.Select(line => $"{line.Key.Major}.*").Distinct()];

    [GeneratedRegex(@"\A([0-9]{1,3}(\.[0-9]{1,3}){0,3}(\.\*)?|\*)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionPattern();
}
