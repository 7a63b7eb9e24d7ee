namespace OpsKit.Modules.Licensing;

/// <summary>The one word a line is judged by, and the reason beside it.</summary>
internal static class VramStatus
{
    public static string Of(VramLine line) => line switch
    {
        { Category: not VramCategory.Pool } => "not counted",
        { MissingVCenters.Count: > 0 } => "incomplete",
        { Entitled.IsUnlimited: true } => "unlimited",
        { IsWithin: false } => "over",
        { UsedMB: 0, Entitled.Megabytes: 0 } => "unassigned",
        _ => "within",
    };

    public static string Of(VramKey key) => key switch
    {
        { Quota: null } => "not counted",
        { Use: KeyUse.AssignedElsewhere } => "assigned elsewhere",
        { Use: KeyUse.Unassigned } => "unassigned",
        { Use: KeyUse.UsedUnreported } => "used, not reported by what",
        { Quota.IsUnlimited: true } => "unlimited",
        _ => "assigned",
    };

    public static string? Reason(VramLine line)
    {
        IEnumerable<string?> reasons =
        [
            line.PoolHost is null || line.Category != VramCategory.Pool ? null : $"each host is a pool: {line.PoolHost}",
            line.MissingVCenters.Count == 0 ? null : $"without {string.Join(", ", line.MissingVCenters)}, which did not answer",
            line.Reason,
        ];
        var text = string.Join("; ", reasons.OfType<string>());
        return text.Length == 0 ? null : text;
    }
}
