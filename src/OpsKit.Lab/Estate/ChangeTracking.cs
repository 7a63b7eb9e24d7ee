namespace OpsKit.Lab.Estate;

/// <summary>Changed block tracking: the flag says what is wanted, and only a stun makes it so for each disk. Called under the gate.</summary>
internal static class ChangeTracking
{
    /// <summary>A machine is stunned and goes on: snapshot made or removed, power cycle, resume, migration.</summary>
    public static void Stun(LabEstate estate, LabMachine machine)
    {
        foreach (var disk in machine.Disks)
        {
            if (!machine.ChangeTrackingEnabled || !CanTrack(machine, disk))
                disk.ChangeId = null;
            else
                disk.ChangeId ??= ChangeIds.New(estate);
        }
    }

    /// <summary>Contents were replaced: what was known of changes is void.</summary>
    public static void Reset(LabEstate estate, LabMachine machine)
    {
        foreach (var disk in machine.Disks)
            disk.ChangeId = machine.ChangeTrackingEnabled && CanTrack(machine, disk) ? ChangeIds.New(estate) : null;
    }

    /// <summary>Hardware version 7, and no disk that bypasses the host's storage stack.</summary>
    public static bool CanTrack(LabMachine machine, LabDisk disk) =>
        IsSupported(machine) && !disk.PhysicalRdm && !disk.DiskMode.StartsWith("independent", StringComparison.Ordinal);

    public static bool IsSupported(LabMachine machine) => string.CompareOrdinal(machine.HardwareVersion, "vmx-07") >= 0;
}
