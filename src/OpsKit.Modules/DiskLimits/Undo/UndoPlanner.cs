using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.DiskLimits;

/// <summary>What an undo file has of a machine, to the change that puts it back. Pure.</summary>
internal static class UndoPlanner
{
    /// <summary>The plan; one without changes for a machine that the file does not have.</summary>
    public static TargetPlan Plan(Target target, LimitedMachine machine, UndoEntry? entry)
    {
        var (wishes, blockers, warnings) = (new List<DiskWish>(), new List<string>(), new List<string>());
        foreach (var old in entry?.Disks ?? [])
        {
            if (machine.Machine.Disks.FirstOrDefault(disk => disk.Key == old.Key && disk.Name == old.Name) is not { } disk)
            {
                if (machine.Machine.Unread is null)
                    blockers.Add($"it has no {old.Name} any more, or another disk has its place");
                continue;
            }

            if (old.HasLimit && disk.IopsLimit != old.Given && disk.IopsLimit != old.Limit)
                warnings.Add($"{old.Name} has {LimitWords.Of(disk.IopsLimit)} now, not the {LimitWords.Of(old.Given)} it was given: somebody has changed it since");
            var setsCap = old.CapSlot is not null;
            if (setsCap && machine.Machine.PowerState != "poweredOff" && machine.BandwidthCaps.GetValueOrDefault(old.CapSlot!) != old.Cap)
                blockers.Add($"the bandwidth cap of {old.Name} can be put back only while the machine is switched off");
            wishes.Add(new DiskWish(disk) { SetsLimit = old.HasLimit, Limit = old.Limit, SetsCap = setsCap, Cap = old.Cap });
        }

        return LimitPlan.Of(target, machine, wishes, chosen: false, blockers, warnings);
    }
}
