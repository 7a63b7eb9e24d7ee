using System.Globalization;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>What keeps a machine from being tracked, or from a stun cycle. Pure.</summary>
internal static class MachineObstacles
{
    private const int LeastHardwareVersion = 7;

    /// <summary>Why no disk of it can be tracked, whatever is done; null where one can.</summary>
    public static string? Lasting(ChangeTrackingState state, ChangeTrackingFacts facts)
    {
        if (state.Machine.IsTemplate)
            return "templates cannot be reconfigured";
        if (state.ManagedBy is { } extension && facts.LeavesAlone(extension))
            return $"it is a machine of {extension}, which others do not change";
        if (state.FaultTolerance is not (null or "notConfigured"))
            return $"it is protected by fault tolerance ({state.FaultTolerance}), which goes with no snapshot";
        if (HardwareOf(state.HardwareVersion) is { } hardware and < LeastHardwareVersion)
            return string.Create(CultureInfo.InvariantCulture, $"its hardware version is {hardware}, and tracking needs {LeastHardwareVersion}");
        if (state.Machine.Disks.Count == 0)
            return "it has no disks";
        if (state.Supported == false)
            return "the server says that it cannot be tracked";
        return DiskTracking.Of(state).All(disk => disk.Obstacle is not null) ? $"none of its disks can be tracked: {Words(state)}" : null;
    }

    /// <summary>Why it cannot be stunned by a snapshot while it runs; null where it can.</summary>
    public static string? OfSnapshots(ChangeTrackingState state) => DiskTracking.Of(state)
        .Where(disk => (disk.Disk.IsPhysicalRdm && !disk.Disk.IsIndependent) || disk.Disk.SharedBus is "virtualSharing" or "physicalSharing" || disk.Disk.Sharing == "sharingMultiWriter")
        .Select(disk => $"while it runs it takes no snapshot, which the stun is made with: {disk.Disk.Name}: {disk.Obstacle}; do it while it is switched off")
        .FirstOrDefault();

    /// <summary>Why its datastores have no room for a snapshot.</summary>
    public static IEnumerable<string> OfSpace(IEnumerable<DatastoreSpace> datastores, int freePercent)
    {
        foreach (var datastore in datastores)
        {
            if (datastore.Accessible == false)
                yield return $"datastore {datastore.Name} is not accessible";
            else if (datastore.FreePercent is { } free && free < freePercent)
                yield return string.Create(CultureInfo.InvariantCulture, $"datastore {datastore.Name} has {free:0.#} % free ({(datastore.FreeBytes ?? 0) >> 30} GB), less than the {freePercent} % wanted for a snapshot");
        }
    }

    /// <summary>Why it cannot be changed now.</summary>
    public static IEnumerable<string> Passing(ChangeTrackingState state)
    {
        if (state.Machine.ConnectionState is not ("connected" or "unknown"))
            yield return $"it is {state.Machine.ConnectionState}: nothing can be changed of it";
        if (state.Question is { } question)
            yield return $"it waits for an answer: {question}";
        if (state.ConsolidationNeeded == true)
            yield return "its disks need to be consolidated, as a snapshot was not taken off whole: consolidate them in vCenter first";
    }

    private static string Words(ChangeTrackingState state) => string.Join("; ", DiskTracking.Of(state).Take(4).Select(disk => $"{disk.Disk.Name}: {disk.Obstacle}"));

    private static int? HardwareOf(string? version) =>
        version is not null && version.StartsWith("vmx-", StringComparison.Ordinal) && int.TryParse(version.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
