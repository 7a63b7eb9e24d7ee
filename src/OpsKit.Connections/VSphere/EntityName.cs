namespace OpsKit.Connections.VSphere;

/// <summary>Names of inventory objects as people see them.</summary>
public static class EntityName
{
    /// <summary>Undoes what vCenter escapes in names: <c>%2f</c>, <c>%5c</c> and <c>%25</c> stand for <c>/</c>, <c>\</c> and <c>%</c>; null for an empty name.</summary>
    public static string? Plain(string? name) => string.IsNullOrEmpty(name) ? null : name
        .Replace("%2f", "/", StringComparison.OrdinalIgnoreCase)
        .Replace("%5c", "\\", StringComparison.OrdinalIgnoreCase)
        .Replace("%25", "%", StringComparison.Ordinal);
}
