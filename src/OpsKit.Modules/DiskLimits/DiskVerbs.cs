using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.DiskLimits;

/// <summary>The verbs on disks of virtual machines.</summary>
public static class DiskVerbs
{
    /// <summary>The verbs.</summary>
    public static IReadOnlyList<IVerb> All { get; } = [DiskReportVerb.Top, DiskReportVerb.Limits, new DiskLimitVerb(), new DiskPolicyVerb()];
}
