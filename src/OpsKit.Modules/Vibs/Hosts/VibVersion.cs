namespace OpsKit.Modules.Vibs;

/// <summary>The order of VIB versions: runs of digits are compared as numbers, other runs as text, and a number comes after a text.</summary>
public static class VibVersion
{
    /// <summary>Less than 0 where the first is the older one, 0 where they are the same.</summary>
    public static int Compare(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var (a, b) = (0, 0);
        while (true)
        {
            var first = Next(left, ref a);
            var second = Next(right, ref b);
            if (first.Length == 0 || second.Length == 0)
                return first.Length.CompareTo(second.Length);
            var (isNumber, isOtherNumber) = (char.IsAsciiDigit(first[0]), char.IsAsciiDigit(second[0]));
            var order = (isNumber, isOtherNumber) switch
            {
                (true, true) => CompareNumbers(first, second),
                (false, false) => first.SequenceCompareTo(second),
                _ => isNumber.CompareTo(isOtherNumber),
            };
            if (order != 0)
                return order;
        }
    }

    private static ReadOnlySpan<char> Next(string version, ref int at)
    {
        while (at < version.Length && !char.IsAsciiLetterOrDigit(version[at]))
            at++;
        var start = at;
        while (at < version.Length && char.IsAsciiLetterOrDigit(version[at]) && char.IsAsciiDigit(version[at]) == char.IsAsciiDigit(version[start]))
            at++;
        return version.AsSpan(start, at - start);
    }

    private static int CompareNumbers(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        var a = first.TrimStart('0');
        var b = second.TrimStart('0');
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
    }
}
