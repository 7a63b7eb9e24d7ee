namespace OpsKit.Vim25.Generator.Model;

/// <summary>API versions such as <c>2.5u2</c> or <c>7.0.2.0</c>.</summary>
internal static class ApiVersion
{
    /// <summary>The later of two versions; an unknown one is earliest.</summary>
    internal static string? Later(string? left, string? right) =>
        left is null ? right : right is null ? left : Compare(left, right) >= 0 ? left : right;

    private static int Compare(string left, string right)
    {
        var (a, b) = (Numbers(left), Numbers(right));
        for (var i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            var difference = a.ElementAtOrDefault(i).CompareTo(b.ElementAtOrDefault(i));
            if (difference != 0)
                return difference;
        }

        return 0;
    }

    private static int[] Numbers(string version) => [.. version.Split('.', 'u', 'U').Select(part => int.TryParse(part, out var number) ? number : 0)];
}
