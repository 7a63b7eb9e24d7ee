using System.Globalization;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Orders <c>vmnic2</c> before <c>vmnic10</c>.</summary>
internal sealed class NicOrder : IComparer<string>
{
    public static readonly NicOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (Parts(x ?? ""), Parts(y ?? ""));
        var byName = string.CompareOrdinal(left.Name, right.Name);
        return byName != 0 ? byName : left.Number != right.Number ? left.Number.CompareTo(right.Number) : string.CompareOrdinal(x, y);
    }

    private static (string Name, long Number) Parts(string text)
    {
        var name = text.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return (name, long.TryParse(text.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1);
    }
}
