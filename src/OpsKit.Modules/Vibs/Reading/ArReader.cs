using System.Globalization;
using System.Text;

namespace OpsKit.Modules.Vibs;

/// <summary>A file in an archive.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Content">What it holds; to be read before the next member is asked for, or passed over.</param>
internal sealed record ArMember(string Name, PartStream Content);

/// <summary>Reads an archive of Unix <c>ar</c> from its beginning to its end. Names end with blanks (VMware's tools) or with a slash (GNU ar).</summary>
/// <param name="stream">The archive.</param>
/// <param name="length">Its length in bytes where it is known: what claims to be longer is refused before anything is read.</param>
internal sealed class ArReader(Stream stream, long? length)
{
    private const int HeaderBytes = 60;
    private const int NameBytes = 16;
    private const int SizeAt = 48;
    private const int SizeBytes = 10;

    private ArMember? _current;
    private bool _padded;
    private long _at;

    /// <summary>The next member; null at the end.</summary>
    /// <exception cref="ArchiveException">It is no such archive, or damaged.</exception>
    public ArMember? Next()
    {
        if (_at == 0)
            ReadMagic();
        else
            PassCurrent();
        Span<byte> header = stackalloc byte[HeaderBytes];
        var got = stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        if (got == 0)
            return null;
        if (got < HeaderBytes)
            throw new ArchiveException($"truncated: {got} bytes follow the last member, a header has {HeaderBytes}");
        _at += HeaderBytes;
        return Member(header);
    }

    private ArMember Member(ReadOnlySpan<byte> header)
    {
        if (!header.EndsWith("`\n"u8))
            throw new ArchiveException($"damaged: no member's header at byte {_at - HeaderBytes}");
        var text = Encoding.ASCII.GetString(header.Slice(SizeAt, SizeBytes)).TrimEnd(' ');
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            throw new ArchiveException($"damaged: \"{text}\" is no size of a member");
        var name = NameOf(header[..NameBytes]);
        if (size > length - _at)
            throw new ArchiveException($"truncated: {name} says that it is {size} bytes long, {length - _at} are left in the file");
        _at += size + (size % 2);
        _padded = size % 2 == 1;
        return _current = new ArMember(name, new PartStream(stream, size, name));
    }

    private static string NameOf(ReadOnlySpan<byte> bytes)
    {
        var name = Encoding.Latin1.GetString(bytes).TrimEnd(' ');
        if (name.StartsWith('/') || name.StartsWith("#1/", StringComparison.Ordinal))
            throw new ArchiveException($"a member is called \"{name}\": tables of symbols and of long names have no place in a package");
        return name.EndsWith('/') ? name[..^1] : name;
    }

    private void ReadMagic()
    {
        Span<byte> magic = stackalloc byte[8];
        var got = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        if (!magic[..got].SequenceEqual("!<arch>\n"u8))
            throw new ArchiveException("is no package: it does not begin like an ar archive");
        _at = magic.Length;
    }

    /// <summary>Members are padded to an even length; some writers leave out the padding of the last one.</summary>
    private void PassCurrent()
    {
        ForwardOnlyStream.Drain(_current!.Content);
        Span<byte> padding = stackalloc byte[1];
        if (_padded)
            _ = stream.ReadAtLeast(padding, 1, throwOnEndOfStream: false);
    }
}
