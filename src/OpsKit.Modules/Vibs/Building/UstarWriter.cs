using System.Globalization;
using System.Text;

namespace OpsKit.Modules.Vibs;

/// <summary>Writes a plain ustar archive as hosts like it: no extensions, no leading <c>./</c>, everything owned by root.</summary>
/// <param name="output">Receives it; left open.</param>
/// <param name="modified">When every entry was changed.</param>
internal sealed class UstarWriter(Stream output, DateTimeOffset modified)
{
    private const int NameBytes = 100;
    private const int PrefixBytes = 155;
    private const long LargestFile = (1L << 33) - 1;

    private static readonly byte[] Zeros = new byte[TarHeader.Bytes];

    private readonly string _modified = Octal(modified.ToUnixTimeSeconds(), 11);

    /// <summary>Why an entry fits into no such archive; null for no reason.</summary>
    public static string? Flaw(VibContent content)
    {
        if (Split(PathOf(content)) is null)
            return $"has a name of {Encoding.UTF8.GetByteCount(content.Path)} bytes, which is too long for the archive of a payload";
        if (content.LinkTarget is { } target && Encoding.UTF8.GetByteCount(target) > NameBytes)
            return $"is a link to a name of {Encoding.UTF8.GetByteCount(target)} bytes, which is too long for the archive of a payload";
        return content.Bytes > LargestFile ? "is larger than 8 GiB" : null;
    }

    /// <summary>Writes an entry.</summary>
    /// <param name="content">What it is.</param>
    /// <param name="copy">Writes its data, as many bytes as it says.</param>
    public void Add(VibContent content, Action<Stream> copy)
    {
        output.Write(Header(content));
        copy(output);
        output.Write(Zeros, 0, (int)(-content.Bytes & (TarHeader.Bytes - 1)));
    }

    /// <summary>Ends the archive.</summary>
    public void End()
    {
        output.Write(Zeros);
        output.Write(Zeros);
    }

    private byte[] Header(VibContent content)
    {
        var header = new byte[TarHeader.Bytes];
        var (prefix, name) = Split(PathOf(content)) ?? throw new InvalidOperationException($"{content.Path} was not looked at before it is written");
        Put(header, 0, name);
        Put(header, 100, Octal(content.Mode & 0xFFF, 7));
        Put(header, 108, Octal(0, 7));
        Put(header, 116, Octal(0, 7));
        Put(header, 124, Octal(content.Bytes, 11));
        Put(header, 136, _modified);
        header[156] = (byte)TypeOf(content.Kind);
        Put(header, 157, content.LinkTarget ?? "");
        Put(header, 257, "ustar\u000000");
        Put(header, 265, "root");
        Put(header, 297, "root");
        Put(header, 345, prefix);
        Put(header, 148, "        ");
        Put(header, 148, Octal(header.Sum(letter => (long)letter), 6) + "\0 ");
        return header;
    }

    private static char TypeOf(VibContentKind kind) => kind switch
    {
        VibContentKind.Folder => '5',
        VibContentKind.SymbolicLink => '2',
        VibContentKind.HardLink => '1',
        _ => '0',
    };

    private static string PathOf(VibContent content) => content.Kind == VibContentKind.Folder ? content.Path + "/" : content.Path;

    /// <summary>A path as the two parts that a header has room for; null where there is no room.</summary>
    private static (string Prefix, string Name)? Split(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) <= NameBytes)
            return ("", path);
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0 && slash < path.Length - 1; slash = path.IndexOf('/', slash + 1))
        {
            var (prefix, name) = (path[..slash], path[(slash + 1)..]);
            if (Encoding.UTF8.GetByteCount(name) <= NameBytes)
                return Encoding.UTF8.GetByteCount(prefix) <= PrefixBytes ? (prefix, name) : null;
        }

        return null;
    }

    private static string Octal(long number, int digits) => Convert.ToString(number, 8).PadLeft(digits, '0').ToString(CultureInfo.InvariantCulture);

    private static void Put(byte[] header, int at, string text) => Encoding.UTF8.GetBytes(text, header.AsSpan(at));
}
