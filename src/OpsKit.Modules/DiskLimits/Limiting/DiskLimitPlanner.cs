using System.Globalization;
using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualDisks;

namespace OpsKit.Modules.DiskLimits;

/// <summary>State and options to the change of one machine. Pure.</summary>
public static class DiskLimitPlanner
{
    /// <summary>What the step would do to the machine's disks.</summary>
    /// <param name="target">The machine.</param>
    /// <param name="machine">What is seen of it.</param>
    /// <param name="options">What is asked for; not an undo file.</param>
    public static TargetPlan Plan(Target target, LimitedMachine machine, DiskLimitOptions options)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(options);
        var (blockers, warnings) = (new List<string>(), new List<string>());
        var disks = Busy(machine, Chosen(machine, options.Disks, blockers), options, warnings);
        List<DiskWish> wishes = disks.Count == 0 ? [] : options switch
        {
            { Clear: true } => Clear(machine, disks, warnings),
            { Iops: { } iops } => Merge(Limit(machine, disks, iops, options.Enforce, blockers), Cap(machine, disks, options, blockers)),
            _ => Cap(machine, disks, options, blockers),
        };
        return LimitPlan.Of(target, machine, wishes, chosen: options.Disks.Count > 0 || options.Above is not null, blockers, warnings);
    }

    private static IReadOnlyList<VirtualDiskState> Chosen(LimitedMachine machine, IReadOnlyList<string> names, List<string> blockers)
    {
        if (names.Count == 0 || machine.Machine.Unread is not null)
            return machine.Machine.Disks;
        var disks = new List<VirtualDiskState>();
        foreach (var name in names)
        {
            try
            {
                disks.Add(DiskNames.Find(machine.Machine, name));
            }
            catch (OpsKitException none)
            {
                blockers.Add($"{none.What}; {none.Next}");
            }
        }

        return [.. disks.DistinctBy(disk => disk.Key)];
    }

    /// <summary>Only those that are busy now, where that is asked for. What is not measured is not limited, and said.</summary>
    private static IReadOnlyList<VirtualDiskState> Busy(LimitedMachine machine, IReadOnlyList<VirtualDiskState> disks, DiskLimitOptions options, List<string> warnings)
    {
        if (options.Above is not { } above)
            return disks;
        if (machine.Machine.IsPoweredOn && disks.Count > 0 && machine.Loads is null or { Count: 0 })
            warnings.Add("it runs, and the server has no samples of what its disks do: it is not limited");
        return [.. disks.Where(disk => disk.Slot is { } slot && machine.Loads?.GetValueOrDefault(slot) is { } load && load.Iops >= above)];
    }

    private static List<DiskWish> Limit(LimitedMachine machine, IReadOnlyList<VirtualDiskState> disks, long iops, bool enforce, List<string> blockers)
    {
        if (!enforce || machine.Rule.Kind == SchedulerKind.PerDisk)
            return [.. disks.Select(disk => DiskWish.ToLimit(disk, iops))];
        var wishes = new List<DiskWish>();
        var chosen = disks.Select(disk => disk.Key).ToHashSet();
        foreach (var place in LimitJudge.Judge(machine).Where(verdict => chosen.Contains(verdict.Disk.Key)).GroupBy(verdict => verdict.Together[0].Key).Select(group => group.First().Together))
        {
            if (place.Count > 1 && machine.Rule.Kind == SchedulerKind.Unknown)
                blockers.Add($"how limits are enforced there is not known ({machine.Rule.Reason}), so nothing can be made sure of");
            wishes.AddRange(Share(place, iops).Select(share => DiskWish.ToLimit(share.Disk, share.Limit)));
        }

        return wishes;
    }

    /// <summary>What the disks of a datastore may do together, in equal parts: how it is cut does not matter, since the sum is what is enforced.</summary>
    private static IEnumerable<(VirtualDiskState Disk, long Limit)> Share(IReadOnlyList<VirtualDiskState> disks, long iops) =>
        disks.Select((disk, place) => (disk, (iops / disks.Count) + (place < iops % disks.Count ? 1 : 0)));

    private static List<DiskWish> Cap(LimitedMachine machine, IReadOnlyList<VirtualDiskState> disks, DiskLimitOptions options, List<string> blockers)
    {
        if (options.BytesPerSecond is not { } bytes)
            return [];
        if (machine.Machine.PowerState != "poweredOff")
        {
            blockers.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"a bandwidth cap cannot be set while it is {Words(machine.Machine.PowerState)}: the API has no field for it, and its advanced parameter is read at power-on. {Rate.BandwidthWords(bytes)} are {IoCost.Limit(bytes, options.IoSizeKb, machine.Rule.Kind)} IOPS at {options.IoSizeKb} KB a request here, which can be set now"));
            return [];
        }

        return [.. disks.Select(disk => new DiskWish(disk) { SetsCap = true, Cap = ThrottleKeys.Value(bytes) })];
    }

    private static List<DiskWish> Merge(List<DiskWish> limits, List<DiskWish> caps) =>
        [.. limits.Select(limit => caps.FirstOrDefault(cap => cap.Disk.Key == limit.Disk.Key) is { } cap ? limit with { SetsCap = true, Cap = cap.Cap } : limit)];

    private static List<DiskWish> Clear(LimitedMachine machine, IReadOnlyList<VirtualDiskState> disks, List<string> warnings)
    {
        var capped = disks.Where(disk => disk.Slot is { } slot && machine.BandwidthCaps.ContainsKey(slot)).Select(disk => disk.Key).ToHashSet();
        var off = machine.Machine.PowerState == "poweredOff";
        if (capped.Count > 0 && !off)
            warnings.Add($"the bandwidth cap of {DiskNames.List(disks.Where(disk => capped.Contains(disk.Key)))} stays: it can be taken off only while the machine is switched off");
        return [.. disks.Select(disk => DiskWish.ToLimit(disk, null) with { SetsCap = off && capped.Contains(disk.Key) })];
    }

    private static string Words(string powerState) => powerState switch { "poweredOn" => "running", "suspended" => "suspended", _ => $"in the state {powerState}" };
}
