using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>
/// <c>QueryChangedDiskAreas</c>: the areas in use for <c>*</c>, else what changed since a mark. An answer covers a part of the disk; the next question
/// begins where it ended.
/// </summary>
internal sealed class ChangedAreas(OperationContext context)
{
    private const long Block = 64 * 1024;
    private const long Region = 512 * Block;
    private const long MostCovered = 256L << 30;

    public static void Register(LabOperations operations, OperationContext context) =>
        operations.Add<QueryChangedDiskAreasRequest>("QueryChangedDiskAreas", (_, request) => new ChangedAreas(context).Query(request));

    private DiskChangeInfo Query(QueryChangedDiskAreasRequest request)
    {
        var machine = context.Machine(request.Self);
        OperationContext.DemandConnected(machine.Host);
        if (request.Snapshot is null && machine.PowerState != "poweredOff")
            throw OperationFaults.InvalidPowerState(machine, "poweredOff");
        var disks = request.Snapshot is { } reference ? Snapshot(machine, reference) : machine.Disks;
        var disk = disks.FirstOrDefault(disk => disk.Key == request.DeviceKey) ?? throw OperationFaults.InvalidArgument("deviceKey");
        var capacity = disk.CapacityKb * 1024;
        if (request.StartOffset is not { } start || start < 0 || start >= capacity)
            throw OperationFaults.InvalidArgument("startOffset");
        var end = Math.Min(capacity, start + MostCovered);
        var (share, seed) = Share(disk, request.ChangeId ?? "");
        return new DiskChangeInfo { StartOffset = start, Length = end - start, ChangedArea = [.. Areas(start, end, share, seed)] };
    }

    private static IReadOnlyList<LabDisk> Snapshot(LabMachine machine, ManagedObjectReference reference) =>
        SnapshotTree.All(machine).FirstOrDefault(snapshot => snapshot.Id == reference.Value)?.Disks ?? throw OperationFaults.NotFound(reference.Value);

    /// <summary>How many of a thousand regions changed, and what decides which.</summary>
    private static (int Share, int Seed) Share(LabDisk disk, string since)
    {
        if (disk.ChangeId is not { } now || ChangeIds.Split(now) is not { } mark)
            throw OperationFaults.FileFault(disk.FileName, "changed block tracking is not in effect on it.");
        if (since == "*")
            return (disk.ThinProvisioned ? 400 : 600, disk.Key);
        if (ChangeIds.Split(since) is not { } asked || asked.Epoch != mark.Epoch || asked.Number > mark.Number)
            throw OperationFaults.FileFault(disk.FileName, $"the change id {since} is not one of this disk's.");
        return (Math.Min(500, 15 * (mark.Number - asked.Number)), disk.Key + asked.Number);
    }

    private static IEnumerable<DiskChangeExtent> Areas(long start, long end, int share, int seed)
    {
        long? begin = null;
        for (var region = start / Region; region * Region < end; region++)
        {
            var changed = Mix((uint)region, (uint)seed) % 1000 < share;
            if (changed)
            {
                begin ??= Math.Max(start, region * Region);
                continue;
            }

            if (begin is { } from)
                yield return new DiskChangeExtent { Start = from, Length = region * Region - from };
            begin = null;
        }

        if (begin is { } last)
            yield return new DiskChangeExtent { Start = last, Length = end - last };
    }

    private static uint Mix(uint region, uint seed)
    {
        var mixed = unchecked((region * 2654435761u) ^ (seed * 2246822519u));
        return mixed ^ (mixed >> 13);
    }
}
