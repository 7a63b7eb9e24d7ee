namespace OpsKit.Modules.Licensing;

/// <summary>Counts in sentences.</summary>
internal static class Counted
{
    /// <summary><c>1 host</c>, <c>2 hosts</c>.</summary>
    public static string Of(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
