namespace OpsKit.Modules.DiskLimits;

/// <summary>The limits a server takes, from its own <c>limitOption</c>.</summary>
/// <param name="Least">The least number of I/O operations a second.</param>
/// <param name="Most">The greatest.</param>
public sealed record LimitRange(long Least, long Most)
{
    /// <summary>Whether a limit is within it.</summary>
    public bool Takes(long limit) => limit >= Least && limit <= Most;
}
