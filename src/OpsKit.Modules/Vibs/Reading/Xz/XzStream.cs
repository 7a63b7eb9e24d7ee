namespace OpsKit.Modules.Vibs;

/// <summary>
/// Decompresses xz (LZMA2), as newer payloads are compressed inside of their gzip. The checks of xz itself are passed over: digests of the descriptor are over the
/// same bytes. Filters besides LZMA2 and dictionaries beyond 64 MiB are not read.
/// </summary>
/// <param name="inner">The compressed stream; left open.</param>
internal sealed class XzStream(Stream inner) : ForwardOnlyStream
{
    private const int HeaderBytes = 12;
    private const int MostHeaderBytes = 1024;
    private const ulong Lzma2 = 0x21;

    private readonly Lzma2Decoder _decoder = new(inner);
    private int _checkBytes = -1;
    private bool _inBlock;
    private bool _ended;
    private long _blockBytes;

    public override int Read(Span<byte> buffer)
    {
        while (!_ended && buffer.Length > 0)
        {
            if (!_inBlock && !BeginBlock())
                break;
            if (_decoder.Read(buffer) is var count and > 0)
                return count;
            EndBlock();
        }

        return 0;
    }

    private bool BeginBlock()
    {
        if (_checkBytes < 0)
            ReadHeader();
        var size = inner.ReadByte();
        if (size <= 0)
        {
            _ended = true;
            return size == 0 ? false : throw new ArchiveException("truncated: its xz data end before their index");
        }

        var header = new byte[((size + 1) * 4) - 1];
        if (header.Length > MostHeaderBytes)
            throw new ArchiveException("damaged: a header of its xz data is none");
        Fill(header);
        var at = 1;
        if ((header[0] & 3) != 0)
            throw new UnreadFormatException("by more than LZMA2");
        for (var sizes = (header[0] >> 6) & 3; sizes > 0; sizes &= sizes - 1)
            Number(header, ref at);
        if (Number(header, ref at) != Lzma2 || Number(header, ref at) != 1 || at >= header.Length)
            throw new UnreadFormatException("by something else than LZMA2");
        _decoder.Begin(header[at]);
        _blockBytes = header.Length + 1;
        _inBlock = true;
        return true;
    }

    private void EndBlock()
    {
        _blockBytes += _decoder.Consumed;
        Fill(new byte[(int)(-_blockBytes & 3) + _checkBytes]);
        _inBlock = false;
    }

    private void ReadHeader()
    {
        var header = new byte[HeaderBytes];
        Fill(header);
        if (!header.AsSpan().StartsWith(new byte[] { 0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0 }))
            throw new ArchiveException("damaged: its xz data do not begin as such");
        _checkBytes = (header[7] & 15) switch { 0 => 0, <= 3 => 4, <= 6 => 8, <= 9 => 16, <= 12 => 32, _ => 64 };
    }

    private void Fill(byte[] bytes)
    {
        if (inner.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new ArchiveException("truncated: its xz data are cut off");
    }

    private static ulong Number(byte[] header, ref int at)
    {
        ulong number = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            if (at >= header.Length)
                break;
            var digit = header[at++];
            number |= (ulong)(digit & 0x7F) << shift;
            if (digit < 0x80)
                return number;
        }

        throw new ArchiveException("damaged: a number in its xz data is none");
    }
}

/// <summary>Something is compressed in a way that is not read here; it may be well.</summary>
/// <param name="how">In which way.</param>
internal sealed class UnreadFormatException(string how) : ArchiveException($"is compressed {how}");
