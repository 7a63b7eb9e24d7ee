namespace OpsKit.Modules.Vibs;

/// <summary>The range decoder of LZMA, over one chunk.</summary>
/// <param name="packed">The chunk.</param>
internal ref struct RangeDecoder(ReadOnlySpan<byte> packed)
{
    /// <summary>The probability to begin with: zero and one are as likely.</summary>
    public const ushort Even = 1 << 10;

    private const uint Top = 1 << 24;
    private const int Bits = 11;
    private const int Move = 5;

    private readonly ReadOnlySpan<byte> _packed = packed;
    private uint _range = uint.MaxValue;
    private uint _code;
    private int _at;

    /// <summary>Whether more was asked for than there is.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Reads the first bytes; false where they are none of a chunk.</summary>
    public bool Begin()
    {
        if (_packed.Length < 5 || _packed[0] != 0)
            return false;
        for (_at = 1; _at < 5; _at++)
            _code = (_code << 8) | _packed[_at];
        return true;
    }

    public int Bit(ref ushort probability)
    {
        if (_range < Top)
            More();
        var bound = (_range >> Bits) * probability;
        if (_code < bound)
        {
            _range = bound;
            probability += (ushort)(((1 << Bits) - probability) >> Move);
            return 0;
        }

        _range -= bound;
        _code -= bound;
        probability -= (ushort)(probability >> Move);
        return 1;
    }

    public uint Direct(int count)
    {
        uint number = 0;
        for (; count > 0; count--)
        {
            if (_range < Top)
                More();
            _range >>= 1;
            _code -= _range;
            var mask = 0 - (_code >> 31);
            _code += _range & mask;
            number = (number << 1) + mask + 1;
        }

        return number;
    }

    public int Tree(Span<ushort> probabilities, int bits)
    {
        var symbol = 1;
        for (var bit = 0; bit < bits; bit++)
            symbol = (symbol << 1) | Bit(ref probabilities[symbol]);
        return symbol - (1 << bits);
    }

    public uint ReverseTree(Span<ushort> probabilities, int bits)
    {
        var (symbol, number) = (1, 0u);
        for (var place = 0; place < bits; place++)
        {
            var bit = Bit(ref probabilities[symbol]);
            symbol = (symbol << 1) | bit;
            number |= (uint)bit << place;
        }

        return number;
    }

    private void More()
    {
        if (_at >= _packed.Length)
        {
            IsOver = true;
            _range = uint.MaxValue;
            return;
        }

        _range <<= 8;
        _code = (_code << 8) | _packed[_at++];
    }
}
