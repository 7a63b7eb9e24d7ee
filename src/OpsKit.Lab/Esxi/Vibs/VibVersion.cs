using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Vibs;

/// <summary>Versions of packages, compared run by run: digits as numbers, letters as text.</summary>
internal static class VibVersion
{
    public static int Compare(string left, string right)
    {
        var a = left.AsSpan();
        var b = right.AsSpan();
        while (true)
        {
            a = a.TrimStart(".-_");
            b = b.TrimStart(".-_");
            if (a.IsEmpty || b.IsEmpty)
                return a.Length.CompareTo(b.Length);
            var x = Run(a);
            var y = Run(b);
            var order = char.IsAsciiDigit(x[0]) && char.IsAsciiDigit(y[0]) ? Numbers(x, y) : x.SequenceCompareTo(y);
            if (order != 0)
                return order;
            a = a[x.Length..];
            b = b[y.Length..];
        }
    }

    /// <summary>Whether a package or what it provides is what a relation asks for.</summary>
    public static bool Meets(LabVib vib, VibRelation wanted) =>
        (vib.Name == wanted.Name && Holds(vib.Version, wanted)) || vib.Provides.Any(provided => provided.Name == wanted.Name && (provided.Version is null || Holds(provided.Version, wanted)));

    private static bool Holds(string version, VibRelation wanted)
    {
        if (wanted.Relation is null || wanted.Version is null)
            return true;
        var order = Compare(version, wanted.Version);
        return wanted.Relation switch { "<<" => order < 0, "<=" => order <= 0, ">=" => order >= 0, ">>" => order > 0, _ => order == 0 };
    }

    private static ReadOnlySpan<char> Run(ReadOnlySpan<char> text)
    {
        var digits = char.IsAsciiDigit(text[0]);
        var length = 1;
        while (length < text.Length && text[length] is not ('.' or '-' or '_') && char.IsAsciiDigit(text[length]) == digits)
            length++;
        return text[..length];
    }

    private static int Numbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
    }
}
