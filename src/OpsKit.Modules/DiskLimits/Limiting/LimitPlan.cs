using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.DiskLimits;

/// <summary>Wishes to the plan of one machine: one change for all of its disks. Pure.</summary>
internal static class LimitPlan
{
    /// <summary>The plan.</summary>
    /// <param name="target">The machine.</param>
    /// <param name="machine">What is seen of it.</param>
    /// <param name="wishes">What is wanted of its disks; those that have it already are left out.</param>
    /// <param name="chosen">Whether the operator chose the disks.</param>
    /// <param name="blockers">What stands in the way besides.</param>
    /// <param name="warnings">What else he should know.</param>
    public static TargetPlan Of(Target target, LimitedMachine machine, IReadOnlyList<DiskWish> wishes, bool chosen, IEnumerable<string> blockers, IEnumerable<string> warnings)
    {
        if (machine.Machine.Unread is { } reason)
            return new TargetPlan { Target = target, NotAssessed = reason, Failure = FailureKind.Failed };
        var changing = wishes.Select(wish => wish.Changing(machine)).OfType<DiskWish>().ToList();
        if (machine.Machine.IsTemplate && changing.Count > 0)
            return new TargetPlan { Target = target, Observed = Observed(machine), Warnings = ["it is a template, which cannot be reconfigured: it stays as it is"] };
        var changes = changing.Count == 0 ? [] : new[] { Change(machine, changing) };
        return new TargetPlan
        {
            Target = target,
            Observed = Observed(machine),
            Changes = changes,
            Blockers = [.. blockers, .. changing.Count == 0 ? [] : Blockers(machine, changing)],
            Warnings = [.. warnings, .. changing.Count == 0 ? [] : LimitEffects.Of(machine, wishes, chosen)],
        };
    }

    private static SortedDictionary<string, string> Observed(LimitedMachine machine)
    {
        var observed = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["scheduler"] = machine.Rule.Reason };
        foreach (var disk in machine.Machine.Disks)
            observed[disk.Name] = $"{LimitWords.Of(disk.IopsLimit)} on {disk.Datastore ?? "no datastore"}";
        return observed;
    }

    private static PlannedChange Change(LimitedMachine machine, IReadOnlyList<DiskWish> wishes)
    {
        var order = LimitOrder.Of(machine, wishes);
        return new PlannedChange
        {
            Id = order.Id,
            Summary = LimitWords.Summary(wishes),
            Before = LimitWords.States(wishes.Select(wish => (wish.Disk.Label, Both(
                wish.SetsLimit ? LimitWords.Of(wish.Disk.IopsLimit) : null, wish.SetsCap ? LimitWords.Cap(machine.BandwidthCaps.GetValueOrDefault(wish.Disk.Slot ?? "")) : null)))),
            After = After(order),
            Impact = Impact.None,
            Arguments = order.ToArguments(),
        };
    }

    /// <summary>What an order comes to, in words.</summary>
    public static string After(LimitOrder order) => LimitWords.States(order.Disks.Select(disk =>
        (disk.Name.Split(" (")[0], Both(disk.SetsLimit ? LimitWords.Of(disk.Limit) : null, disk.Cap is { } cap ? LimitWords.Cap(cap.Value) : null))));

    private static string Both(string? limit, string? cap) => string.Join(", ", new[] { limit, cap }.OfType<string>());

    private static IEnumerable<string> Blockers(LimitedMachine machine, IReadOnlyList<DiskWish> wishes)
    {
        if (machine.Machine.ConnectionState is not ("connected" or "unknown"))
            yield return $"it is {machine.Machine.ConnectionState} for vCenter";
        if (machine.Range is { } range)
        {
            foreach (var limit in wishes.Where(wish => wish.SetsLimit).Select(wish => wish.Limit).OfType<long>().Distinct().Where(limit => !range.Takes(limit)))
                yield return $"{LimitWords.Of(limit)} is not within what the server takes: {range.Least} to {range.Most}";
        }

        if (wishes.FirstOrDefault(wish => wish is { SetsCap: true, Disk.Slot: null }) is { } nowhere)
            yield return $"the bandwidth cap of {nowhere.Disk.Name} cannot be named: its controller is not known";
    }
}
