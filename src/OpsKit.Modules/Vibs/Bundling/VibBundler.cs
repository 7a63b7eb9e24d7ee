using System.Security.Cryptography;
using OpsKit.Connections;

namespace OpsKit.Modules.Vibs;

/// <summary>Makes an offline bundle of packages. The same packages and options always give the same bytes, whatever order the packages are named in.</summary>
public sealed class VibBundler
{
    private readonly IReadOnlyList<BundledPackage> _packages;
    private readonly BundleFacts _facts;
    private readonly ReadBudget _budget;

    private VibBundler(IReadOnlyList<BundledPackage> packages, BundleFacts facts, ReadBudget budget) => (_packages, _facts, _budget) = (packages, facts, budget);

    /// <summary>The bulletin's id.</summary>
    public string Bulletin => _facts.Bulletin;

    /// <summary>The versions the bundle offers itself to.</summary>
    public IReadOnlyList<string> Versions => _facts.Versions;

    /// <summary>What goes into it, by id.</summary>
    public IReadOnlyList<VibPackage> Packages => [.. _packages.Select(package => package.Package)];

    /// <summary>What the operator should know.</summary>
    public IReadOnlyList<VibProblem> Warnings => [.. _packages.SelectMany(package => package.Package.Problems), .. _facts.Warnings];

    /// <summary>Reads the packages, every digest of them.</summary>
    /// <param name="files">The packages.</param>
    /// <param name="options">What the bundle says of itself.</param>
    /// <param name="releases">What is known of the releases.</param>
    /// <param name="limits">How much to take on; null for the default limits.</param>
    /// <param name="cancellationToken">Gives up, now and when the bundle is written.</param>
    /// <exception cref="OpsKitException">
    /// A file cannot be opened or is no package, two are the same, or an option has no meaning (<see cref="FailureKind.Usage"/>); a package is damaged
    /// (<see cref="FailureKind.Failed"/>, with every reason).
    /// </exception>
    public static VibBundler Of(
        IReadOnlyList<string> files, VibBundleOptions options, EsxiReleases releases, VibReadLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(releases);
        if (files.Count == 0)
            throw new OpsKitException(FailureKind.Usage, "no packages to make a bundle of");
        var budget = new ReadBudget(limits ?? VibReadLimits.Default, cancellationToken);
        var packages = files.Select(file => Read(file, budget)).OrderBy(package => package.Package.Descriptor.Id, StringComparer.Ordinal).ToList();
        CheckTwins(packages);
        return new VibBundler(packages, BundleFacts.Of(packages, options, releases), budget);
    }

    /// <summary>Writes the bundle.</summary>
    /// <param name="output">Receives it; left open.</param>
    /// <exception cref="OpsKitException">A package changed since it was read, or is gone.</exception>
    public VibBundled Write(Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        // Into a file first: where a writer cannot go back, sizes stand behind the data, and not every reader takes that.
        using var file = Unpacked.TemporaryFile();
        using (var zip = new ZipWriter(file, _facts.Released))
        {
            zip.Add("index.xml", BundleIndex.Vendors(_facts));
            zip.Add("vendor-index.xml", BundleIndex.Metadata(_facts));
            zip.Add("metadata.zip", Metadata());
            foreach (var package in _packages)
                zip.Add(package.Path, destination => Copy(package, destination));
        }

        file.Position = 0;
        using var whole = new DigestingStream(file, [HashAlgorithmName.SHA256], _budget.Passed);
        whole.CopyTo(output);
        return new VibBundled(whole.Count, whole.Digest(HashAlgorithmName.SHA256)!);
    }

    private static BundledPackage Read(string file, ReadBudget budget)
    {
        using var stream = VibReader.Open(file);
        return VibReader.Refusing(file, () =>
        {
            var first = new byte[8];
            var got = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
            if (first.AsSpan(0, got).StartsWith("PK"u8))
                throw new OpsKitException(FailureKind.Usage, "is a ZIP: a bundle is made of packages (.vib)", file, $"opskit vib inspect {file} shows what is in it");
            stream.Position = 0;
            var package = new PackageReader(budget).Read(stream, stream.Length, Path.GetFileName(file));
            if (package.Problems.Where(problem => problem.Severity == VibProblemSeverity.Error).ToList() is { Count: > 0 } errors)
                throw new ArchiveException($"is not fit for a bundle:\n{string.Join('\n', errors.Select(error => error.What))}");
            stream.Position = 0;
            var descriptor = new ArReader(stream, stream.Length).Next()!;
            return new BundledPackage(file, package, SafeXml.Read(descriptor.Content, budget.Limits.DocumentBytes, descriptor.Name));
        });
    }

    private static void CheckTwins(List<BundledPackage> packages)
    {
        foreach (var (one, other) in packages.Zip(packages.Skip(1)))
        {
            if (one.Package.Descriptor.Id == other.Package.Descriptor.Id)
                throw new OpsKitException(FailureKind.Usage, $"{one.File} and {other.File} are the same package, {one.Package.Descriptor.Id}", next: "name it once");
        }
    }

    private byte[] Metadata()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipWriter(bytes, _facts.Released))
        {
            zip.Add("vmware.xml", BundleBulletin.Response(_packages, _facts));
            zip.Add("vendor-index.xml", BundleIndex.Metadata(_facts));
            zip.Add($"bulletins/{_facts.Bulletin}.xml", BundleBulletin.Bulletin(_packages, _facts));
            foreach (var package in _packages)
                zip.Add(package.MetadataPath, BundleBulletin.Package(package));
        }

        return bytes.ToArray();
    }

    /// <summary>What was read must be what is copied: a file that changed meanwhile would not be what its metadata say.</summary>
    private static void Copy(BundledPackage package, Stream destination)
    {
        using var source = VibReader.Open(package.File);
        using var same = new DigestingStream(source, [HashAlgorithmName.SHA256]);
        same.CopyTo(destination);
        if (same.Digest(HashAlgorithmName.SHA256) != package.Package.Sha256)
            throw new OpsKitException(FailureKind.Failed, "changed while it was read", package.File);
    }
}
