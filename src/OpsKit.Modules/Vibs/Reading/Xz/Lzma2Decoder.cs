namespace OpsKit.Modules.Vibs;

/// <summary>Decodes the chunks of LZMA2, in a window that grows with what has come out, up to the dictionary's size.</summary>
/// <param name="inner">The chunks; left open.</param>
internal sealed class Lzma2Decoder(Stream inner)
{
    private const int LargestDictionary = 64 << 20;
    private const int LargestChunk = 2 << 20;
    private const int FirstWindow = 1 << 20;

    private readonly LzmaWindow _window = new(FirstWindow, LargestChunk);
    private readonly byte[] _packed = new byte[1 << 16];
    private readonly LzmaModel _model = new();
    private bool _ended;
    private bool _needsDictionary;
    private bool _needsProperties;

    /// <summary>How many bytes of the block were read.</summary>
    public long Consumed { get; private set; }

    /// <summary>Begins a block.</summary>
    /// <param name="dictionary">The dictionary's size as the block's header encodes it.</param>
    public void Begin(byte dictionary)
    {
        var bytes = dictionary >= 40 ? uint.MaxValue : (2L | (dictionary & 1u)) << ((dictionary / 2) + 11);
        if (bytes > LargestDictionary)
            throw new UnreadFormatException($"with a dictionary of {ByteSize.Words(bytes)}");
        _window.Dictionary = (int)bytes;
        (_ended, _needsDictionary, _needsProperties, Consumed) = (false, true, true, 0);
    }

    /// <summary>Decodes; nothing at the block's end.</summary>
    public int Read(Span<byte> buffer)
    {
        while (_window.Pending == 0 && !_ended)
            Chunk();
        return _window.Take(buffer);
    }

    private void Chunk()
    {
        var control = Next();
        if (control == 0)
        {
            _ended = true;
            return;
        }

        if (control is 1 or >= 0xE0)
        {
            _window.Reset();
            _needsDictionary = false;
        }
        else if (_needsDictionary)
        {
            throw Damaged();
        }

        if (control >= 0x80)
            Compressed(control);
        else if (control <= 2)
            Plain();
        else
            throw Damaged();
    }

    private void Plain()
    {
        var size = ((Next() << 8) | Next()) + 1;
        var place = _window.Room(size);
        Fill(place);
        _window.Advance(size);
    }

    private void Compressed(int control)
    {
        var size = (((control & 0x1F) << 16) | (Next() << 8) | Next()) + 1;
        var packed = ((Next() << 8) | Next()) + 1;
        if (control >= 0xC0)
        {
            if (!_model.SetProperties(Next()))
                throw Damaged();
            _needsProperties = false;
        }
        else if (_needsProperties)
        {
            throw Damaged();
        }

        if (control is >= 0xA0 and < 0xC0)
            _model.ResetState();
        Fill(_packed.AsSpan(0, packed));
        _window.Room(size);
        if (!_model.Decode(_packed.AsSpan(0, packed), _window, size))
            throw Damaged();
    }

    private int Next()
    {
        var next = inner.ReadByte();
        if (next < 0)
            throw new ArchiveException("truncated: its xz data are cut off");
        Consumed++;
        return next;
    }

    private void Fill(Span<byte> bytes)
    {
        if (inner.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new ArchiveException("truncated: its xz data are cut off");
        Consumed += bytes.Length;
    }

    private static ArchiveException Damaged() => new("damaged: its xz data make no sense");
}
