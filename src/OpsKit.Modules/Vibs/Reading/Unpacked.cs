using System.Security.Cryptography;

namespace OpsKit.Modules.Vibs;

/// <summary>A file from within another, in a temporary file that is gone when it is disposed of: what reads a ZIP must be able to seek.</summary>
internal sealed class Unpacked : IDisposable
{
    private Unpacked(FileStream stream, string sha256)
    {
        Stream = stream;
        Sha256 = sha256;
    }

    /// <summary>The file, at its beginning.</summary>
    public FileStream Stream { get; }

    /// <summary>Its SHA-256, in lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>Unpacks a stream.</summary>
    /// <param name="source">The stream; disposed of.</param>
    /// <param name="limit">Its bytes at most.</param>
    /// <param name="what">Its name, for errors.</param>
    /// <exception cref="LimitException">It is larger.</exception>
    public static Unpacked From(Stream source, long limit, string what)
    {
        var file = TemporaryFile();
        try
        {
            using var digesting = new DigestingStream(source, [HashAlgorithmName.SHA256]);
            var piece = new byte[128 * 1024];
            while (digesting.Read(piece) is var count and > 0)
            {
                if (digesting.Count > limit)
                    throw new LimitException($"{what} is larger than {ByteSize.Words(limit)}");
                file.Write(piece, 0, count);
            }

            file.Position = 0;
            return new Unpacked(file, digesting.Digest(HashAlgorithmName.SHA256)!);
        }
        catch
        {
            file.Dispose();
            throw;
        }
        finally
        {
            source.Dispose();
        }
    }

    /// <summary>A file nobody else can open, without a name to find it by once it is closed.</summary>
    public static FileStream TemporaryFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"opskit-{Guid.NewGuid():N}.tmp"), options);
    }

    public void Dispose() => Stream.Dispose();
}
