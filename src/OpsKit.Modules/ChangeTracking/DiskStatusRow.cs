namespace OpsKit.Modules.ChangeTracking;

/// <summary>A disk as the report shows it; of a machine without disks, the machine alone.</summary>
internal sealed record DiskStatusRow(ChangeTrackingState State, DiskTracking? Disk, string? Reason, string? Warnings)
{
    public static IEnumerable<DiskStatusRow> Of(ChangeTrackingState state, ChangeTrackingFacts facts, DateTimeOffset now)
    {
        var disks = DiskTracking.Of(state);
        var lasting = MachineObstacles.Lasting(state, facts);
        if (disks.Count == 0)
            yield return new DiskStatusRow(state, null, lasting, OfMachine(state, facts, now));
        foreach (var disk in disks)
            yield return new DiskStatusRow(state, disk, ReasonOf(state, disk, lasting), Joined(OfDisk(state, disk, facts).Append(OfMachine(state, facts, now))));
    }

    private static string? ReasonOf(ChangeTrackingState state, DiskTracking disk, string? lasting) => disk switch
    {
        { IsTracked: true } when state.Flag == false => $"still tracked: the flag is off, {When(state)}",
        { IsTracked: true } => null,
        { Obstacle: { } obstacle } => obstacle,
        _ when lasting is not null => lasting,
        { Disk.ChangeId: not null } => "a changeId, but no -ctk.vmdk among its files",
        _ when state.Flag == true => $"the flag is on, {When(state)}",
        _ when state.Flag is null => "the server does not tell the flag",
        _ => "off",
    };

    private static string When(ChangeTrackingState state) => state.Machine.PowerState switch
    {
        "poweredOn" => "and it was not stunned since",
        "suspended" => "and it was not resumed since",
        _ => "and it was not switched on since",
    };

    /// <summary>Faults concern what is tracked, and what is about to be.</summary>
    private static IEnumerable<string> OfDisk(ChangeTrackingState state, DiskTracking disk, ChangeTrackingFacts facts) => disk.IsTracked || state.Flag == true
        ? facts.Faults.Where(fault => disk.Obstacle is null && fault.Concerns(state.Host?.Version, state.Host?.Build, disk.Disk.CapacityBytes)).Select(fault => $"{fault.Id}: {fault.What}")
        : [];

    private static string? OfMachine(ChangeTrackingState state, ChangeTrackingFacts facts, DateTimeOffset now)
    {
        var kinds = SnapshotKinds.Of(state.Snapshots, facts);
        return Joined(
        [
            kinds.Own.Count > 0 ? $"a run left {SnapshotKinds.Words(kinds.Own, now)}" : null,
            kinds.LeftBehind(now).ToList() is { Count: > 0 } left ? $"a backup left {SnapshotKinds.Words(left, now)}" : null,
            state.ConsolidationNeeded == true ? "its disks need to be consolidated" : null,
        ]);
    }

    private static string? Joined(IEnumerable<string?> parts) => string.Join("; ", parts.OfType<string>()) is { Length: > 0 } text ? text : null;
}
