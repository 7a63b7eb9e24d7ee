namespace OpsKit.Modules.Vibs;

/// <summary>The probabilities of match lengths.</summary>
internal sealed class LzmaLength
{
    private readonly ushort[] _choices = new ushort[2];
    private readonly ushort[] _low = new ushort[16 << 3];
    private readonly ushort[] _middle = new ushort[16 << 3];
    private readonly ushort[] _high = new ushort[256];

    public void Reset()
    {
        foreach (var probabilities in new[] { _choices, _low, _middle, _high })
            Array.Fill(probabilities, RangeDecoder.Even);
    }

    /// <summary>A length less two.</summary>
    public int Decode(ref RangeDecoder range, int posState)
    {
        if (range.Bit(ref _choices[0]) == 0)
            return range.Tree(_low.AsSpan(posState << 3, 8), 3);
        return range.Bit(ref _choices[1]) == 0 ? 8 + range.Tree(_middle.AsSpan(posState << 3, 8), 3) : 16 + range.Tree(_high, 8);
    }
}
