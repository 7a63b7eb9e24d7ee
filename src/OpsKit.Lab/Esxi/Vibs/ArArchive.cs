using System.Globalization;
using System.Text;

namespace OpsKit.Lab.Esxi.Vibs;

/// <summary>A file in an archive, in the archive's own memory.</summary>
internal sealed record ArMember(string Name, ReadOnlyMemory<byte> Content);

/// <summary>Reads archives of Unix <c>ar</c>, whether their names end with a slash or with blanks.</summary>
internal static class ArArchive
{
    private const int HeaderBytes = 60;
    private const int NameBytes = 16;
    private const int SizeAt = 48;
    private const int SizeBytes = 10;

    /// <exception cref="FormatException">It is no such archive, or it ends in the middle of a member.</exception>
    public static IReadOnlyList<ArMember> Read(ReadOnlyMemory<byte> archive)
    {
        if (!archive.Span.StartsWith("!<arch>\n"u8))
            throw new FormatException("not an ar archive");
        var members = new List<ArMember>();
        for (var at = 8; at < archive.Length;)
        {
            if (archive.Length - at < HeaderBytes)
                throw new FormatException("truncated ar header");
            var header = archive.Span.Slice(at, HeaderBytes);
            var text = Encoding.ASCII.GetString(header.Slice(SizeAt, SizeBytes)).Trim();
            if (!header.EndsWith("`\n"u8) || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
                throw new FormatException("bad ar header");
            at += HeaderBytes;
            if (size > archive.Length - at)
                throw new FormatException("truncated ar member");
            var name = Encoding.ASCII.GetString(header[..NameBytes]).TrimEnd(' ');
            members.Add(new ArMember(name.EndsWith('/') ? name[..^1] : name, archive.Slice(at, size)));
            at += size + (size % 2);
        }

        return members;
    }
}
