using System.Globalization;

namespace OpsKit.Modules.Vibs;

/// <summary>A release line of ESXi, such as 6.7: the first two numbers of a version.</summary>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second number.</param>
public sealed record EsxiLine(int Major, int Minor) : IComparable<EsxiLine>
{
    /// <summary>The line of a version such as <c>6.7.0-1.29</c> or <c>8.0.2</c>; null where it does not begin with two numbers.</summary>
    /// <param name="version">The version.</param>
    public static EsxiLine? Of(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        var parts = version.Split('.', '-', ' ');
        return parts.Length >= 2 && Number(parts[0]) is { } major && Number(parts[1]) is { } minor ? new EsxiLine(major, minor) : null;
    }

    /// <inheritdoc/>
    public int CompareTo(EsxiLine? other) => other is null ? 1 : (Major, Minor).CompareTo((other.Major, other.Minor));

    /// <summary>Whether one line is older than another.</summary>
    public static bool operator <(EsxiLine left, EsxiLine right) => Comparer<EsxiLine>.Default.Compare(left, right) < 0;

    /// <summary>Whether one line is newer than another.</summary>
    public static bool operator >(EsxiLine left, EsxiLine right) => Comparer<EsxiLine>.Default.Compare(left, right) > 0;

    /// <summary>Whether one line is older than another or the same.</summary>
    public static bool operator <=(EsxiLine left, EsxiLine right) => Comparer<EsxiLine>.Default.Compare(left, right) <= 0;

    /// <summary>Whether one line is newer than another or the same.</summary>
    public static bool operator >=(EsxiLine left, EsxiLine right) => Comparer<EsxiLine>.Default.Compare(left, right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Major}.{Minor}";

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
