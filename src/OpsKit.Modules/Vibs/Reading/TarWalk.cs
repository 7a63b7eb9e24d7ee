using System.Globalization;
using System.Text;

namespace OpsKit.Modules.Vibs;

/// <summary>An entry of an archive, with its data where they follow it.</summary>
/// <param name="Header">Its header, with the long names of records before it filled in.</param>
/// <param name="Data">What it holds, to be read before the next entry is asked for; null where the archive has it elsewhere (vmtar).</param>
internal sealed record TarItem(TarHeader Header, PartStream? Data);

/// <summary>
/// Goes through a tar or vmtar archive as it streams. Not <c>System.Formats.Tar</c>: that knows no vmtar, and takes as much memory as a
/// header claims an extended name to have.
/// </summary>
internal static class TarWalk
{
    private const int LongestRecord = 64 * 1024;

    /// <exception cref="ArchiveException">It is damaged.</exception>
    public static IEnumerable<TarItem> Items(Stream stream)
    {
        string? name = null, link = null;
        long? size = null;
        var visor = false;
        var block = new byte[TarHeader.Bytes];
        while (stream.ReadAtLeast(block, block.Length, throwOnEndOfStream: false) is var got && got == block.Length)
        {
            if (IsEnd(block, visor))
                yield break;
            var header = TarHeader.Parse(block);
            visor = header.IsVisor;
            if (header.Type is 'L' or 'K' or 'x' or 'g')
            {
                var record = Record(stream, header);
                if (header.Type == 'L')
                    name = record.TrimEnd('\0');
                else if (header.Type == 'K')
                    link = record.TrimEnd('\0');
                else if (header.Type == 'x')
                    Extended(record, ref name, ref link, ref size);
                continue;
            }

            header = header with { Name = name ?? header.Name, LinkName = link ?? header.LinkName, Size = size ?? header.Size };
            (name, link, size) = (null, null, null);
            var bytes = header.Type is '1' or '2' or '3' or '4' or '5' or '6' ? 0 : header.Size;
            if (header.IsVisor && header.DataOffset != 0)
            {
                yield return new TarItem(header, null);
                continue;
            }

            var data = new PartStream(stream, bytes, header.Name);
            yield return new TarItem(header, data);
            ForwardOnlyStream.Drain(data);
            Pass(stream, bytes);
        }

        // What ends between two entries ends; GNU tar does not ask for more, either.
        if (name is not null || link is not null)
            throw new ArchiveException("truncated: a long name is followed by no entry");
    }

    /// <summary>An end is a block of zeros; vmtar's headers end where a block has not its magic, and the files' data begin.</summary>
    private static bool IsEnd(ReadOnlySpan<byte> block, bool visor) => !block.ContainsAnyExcept((byte)0) || (visor && !TarHeader.Looks(block));

    private static string Record(Stream stream, TarHeader header)
    {
        if (header.IsVisor && header.DataOffset != 0)
            throw new ArchiveException("a long name of vmtar is kept apart from its header");
        if (header.Size > LongestRecord)
            throw new ArchiveException($"a name of {header.Size} bytes");
        var record = new byte[header.Size];
        using var data = new PartStream(stream, header.Size, "a long name");
        data.ReadExactly(record);
        Pass(stream, header.Size);
        return Encoding.UTF8.GetString(record);
    }

    /// <summary>Records of the form <c>LENGTH KEY=VALUE\n</c>, the length being that of the whole record in bytes.</summary>
    private static void Extended(string text, ref string? name, ref string? link, ref long? size)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (blank < 0 || equals < blank)
                throw new ArchiveException("damaged: an extended header of tar is none");
            var value = line[(equals + 1)..];
            switch (line[(blank + 1)..equals])
            {
                case "path": name = value; break;
                case "linkpath": link = value; break;
                case "size": size = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : throw new ArchiveException("damaged: a size in an extended header of tar is none"); break;
                default: break;
            }
        }
    }

    /// <summary>Entries are padded to whole blocks.</summary>
    private static void Pass(Stream stream, long bytes)
    {
        var padding = (int)(-bytes & (TarHeader.Bytes - 1));
        Span<byte> rest = stackalloc byte[TarHeader.Bytes];
        _ = stream.ReadAtLeast(rest[..padding], padding, throwOnEndOfStream: false);
    }
}
