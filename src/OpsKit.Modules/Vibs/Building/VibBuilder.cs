using System.Security.Cryptography;
using OpsKit.Connections;

namespace OpsKit.Modules.Vibs;

/// <summary>
/// Makes a package of an archive of files, such as the OEM.tgz of a driver. The files are packed anew, in the order of their paths and owned by root, so
/// that the same files and options always give the same bytes.
/// </summary>
public static class VibBuilder
{
    private const int PayloadLetters = 8;

    /// <summary>Builds a package.</summary>
    /// <param name="tgz">The archive: gzip of tar, or of vmtar.</param>
    /// <param name="options">What the package says of itself.</param>
    /// <param name="releases">Where a package that nobody signed may bring files to.</param>
    /// <param name="output">Receives it; left open.</param>
    /// <param name="limits">How much to take on; null for the default limits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OpsKitException">
    /// An option has no meaning or the archive cannot be opened (<see cref="FailureKind.Usage"/>); the archive is damaged, or holds what no package may bring
    /// (<see cref="FailureKind.Failed"/>, with every reason). Nothing was written then.
    /// </exception>
    public static VibBuilt Build(
        string tgz, VibBuildOptions options, EsxiReleases releases, Stream output, VibReadLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tgz);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(releases);
        ArgumentNullException.ThrowIfNull(output);
        BuildOptionRules.Check(options);
        using var source = VibReader.Open(tgz);
        return VibReader.Refusing(tgz, () => Build(source, tgz, options, releases, output, new ReadBudget(limits ?? VibReadLimits.Default, cancellationToken)));
    }

    /// <summary>The payload's name: hosts make a file name of eight letters of it.</summary>
    /// <param name="name">The package's name.</param>
    internal static string PayloadName(string name)
    {
        var letters = name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_');
        return string.Concat(letters.Take(PayloadLetters)).Trim('-', '_') is { Length: > 0 } plain ? plain : "payload";
    }

    private static VibBuilt Build(Stream source, string shown, VibBuildOptions options, EsxiReleases releases, Stream output, ReadBudget budget)
    {
        var problems = new ProblemList();
        var name = PayloadName(options.Name);
        using var unpacked = SourceArchive.Read(source, Path.GetFileName(shown), budget, problems);
        BuildRules.Judge(unpacked, options, releases, problems);
        var found = problems.ToList();
        if (found.Where(problem => problem.Severity == VibProblemSeverity.Error).ToList() is { Count: > 0 } errors)
            throw new OpsKitException(FailureKind.Failed, $"becomes no package:\n{string.Join('\n', errors.Select(error => error.What))}", shown);

        var released = options.ReleaseDate ?? unpacked.Newest;
        using var stored = Unpacked.TemporaryFile();
        var payload = PayloadWriter.Write(unpacked, released, stored);
        var descriptor = DescriptorWriter.Write(options, name, payload, released, [.. unpacked.Entries.Where(entry => entry.Content.Kind != VibContentKind.Folder).Select(entry => entry.Content.Path)]);
        stored.Position = 0;
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var archive = new ArWriter(output, digest);
        archive.Add("descriptor.xml", descriptor);
        archive.Add("sig.pkcs7", []);
        archive.Add(name, stored);
        return new VibBuilt(
            $"{options.Vendor}_bootbank_{options.Name}_{options.Version}", name, archive.Bytes, Convert.ToHexStringLower(digest.GetHashAndReset()),
            [.. unpacked.Entries.Select(entry => entry.Content)], found);
    }
}
