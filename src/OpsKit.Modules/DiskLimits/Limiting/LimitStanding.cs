using OpsKit.Engine.Plans;
using OpsKit.Modules.Tasks;

namespace OpsKit.Modules.DiskLimits;

/// <summary>Whether an order is carried out, by what is seen of the machine and what was remembered. Pure.</summary>
internal static class LimitStanding
{
    /// <summary>What of an order is not so; null where all of it is.</summary>
    public static string? Missing(LimitOrder order, MachineNow now)
    {
        foreach (var ordered in order.Disks)
        {
            if (now.Find(ordered) is not { } disk)
                return $"{ordered.Name} is not there";
            if (ordered.SetsLimit && disk.IopsLimit != ordered.Limit)
                return $"{ordered.Name} reads {LimitWords.Of(disk.IopsLimit)}, not {LimitWords.Of(ordered.Limit)}";
            if (ordered.Cap is { } cap && (now.BandwidthCaps.GetValueOrDefault(cap.Slot) ?? ThrottleKeys.Off) is var read && read != cap.Value)
                return $"{ThrottleKeys.Of(cap.Slot)} reads {read}, not {cap.Value}";
        }

        return null;
    }

    /// <summary>The standing of a change whose outcome was lost.</summary>
    /// <param name="order">The order.</param>
    /// <param name="note">What was remembered last; null for nothing.</param>
    /// <param name="now">The machine, read after its tasks.</param>
    /// <param name="tasks">Its tasks that reconfigure it.</param>
    public static Standing Of(LimitOrder order, string? note, MachineNow now, IReadOnlyList<RecentTask> tasks)
    {
        if (Missing(order, now) is not { } missing)
            return new Standing(Effect.Done, LimitPlan.After(order));
        if (note is null)
            return new Standing(Effect.NotDone, "it was not asked for yet");
        var trail = TaskTrail.Parse(note);
        return trail.Own(tasks) switch
        {
            { State: RecentTaskState.UnderWay } task => new Standing(Effect.UnderWay, $"{task.Id} is under way"),
            { State: RecentTaskState.Failed } task => new Standing(Effect.NotDone, $"{task.Id} failed: {task.Error}"),
            { } task => new Standing(Effect.NotDone, $"{missing}; {task.Id} is over"),
            null when trail.Task is { } named => new Standing(Effect.NotDone, $"{missing}; vCenter has forgotten {named}"),
            null => new Standing(Effect.NotDone, $"{missing}; vCenter has no task of it") { MayStillCome = true },
        };
    }
}
