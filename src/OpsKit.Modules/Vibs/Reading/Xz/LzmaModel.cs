namespace OpsKit.Modules.Vibs;

/// <summary>The probabilities and the state of LZMA, from chunk to chunk.</summary>
internal sealed class LzmaModel
{
    private const int States = 12;
    private const int MostLiteralBits = 4;
    private const int LongestPosSlot = 14;

    private readonly ushort[] _isMatch = new ushort[States << 4];
    private readonly ushort[] _isRep = new ushort[States];
    private readonly ushort[] _isRepG0 = new ushort[States];
    private readonly ushort[] _isRepG1 = new ushort[States];
    private readonly ushort[] _isRepG2 = new ushort[States];
    private readonly ushort[] _isRep0Long = new ushort[States << 4];
    private readonly ushort[] _posSlots = new ushort[4 << 6];
    private readonly ushort[] _positions = new ushort[115];
    private readonly ushort[] _align = new ushort[16];
    private readonly ushort[] _literals = new ushort[0x300 << MostLiteralBits];
    private readonly LzmaLength _length = new();
    private readonly LzmaLength _repLength = new();
    private int _lc;
    private int _lpMask;
    private int _pbMask;
    private int _state;
    private uint _rep0;
    private uint _rep1;
    private uint _rep2;
    private uint _rep3;

    /// <summary>Takes the three numbers from their byte, and begins anew; false where it is none.</summary>
    public bool SetProperties(int properties)
    {
        if (properties >= 9 * 5 * 5)
            return false;
        var (lc, lp, pb) = (properties % 9, properties / 9 % 5, properties / 45);
        if (lc + lp > MostLiteralBits)
            return false;
        (_lc, _lpMask, _pbMask) = (lc, (1 << lp) - 1, (1 << pb) - 1);
        ResetState();
        return true;
    }

    public void ResetState()
    {
        foreach (var probabilities in new[] { _isMatch, _isRep, _isRepG0, _isRepG1, _isRepG2, _isRep0Long, _posSlots, _positions, _align, _literals })
            Array.Fill(probabilities, RangeDecoder.Even);
        _length.Reset();
        _repLength.Reset();
        (_state, _rep0, _rep1, _rep2, _rep3) = (0, 0, 0, 0, 0);
    }

    /// <summary>Decodes a chunk; false where it makes no sense.</summary>
    /// <param name="packed">The chunk.</param>
    /// <param name="window">Receives what comes out.</param>
    /// <param name="size">How many bytes come out.</param>
    public bool Decode(ReadOnlySpan<byte> packed, LzmaWindow window, int size)
    {
        var range = new RangeDecoder(packed);
        if (!range.Begin())
            return false;
        while (size > 0 && !range.IsOver)
        {
            var posState = (int)window.Total & _pbMask;
            if (range.Bit(ref _isMatch[(_state << 4) + posState]) == 0)
            {
                if (_state >= 7 && !window.Has(_rep0))
                    return false;
                Literal(ref range, window);
                size--;
                continue;
            }

            var count = range.Bit(ref _isRep[_state]) == 0 ? Match(ref range, posState) : Repeated(ref range, posState);
            if (count > size || !window.Has(_rep0))
                return false;
            window.Repeat(_rep0, count);
            size -= count;
        }

        return size == 0 && !range.IsOver;
    }

    private void Literal(ref RangeDecoder range, LzmaWindow window)
    {
        var at = 0x300 * ((((int)window.Total & _lpMask) << _lc) + (window.Last >> (8 - _lc)));
        var probabilities = _literals.AsSpan(at, 0x300);
        var symbol = 1;
        if (_state >= 7)
        {
            int matched = window.Back(_rep0);
            while (symbol < 0x100)
            {
                var bit = (matched >> 7) & 1;
                matched <<= 1;
                var got = range.Bit(ref probabilities[((1 + bit) << 8) + symbol]);
                symbol = (symbol << 1) | got;
                if (bit != got)
                    break;
            }
        }

        while (symbol < 0x100)
            symbol = (symbol << 1) | range.Bit(ref probabilities[symbol]);
        window.Put((byte)symbol);
        _state = _state < 4 ? 0 : _state < 10 ? _state - 3 : _state - 6;
    }

    private int Match(ref RangeDecoder range, int posState)
    {
        (_rep3, _rep2, _rep1) = (_rep2, _rep1, _rep0);
        var length = _length.Decode(ref range, posState);
        _state = _state < 7 ? 7 : 10;
        _rep0 = Distance(ref range, length);
        return length + 2;
    }

    private int Repeated(ref RangeDecoder range, int posState)
    {
        if (range.Bit(ref _isRepG0[_state]) == 0)
        {
            if (range.Bit(ref _isRep0Long[(_state << 4) + posState]) == 0)
            {
                _state = _state < 7 ? 9 : 11;
                return 1;
            }
        }
        else if (range.Bit(ref _isRepG1[_state]) == 0)
        {
            (_rep0, _rep1) = (_rep1, _rep0);
        }
        else if (range.Bit(ref _isRepG2[_state]) == 0)
        {
            (_rep0, _rep1, _rep2) = (_rep2, _rep0, _rep1);
        }
        else
        {
            (_rep0, _rep1, _rep2, _rep3) = (_rep3, _rep0, _rep1, _rep2);
        }

        _state = _state < 7 ? 8 : 11;
        return _repLength.Decode(ref range, posState) + 2;
    }

    private uint Distance(ref RangeDecoder range, int length)
    {
        var slot = range.Tree(_posSlots.AsSpan(Math.Min(length, 3) << 6, 64), 6);
        if (slot < 4)
            return (uint)slot;
        var bits = (slot >> 1) - 1;
        var distance = (2u | ((uint)slot & 1)) << bits;
        return slot < LongestPosSlot
            ? distance + range.ReverseTree(_positions.AsSpan((int)distance - slot), bits)
            : distance + (range.Direct(bits - 4) << 4) + range.ReverseTree(_align, 4);
    }
}
