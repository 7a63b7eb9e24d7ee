using System.Globalization;
using System.Xml.Linq;

namespace OpsKit.Modules.Vibs;

/// <summary>What the metadata say of a package.</summary>
internal sealed record SaidOfPackage(string Id, long? Bytes, string? Sha256);

/// <summary>A bundle's metadata.</summary>
/// <param name="Bundle">What it offers.</param>
/// <param name="Packages">Its packages by their paths in the bundle.</param>
internal sealed record BundleMetadata(VibBundle Bundle, IReadOnlyDictionary<string, SaidOfPackage> Packages);

/// <summary>Follows a bundle's index to the index of its vendors and to the metadata: what is missing on the way is a problem, not the end.</summary>
internal sealed class BundleMetadataReader(ZipReader zip, string bundle, ReadBudget budget, ProblemList problems)
{
    private readonly Dictionary<string, SaidOfPackage> _packages = new(StringComparer.Ordinal);
    private readonly List<string> _bulletins = [];
    private readonly List<string> _profiles = [];

    public BundleMetadata Read(string index, string usualVendorIndex)
    {
        var vendors = Document(zip, index)?.Children("vendor").ToList() ?? [];
        var vendorIndexes = vendors.Select(vendor => Joined(vendor.Text("relativePath"), vendor.Text("indexfile"))).Where(file => file.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (vendorIndexes.Count == 0)
            vendorIndexes.Add(usualVendorIndex);
        var metadata = new List<(string Folder, XElement One)>();
        foreach (var file in vendorIndexes)
        {
            if (Document(zip, file) is { } list)
                metadata.AddRange(list.Children("metadata").Select(one => (FolderOf(file), one)));
            else
                problems.Error(bundle, $"has no {file}");
        }

        foreach (var file in metadata.Where(listed => listed.One.Text("url").Length > 0).Select(listed => Found(listed.Folder, listed.One.Text("url"))).Distinct(StringComparer.Ordinal))
            ReadMetadata(file);
        return new BundleMetadata(
            new VibBundle
            {
                Vendors = [.. vendors.Select(vendor => vendor.Text("name")).Where(name => name.Length > 0)],
                Platforms = [.. metadata.Select(listed => new VibPlatform(listed.One.Text("productId"), listed.One.Text("version"))).Distinct()],
                Bulletins = _bulletins,
                Profiles = _profiles,
            },
            _packages);
    }

    private void ReadMetadata(string file)
    {
        if (zip.Open(file) is not { } packed)
        {
            problems.Error(bundle, $"has no {file}, which its index names");
            return;
        }

        using var unpacked = Unpacked.From(packed, budget.Limits.MetadataBytes, file);
        using var inner = new ZipReader(unpacked.Stream, $"{bundle} {file}", budget, problems);
        foreach (var path in inner.Files.Where(path => path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)))
        {
            var folder = path.Split('/') is [.., var parent, _] ? parent : "";
            if (folder is not ("vibs" or "bulletins" or "profiles") || Document(inner, path) is not { } root)
                continue;
            if (folder == "vibs")
                AddPackage(root, path);
            else if (folder == "bulletins")
                _bulletins.AddRange(root.DescendantsAndSelf().Where(one => one.Name.LocalName == "bulletin").Select(one => one.Text("id")));
            else
                _profiles.Add(root.Text("name"));
        }
    }

    private void AddPackage(XElement root, string path)
    {
        try
        {
            var descriptor = DescriptorReader.Read(root);
            var digest = root.Children("checksum").FirstOrDefault(checksum => checksum.Said("checksum-type") == "sha-256");
            var said = new SaidOfPackage(
                descriptor.Id, long.TryParse(root.Text("packed-size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null, Digest(digest));
            if (!_packages.TryAdd(root.Text("relative-path"), said) && _packages[root.Text("relative-path")] != said)
                problems.Error(bundle, $"its metadata say two things of {root.Text("relative-path")}");
        }
        catch (ArchiveException flaw) when (flaw is not LimitException)
        {
            problems.Error(bundle, $"{path} of its metadata: {flaw.Message}");
        }
    }

    /// <summary>Some tools put the digest into the element itself, others into one of the same name within it.</summary>
    private static string? Digest(XElement? checksum) => (checksum?.Child("checksum") ?? checksum)?.Value.Trim() is { Length: > 0 } digest ? digest : null;

    private XElement? Document(ZipReader from, string path)
    {
        using var stream = from.Open(path);
        if (stream is null)
            return null;
        try
        {
            return SafeXml.Read(stream, budget.Limits.DocumentBytes, path);
        }
        catch (ArchiveException broken) when (broken is not LimitException)
        {
            problems.Error(bundle, broken.Message);
            return null;
        }
    }

    /// <summary>Addresses are meant from the index that has them; some tools mean them from the root.</summary>
    private string Found(string folder, string url) => folder.Length > 0 && zip.Has(Joined(folder, url)) ? Joined(folder, url) : url;

    private static string FolderOf(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";

    private static string Joined(string folder, string file) => folder.Length == 0 ? file : $"{folder.TrimEnd('/')}/{file}";
}
