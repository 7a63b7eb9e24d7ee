using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpsKit.Modules.Vibs;

/// <summary>Writes an archive of Unix <c>ar</c> with names that end with blanks, and nothing of when and by whom it was made.</summary>
/// <param name="output">Receives it; left open.</param>
/// <param name="digest">Takes the digest of the whole.</param>
internal sealed class ArWriter(Stream output, IncrementalHash digest) : IDisposable
{
    private const int NameBytes = 16;

    private readonly DigestingWriter _output = new(output, digest);

    /// <summary>How long the archive is.</summary>
    public long Bytes => _output.Count;

    public void Dispose() => _output.Dispose();

    /// <summary>Adds a member of a few bytes.</summary>
    public void Add(string name, byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        Add(name, stream);
    }

    /// <summary>Adds a member.</summary>
    /// <param name="name">Its name, 15 letters at most.</param>
    /// <param name="content">What it holds; it can say its length.</param>
    public void Add(string name, Stream content)
    {
        if (_output.Count == 0)
            _output.Write("!<arch>\n"u8);
        if (name.Length >= NameBytes || content.Length > 9_999_999_999)
            throw new ArchiveException($"{name} has no place in an archive of ar");
        _output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name,-16}{0,-12}{0,-6}{0,-6}{"100644",-8}{content.Length,-10}`\n")));
        content.CopyTo(_output);
        if (content.Length % 2 == 1)
            _output.Write("\n"u8);
    }
}
