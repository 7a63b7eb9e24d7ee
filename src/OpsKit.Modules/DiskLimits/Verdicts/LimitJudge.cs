using OpsKit.Modules.VirtualDisks;

namespace OpsKit.Modules.DiskLimits;

/// <summary>Which limits of a machine's disks a host enforces. Pure.</summary>
public static class LimitJudge
{
    /// <summary>Judges the limits a machine has.</summary>
    public static IReadOnlyList<DiskVerdict> Judge(LimitedMachine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return Judge(machine, disk => disk.IopsLimit);
    }

    /// <summary>Judges limits that a machine might have.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="limitOf">The limit of each disk; null for none.</param>
    public static IReadOnlyList<DiskVerdict> Judge(LimitedMachine machine, Func<VirtualDiskState, long?> limitOf)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(limitOf);
        var datastores = machine.Machine.Disks.ToLookup(PlaceOf, StringComparer.Ordinal);
        return [.. machine.Machine.Disks.Select(disk => Judge(disk, [.. datastores[PlaceOf(disk)]], limitOf, machine.Rule.Kind))];
    }

    /// <summary>The datastore two disks must share to be counted together; one that is in no file counts by itself.</summary>
    private static string PlaceOf(VirtualDiskState disk) => disk.DatastoreId ?? disk.Datastore ?? $"disk {disk.Key}";

    private static DiskVerdict Judge(VirtualDiskState disk, IReadOnlyList<VirtualDiskState> together, Func<VirtualDiskState, long?> limitOf, SchedulerKind rule)
    {
        var limit = limitOf(disk);
        var unlimited = together.Where(other => limitOf(other) is null).ToList();
        return new DiskVerdict
        {
            Disk = disk,
            Limit = limit,
            Verdict = Of(limit, together.Count, unlimited.Count, rule),
            Sum = unlimited.Count > 0 ? null : together.Sum(limitOf),
            Limited = together.Count - unlimited.Count,
            Together = together,
            Unlimited = unlimited,
        };
    }

    private static LimitVerdict Of(long? limit, int together, int unlimited, SchedulerKind rule) => (limit, rule) switch
    {
        (null, SchedulerKind.Summed) when unlimited < together => LimitVerdict.Voids,
        (null, _) => LimitVerdict.NoLimit,
        (_, SchedulerKind.PerDisk) => LimitVerdict.PerDisk,
        _ when together == 1 => LimitVerdict.Enforced,
        (_, SchedulerKind.Summed) => unlimited > 0 ? LimitVerdict.NotEnforced : LimitVerdict.Summed,
        _ => LimitVerdict.Undecided,
    };
}
