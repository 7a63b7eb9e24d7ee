namespace OpsKit.Modules.Vibs;

/// <summary>What has come out of a decoder last: what matches refer to, and what was not taken yet.</summary>
/// <param name="first">Bytes to begin with.</param>
/// <param name="chunk">Bytes that come at most before they are taken.</param>
internal sealed class LzmaWindow(int first, int chunk)
{
    private byte[] _bytes = new byte[first];
    private int _at;
    private int _taken;
    private int _since;

    /// <summary>How far back matches may refer.</summary>
    public int Dictionary { get; set; }

    /// <summary>Bytes since the dictionary was emptied.</summary>
    public uint Total { get; private set; }

    /// <summary>Bytes that were not taken yet.</summary>
    public int Pending => _at - _taken;

    /// <summary>The last byte; zero for none.</summary>
    public byte Last => Total == 0 ? (byte)0 : _bytes[_at - 1];

    /// <summary>Empties the dictionary.</summary>
    public void Reset() => (Total, _since) = (0, _at);

    /// <summary>Makes room for so many bytes, and gives it. All that came before was taken.</summary>
    public Span<byte> Room(int count)
    {
        if (_at + count > _bytes.Length)
        {
            var most = Dictionary + chunk;
            if (_bytes.Length < most)
                Array.Resize(ref _bytes, (int)Math.Min(most, Math.Max(_bytes.Length * 2L, _at + (long)count)));
            if (_at + count > _bytes.Length)
                Slide();
        }

        return _bytes.AsSpan(_at, count);
    }

    public void Advance(int count)
    {
        _at += count;
        Total += (uint)count;
    }

    /// <summary>Whether something lies so far back.</summary>
    public bool Has(uint distance) => distance < (uint)Math.Min(_at - _since, Dictionary);

    public byte Back(uint distance) => _bytes[_at - 1 - (int)distance];

    public void Put(byte value)
    {
        _bytes[_at++] = value;
        Total++;
    }

    public void Repeat(uint distance, int count)
    {
        var from = _at - 1 - (int)distance;
        for (var index = 0; index < count; index++)
            _bytes[_at + index] = _bytes[from + index];
        Advance(count);
    }

    public int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, Pending);
        _bytes.AsSpan(_taken, count).CopyTo(buffer);
        _taken += count;
        return count;
    }

    private void Slide()
    {
        var kept = Math.Min(_at, Dictionary);
        _bytes.AsSpan(_at - kept, kept).CopyTo(_bytes);
        _since = Math.Max(0, _since - (_at - kept));
        _at = _taken = kept;
    }
}
