namespace OpsKit.Engine.Runs.Report;

/// <summary>Names as people order them: numbers in them by their value, so that esx9 comes before esx10.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static readonly NaturalOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var one = x.AsSpan();
        var other = y.AsSpan();
        while (one.Length > 0 && other.Length > 0)
        {
            var left = Part(one);
            var right = Part(other);
            var order = char.IsAsciiDigit(left[0]) && char.IsAsciiDigit(right[0])
                ? ByValue(left.TrimStart('0'), right.TrimStart('0'))
                : left.CompareTo(right, StringComparison.OrdinalIgnoreCase);
            if (order != 0)
                return order;
            one = one[left.Length..];
            other = other[right.Length..];
        }

        return one.Length != other.Length ? one.Length - other.Length : string.CompareOrdinal(x, y);
    }

    private static int ByValue(ReadOnlySpan<char> one, ReadOnlySpan<char> other) =>
        one.Length != other.Length ? one.Length - other.Length : one.SequenceCompareTo(other);

    private static ReadOnlySpan<char> Part(ReadOnlySpan<char> text)
    {
        var digits = char.IsAsciiDigit(text[0]);
        var length = 1;
        while (length < text.Length && char.IsAsciiDigit(text[length]) == digits)
            length++;
        return text[..length];
    }
}
