namespace OpsKit.Modules.Vibs;

/// <summary>Reads offline bundles, and vendors' ZIPs around them.</summary>
internal sealed class BundleReader(ReadBudget budget)
{
    private const string Index = "index.xml";
    private const string VendorIndex = "vendor-index.xml";

    /// <summary>Reads a ZIP.</summary>
    /// <param name="stream">The ZIP; it can seek.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="isInner">Whether it lies within another: it is not searched for yet another one then.</param>
    /// <exception cref="ArchiveException">It is no ZIP, damaged, or holds nothing of the kind.</exception>
    public VibFile Read(Stream stream, string name, bool isInner)
    {
        var problems = new ProblemList();
        using var zip = new ZipReader(stream, name, budget, problems);
        if (zip.Has(Index) || zip.Files.Any(file => file.StartsWith("vib20/", StringComparison.Ordinal)))
            return ReadBundle(zip, name, problems) with { Bytes = stream.Length };
        if (isInner)
            throw new ArchiveException($"is neither an offline bundle nor a package: it has no {Index} and no vib20 folder");
        return ReadVendorZip(zip, name, problems) with { Bytes = stream.Length };
    }

    private VibFile ReadBundle(ZipReader zip, string name, ProblemList problems)
    {
        if (!zip.Has(Index))
            problems.Error(name, $"has no {Index}: hosts take it for no bundle");
        var metadata = new BundleMetadataReader(zip, name, budget, problems).Read(Index, VendorIndex);
        var packages = new List<VibPackage>();
        foreach (var path in zip.Files.Where(IsPackage))
            packages.Add(Judged(ReadPackage(zip, path), metadata, problems, name));
        foreach (var missing in metadata.Packages.Where(said => !zip.Has(said.Key)))
            problems.Error(name, $"its metadata name {missing.Key} ({missing.Value.Id}), which is not in it");
        if (packages.Count == 0)
            problems.Error(name, "has no packages");
        return new VibFile(name, VibFileKind.OfflineBundle) { Packages = packages, Bundle = metadata.Bundle, Problems = problems.ToList() };
    }

    private VibFile ReadVendorZip(ZipReader zip, string name, ProblemList problems)
    {
        var inner = new List<VibFile>();
        foreach (var path in zip.Files.Where(file => file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)).OrderByDescending(LooksLikeBundle).ThenBy(file => file, StringComparer.Ordinal))
        {
            using var unpacked = Unpacked.From(zip.Open(path)!, budget.Limits.FileBytes, path);
            try
            {
                inner.Add(Read(unpacked.Stream, path, isInner: true) with { Sha256 = unpacked.Sha256 });
            }
            catch (ArchiveException other) when (other is not LimitException)
            {
                if (LooksLikeBundle(path))
                    problems.Error(name, $"{path}: {other.Message}");
            }
        }

        var packages = zip.Files.Where(IsPackage).Select(path => ReadPackage(zip, path)).ToList();
        if (inner.Count == 0 && packages.Count == 0)
        {
            var reason = problems.ToList() is [var first, ..] ? $" ({first.What})" : "";
            throw new ArchiveException($"is no offline bundle, and neither a bundle nor a package is in it{reason}");
        }

        if (zip.Files.FirstOrDefault(file => file.EndsWith("/" + Index, StringComparison.Ordinal)) is { } index && packages.Exists(package => package.Origin.StartsWith(index[..^Index.Length] + "vib20/", StringComparison.Ordinal)))
            problems.Error(name, $"has a bundle's {Index} in the folder {index[..^(Index.Length + 1)]}: hosts take it for no bundle. Pack what is in that folder anew, without the folder");
        return new VibFile(name, VibFileKind.VendorZip) { Packages = packages, Inner = inner, Problems = problems.ToList() };
    }

    private VibPackage ReadPackage(ZipReader zip, string path)
    {
        using var stream = zip.Open(path)!;
        try
        {
            return new PackageReader(budget).Read(stream, zip.Length(path), path);
        }
        catch (ArchiveException damage) when (damage is not LimitException)
        {
            throw new ArchiveException($"{path}: {damage.Message}", damage);
        }
    }

    /// <summary>Compares a package with what the bundle's metadata say of it.</summary>
    private static VibPackage Judged(VibPackage package, BundleMetadata metadata, ProblemList problems, string bundle)
    {
        if (!metadata.Packages.TryGetValue(package.Origin, out var said))
        {
            problems.Error(bundle, $"its metadata do not name {package.Origin}: hosts do not see it");
            return package;
        }

        if (said.Id != package.Descriptor.Id)
            problems.Error(bundle, $"{package.Origin} is {package.Descriptor.Id}; its metadata say {said.Id}");
        if (said.Bytes is { } bytes && bytes != package.Bytes)
            problems.Error(bundle, $"{package.Origin} is {package.Bytes} bytes long; its metadata say {bytes}");
        if (said.Sha256 is { } digest && !digest.Equals(package.Sha256, StringComparison.OrdinalIgnoreCase))
            problems.Error(bundle, $"{package.Origin} is not what was described: its sha-256 is {package.Sha256}, the metadata say {digest}");
        return package;
    }

    private static bool IsPackage(string path) => path.EndsWith(".vib", StringComparison.OrdinalIgnoreCase);

    private static bool LooksLikeBundle(string path) => path.Contains("bundle", StringComparison.OrdinalIgnoreCase);
}
