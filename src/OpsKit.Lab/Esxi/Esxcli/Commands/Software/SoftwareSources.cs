using OpsKit.Lab.Doors;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Vibs;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Software;

/// <summary>A package that was offered: what it says of itself, and how its file is had.</summary>
internal sealed record OfferedVib(LabVib Vib, Func<VibPackage> Open);

/// <summary>What the options <c>--viburl</c>, <c>--depot</c> and <c>--vibname</c> lead to.</summary>
internal static class SoftwareSources
{
    /// <summary>Where the service that does the work stands: relative paths begin there.</summary>
    private const string WorkingFolder = "/var/log/vmware/";

    /// <summary>The packages to install: of several versions of one the newest.</summary>
    /// <exception cref="EsxcliException">A file is not there or is not what it should be, or a name matches nothing.</exception>
    public static IReadOnlyList<OfferedVib> Newest(EsxcliCall call) => [.. All(call).GroupBy(each => each.Vib.Name, StringComparer.Ordinal)
        .Select(same => same.Aggregate((best, next) => VibVersion.Compare(next.Vib.Version, best.Vib.Version) > 0 ? next : best))];

    /// <summary>All packages, in every version there is.</summary>
    /// <exception cref="EsxcliException">A file is not there or is not what it should be, or a name matches nothing.</exception>
    public static IReadOnlyList<OfferedVib> All(EsxcliCall call)
    {
        var depots = call.Options.Texts("--depot").Select(depot => Depot(call, depot)).ToList();
        var files = call.Options.Texts("--viburl").Select(url => File(call, url)).ToList();
        if (depots.Count + files.Count == 0)
            throw new EsxcliException("Invalid parameters: at least one of --depot and --viburl is needed");
        return [.. files, .. Chosen(call, [.. depots.SelectMany(depot => depot.Vibs.Select(vib => FromDepot(call, depot, vib)))])];
    }

    public static Depot Depot(EsxcliCall call, string location)
    {
        if (IsRemote(location))
        {
            throw location.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)
                ? EsxupdateError.Of("ValueError", "Only server local file path is supported for offline bundles.")
                : EsxupdateError.Of(
                    "MetadataDownloadError", $"Could not download from depot at {location}, skipping (('{location}', '', '<urlopen error [Errno -2] Name or service not known>'))", ("url", location));
        }

        var path = Absolute(location);
        try
        {
            return Vibs.Depot.Read(path, call.MapFile(path));
        }
        catch (DepotException broken)
        {
            var url = $"zip:{path}?index.xml";
            throw EsxupdateError.Of("MetadataDownloadError", $"Could not download from depot at {url}, skipping (('{url}', '', {broken.Message}))", ("url", url));
        }
    }

    /// <summary>The packages a specification means: <c>name</c>, <c>name:version</c>, <c>vendor:name</c> or <c>vendor:name:version</c>.</summary>
    public static IReadOnlyList<LabVib> Matching(IEnumerable<LabVib> vibs, string specification)
    {
        var parts = specification.Split(':');
        List<LabVib> found = [.. vibs.Where(vib => parts switch
        {
            [var name] => vib.Name == name,
            [var first, var second] => (vib.Name == first && vib.Version == second) || (vib.Vendor == first && vib.Name == second),
            [var vendor, var name, var version] => vib.Vendor == vendor && vib.Name == name && vib.Version == version,
            _ => false,
        })];
        return found.Count > 0 ? found : throw EsxupdateError.Of("NoMatchError", $"No VIB matching VIB search specification '{specification}'.");
    }

    /// <summary>Those named, or all.</summary>
    private static IEnumerable<OfferedVib> Chosen(EsxcliCall call, List<OfferedVib> offered)
    {
        var names = call.Options.Texts("--vibname");
        return names.Count == 0 ? offered : names.SelectMany(name => Matching(offered.Select(each => each.Vib), name)).Select(vib => offered.First(each => each.Vib == vib));
    }

    private static OfferedVib File(EsxcliCall call, string url)
    {
        var path = url.StartsWith("file:", StringComparison.Ordinal) ? "/" + url["file:".Length..].TrimStart('/') : Absolute(url);
        if (IsRemote(url))
            throw DownloadError(url, "<urlopen error [Errno -2] Name or service not known>", quote: '\'');
        try
        {
            var package = VibPackage.Read(global::System.IO.File.ReadAllBytes(call.MapFile(path)));
            return new OfferedVib(package.Vib, () => package);
        }
        catch (FormatException broken)
        {
            throw EsxupdateError.Of("VibFormatError", $"('{url}', 'Unable to read VIB: {broken.Message}')", ("filename", path));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw DownloadError(url, $"<urlopen error [Errno 2] No such file or directory: '{path}'>", quote: '"');
        }
    }

    private static OfferedVib FromDepot(EsxcliCall call, Depot depot, DepotVib vib) => new(vib.Vib, () =>
    {
        try
        {
            return VibPackage.Read(Vibs.Depot.Extract(call.MapFile(depot.Path), vib));
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or FormatException)
        {
            throw DownloadError($"zip:{depot.Path}?{vib.RelativePath}", $"Error extracting {vib.RelativePath} from {depot.Path}", quote: '"');
        }
    });

    private static EsxcliException DownloadError(string url, string cause, char quote) =>
        EsxupdateError.Of("VibDownloadError", $"('{url}', '', {quote}[Errno 4] IOError: {cause}{quote})", ("url", url));

    private static string Absolute(string path) => ShellFiles.Canonical(path.StartsWith('/') ? path : WorkingFolder + path);

    private static bool IsRemote(string location) => location.Contains("://", StringComparison.Ordinal) && !location.StartsWith("file:", StringComparison.Ordinal);
}
