namespace OpsKit.Modules.Licensing;

/// <summary>Names of inventory objects arrive with <c>/</c>, <c>\</c> and <c>%</c> written as <c>%2f</c>, <c>%5c</c>, <c>%25</c>; clients show them plain.</summary>
internal static class EntityName
{
    public static string? Plain(string? name) => string.IsNullOrEmpty(name) ? null : name
        .Replace("%2f", "/", StringComparison.OrdinalIgnoreCase)
        .Replace("%5c", "\\", StringComparison.OrdinalIgnoreCase)
        .Replace("%25", "%", StringComparison.Ordinal);
}
