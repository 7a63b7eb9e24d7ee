using System.Security.Cryptography;
using OpsKit.Connections;
using OpsKit.Connections.Downloads;

namespace OpsKit.Modules.Vibs;

/// <summary>
/// Reads packages (<c>.vib</c>), offline bundles, and vendors' ZIPs around either. Everything is streamed: memory does not grow with the file, nor with
/// what it claims. Every digest a descriptor gives is calculated; nothing is written but temporary files that are gone afterwards.
/// </summary>
public static class VibReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">How much to take on; null for the default limits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it holds, with what is wrong with it (<see cref="VibFile.AllProblems"/>).</returns>
    /// <exception cref="OpsKitException">
    /// It cannot be opened (<see cref="FailureKind.Usage"/>), or is nothing of the kind, too damaged to say what it is, or beyond a limit
    /// (<see cref="FailureKind.Failed"/>).
    /// </exception>
    public static VibFile Read(string path, VibReadLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = Open(path);
        return Read(stream, Path.GetFileName(path), path, limits ?? VibReadLimits.Default, cancellationToken);
    }

    /// <summary>Reads a stream that can seek, from its beginning.</summary>
    /// <param name="stream">The file; left open.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="limits">How much to take on; null for the default limits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it holds, with what is wrong with it (<see cref="VibFile.AllProblems"/>).</returns>
    /// <exception cref="OpsKitException">It is nothing of the kind, too damaged to say what it is, or beyond a limit (<see cref="FailureKind.Failed"/>).</exception>
    public static VibFile Read(Stream stream, string name, VibReadLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Read(stream, name, name, limits ?? VibReadLimits.Default, cancellationToken);
    }

    /// <summary>Downloads a file into a temporary one, and reads that.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="web">Downloads it.</param>
    /// <param name="download">How much to download, and how patiently; null for the defaults.</param>
    /// <param name="progress">Told how far the download is; null for nobody.</param>
    /// <param name="limits">How much to take on; null for the default limits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it holds, with what is wrong with it (<see cref="VibFile.AllProblems"/>).</returns>
    /// <exception cref="OpsKitException">It cannot be downloaded (see <see cref="WebDownloader"/>) or read.</exception>
    public static async Task<VibFile> ReadAsync(
        Uri address, WebDownloader web, WebDownloadOptions? download = null, IProgress<WebProgress>? progress = null, VibReadLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(web);
        using var file = Unpacked.TemporaryFile();
        await web.FetchAsync(address, file, download, progress, cancellationToken).ConfigureAwait(false);
        return await Task.Run(
            () => Read(file, WebAddress.NameOf(address), WebAddress.Shown(address), limits ?? VibReadLimits.Default, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Copies a bundle or a package from within a vendor's ZIP, such as to send it to a host.</summary>
    /// <param name="path">The vendor's ZIP.</param>
    /// <param name="inner">The path within it: <see cref="VibFile.Name"/> of one of <see cref="VibFile.Inner"/>, or <see cref="VibPackage.Origin"/>.</param>
    /// <param name="destination">Receives it; left open.</param>
    /// <param name="limits">How much to take on; null for the default limits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OpsKitException">The file cannot be opened (<see cref="FailureKind.Usage"/>), is damaged or does not hold it (<see cref="FailureKind.Failed"/>).</exception>
    public static void CopyInner(string path, string inner, Stream destination, VibReadLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(destination);
        using var stream = Open(path);
        Refusing(path, () =>
        {
            using var zip = new ZipReader(stream, Path.GetFileName(path), new ReadBudget(limits ?? VibReadLimits.Default, cancellationToken), new ProblemList());
            using var entry = zip.Open(inner) ?? throw new ArchiveException($"does not hold {inner}");
            entry.CopyTo(destination);
            return 0;
        });
    }

    private static VibFile Read(Stream stream, string name, string shown, VibReadLimits limits, CancellationToken cancellationToken) => Refusing(shown, () =>
    {
        var budget = new ReadBudget(limits, cancellationToken);
        stream.Position = 0;
        var first = new byte[8];
        var got = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (first.AsSpan(0, got).StartsWith("PK"u8))
        {
            var file = new BundleReader(budget).Read(stream, name, isInner: false);
            return file with { Sha256 = DigestOf(stream, budget) };
        }

        if (got == 0)
            throw new ArchiveException("is empty");
        if (!first.AsSpan(0, got).SequenceEqual("!<arch>\n"u8))
            throw new ArchiveException($"is neither a package (ar) nor a bundle (ZIP){Hint(first)}");
        var package = new PackageReader(budget).Read(stream, stream.Length, name);
        return new VibFile(name, VibFileKind.Package) { Bytes = package.Bytes, Sha256 = package.Sha256, Packages = [package] };
    });

    private static string Hint(ReadOnlySpan<byte> first) => first switch
    {
        [0x1F, 0x8B, ..] => ": it is a gzip file. An OEM.tgz becomes a package by: opskit vib build",
        [(byte)'<', ..] => ": it is HTML or XML, such as a download's error page",
        _ => "",
    };

    private static string DigestOf(Stream stream, ReadBudget budget)
    {
        stream.Position = 0;
        using var whole = new DigestingStream(stream, [HashAlgorithmName.SHA256], budget.Passed);
        ForwardOnlyStream.Drain(whole);
        return whole.Digest(HashAlgorithmName.SHA256)!;
    }

    /// <exception cref="OpsKitException">It cannot be opened.</exception>
    internal static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new OpsKitException(FailureKind.Usage, "no such file", path, innerException: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpsKitException(FailureKind.Usage, Directory.Exists(path) ? "is a folder, not a file" : $"cannot be read: {e.Message.TrimEnd('.')}", path, innerException: e);
        }
    }

    /// <summary>Turns what a reader finds in a file into what an operator is told of it.</summary>
    internal static T Refusing<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArchiveException refusal)
        {
            throw new OpsKitException(FailureKind.Failed, refusal.Message, path, innerException: refusal);
        }
        catch (IOException e)
        {
            throw new OpsKitException(FailureKind.Failed, $"cannot be read: {e.Message.TrimEnd('.')}", path, innerException: e);
        }
    }
}
