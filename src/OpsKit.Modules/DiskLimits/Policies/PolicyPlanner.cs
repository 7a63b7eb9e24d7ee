using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualDisks;

namespace OpsKit.Modules.DiskLimits;

/// <summary>A disk that a policy is about.</summary>
/// <param name="Machine">Its machine.</param>
/// <param name="Disk">The disk.</param>
/// <param name="Policy">The first rule that means it.</param>
internal sealed record GovernedDisk(LimitedMachine Machine, VirtualDiskState Disk, LimitPolicy Policy)
{
    /// <summary>Whether the disk has another limit than the rule gives it.</summary>
    public bool Drifts => Disk.IopsLimit != Policy.Limit;
}

/// <summary>State and rules to drift, and to the change that mends it. Pure.</summary>
internal static class PolicyPlanner
{
    /// <summary>The machine's disks that a rule means; others are left alone.</summary>
    public static IReadOnlyList<GovernedDisk> Governed(LimitedMachine machine, IReadOnlyList<LimitPolicy> policies) =>
    [
        .. from disk in machine.Machine.Disks
           let policy = policies.FirstOrDefault(rule => rule.Means(machine, disk))
           where policy is not null
           select new GovernedDisk(machine, disk, policy),
    ];

    /// <summary>The plan.</summary>
    /// <param name="target">The machine.</param>
    /// <param name="machine">What is seen of it.</param>
    /// <param name="policies">The rules, the first that means a disk holds.</param>
    /// <param name="mends">Whether drift is mended; else it is only reported.</param>
    public static TargetPlan Plan(Target target, LimitedMachine machine, IReadOnlyList<LimitPolicy> policies, bool mends)
    {
        IReadOnlyList<DiskWish> wishes = mends ? [.. Governed(machine, policies).Select(disk => DiskWish.ToLimit(disk.Disk, disk.Policy.Limit))] : [];
        return LimitPlan.Of(target, machine, wishes, chosen: false, [], []);
    }
}
