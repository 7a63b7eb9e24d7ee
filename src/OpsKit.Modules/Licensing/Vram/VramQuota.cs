namespace OpsKit.Modules.Licensing;

/// <summary>An entitlement: so many MB, or without limit.</summary>
/// <param name="Megabytes">MB; 0 where unlimited.</param>
/// <param name="IsUnlimited">There is no limit.</param>
public readonly record struct VramQuota(long Megabytes, bool IsUnlimited = false)
{
    /// <summary>Nothing.</summary>
    public static VramQuota None => new(0);

    /// <summary>Without limit.</summary>
    public static VramQuota Unlimited => new(0, IsUnlimited: true);

    /// <summary>Both together; unlimited if either is.</summary>
    /// <param name="other">The other entitlement.</param>
    public VramQuota Plus(VramQuota other) =>
        IsUnlimited || other.IsUnlimited ? Unlimited : new VramQuota(checked(Megabytes + other.Megabytes));

    /// <summary>This, but never more than a pool may hold.</summary>
    /// <param name="limitMB">The limit in MB, or null for none.</param>
    public VramQuota AtMost(long? limitMB) =>
        limitMB is { } limit && (IsUnlimited || Megabytes > limit) ? new VramQuota(limit) : this;
}
