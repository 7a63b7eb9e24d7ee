using System.Globalization;
using OpsKit.Lab.Estate;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>How machines are configured: <c>config</c>, of the machine now or of a snapshot.</summary>
internal static class MachineConfig
{
    public static VirtualMachineConfigInfo Of(LabMachine machine, IReadOnlyList<LabDisk> disks)
    {
        var folder = MachineFiles.Folder(machine);
        return new VirtualMachineConfigInfo
        {
            ChangeVersion = ChangeVersion(machine),
            Modified = machine.Modified,
            Name = machine.Name,
            GuestFullName = machine.GuestFullName,
            Version = machine.HardwareVersion,
            Uuid = machine.Uuid,
            InstanceUuid = machine.InstanceUuid,
            Template = machine.IsTemplate,
            GuestId = machine.GuestId,
            AlternateGuestName = "",
            Annotation = machine.Annotation.Length > 0 ? machine.Annotation : null,
            Files = new VirtualMachineFileInfo { VmPathName = MachineFiles.VmPathName(machine), SnapshotDirectory = folder, SuspendDirectory = folder, LogDirectory = folder },
            Tools = new ToolsConfigInfo { ToolsVersion = 12389, AfterPowerOn = true, AfterResume = true, BeforeGuestStandby = true, BeforeGuestShutdown = true, ToolsUpgradePolicy = "manual", SyncTimeWithHostAllowed = true, SyncTimeWithHost = false },
            Flags = new VirtualMachineFlagInfo
            {
                DisableAcceleration = false, EnableLogging = true, UseToe = false, RunWithDebugInfo = false, MonitorType = "release", HtSharing = "any", SnapshotDisabled = false, SnapshotLocked = false,
                DiskUuidEnabled = false, VirtualMmuUsage = machine.VirtualMmuUsage, VirtualExecUsage = machine.VirtualExecUsage, SnapshotPowerOffBehavior = "powerOff", RecordReplayEnabled = false,
                FaultToleranceType = "unset", CbrcCacheEnabled = false, VvtdEnabled = false, VbsEnabled = false,
            },
            DefaultPowerOps = new VirtualMachineDefaultPowerOpInfo { PowerOffType = "soft", SuspendType = "hard", ResetType = "soft", DefaultPowerOffType = "soft", DefaultSuspendType = "hard", DefaultResetType = "soft", StandbyAction = "checkpoint" },
            Hardware = new VirtualHardware { NumCPU = machine.Cpus, NumCoresPerSocket = 1, MemoryMB = machine.MemoryMb, VirtualICH7MPresent = false, VirtualSMCPresent = false, Device = MachineDevices.Of(machine, disks) },
            CpuAllocation = Allocation(machine.CpuReservation, machine.CpuLimit, machine.Cpus * 1000),
            MemoryAllocation = Allocation(machine.MemoryReservation, machine.MemoryLimit, machine.MemoryMb * 10),
            MemoryHotAddEnabled = false,
            CpuHotAddEnabled = false,
            CpuHotRemoveEnabled = false,
            ExtraConfig = ExtraConfig(machine, disks),
            DatastoreUrl = [.. disks.Select(disk => disk.Datastore).Distinct().Select(datastore => new VirtualMachineConfigInfoDatastoreUrlPair { Name = datastore.Name, Url = datastore.Url[5..] })],
            SwapPlacement = "inherit",
            VAssertsEnabled = false,
            ChangeTrackingEnabled = machine.ChangeTrackingEnabled,
            Firmware = "bios",
            MaxMksConnections = 40,
            GuestAutoLockEnabled = true,
            MemoryReservationLockedToMax = false,
            NestedHVEnabled = false,
            VPMCEnabled = false,
        };
    }

    /// <summary>The number of the hardware version: 7 of <c>vmx-07</c>.</summary>
    public static int Generation(LabMachine machine) => int.Parse(machine.HardwareVersion.AsSpan(4), CultureInfo.InvariantCulture);

    public static string ChangeVersion(LabMachine machine) => machine.Modified.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture) + (machine.ChangeVersion == 1 ? "" : $".{machine.ChangeVersion}");

    public static ResourceAllocationInfo Allocation(long reservation, long limit, int shares) => new()
    {
        Reservation = reservation, ExpandableReservation = false, Limit = limit, Shares = new SharesInfo { Shares = shares, Level = SharesLevel.Normal },
    };

    private static List<OptionValue> ExtraConfig(LabMachine machine, IReadOnlyList<LabDisk> disks)
    {
        var rows = new List<OptionValue>(machine.ExtraConfig.Count + disks.Count + 4)
        {
            new() { Key = "nvram", Value = $"{machine.Name.Replace('/', '_')}.nvram" },
            new() { Key = "svga.present", Value = "TRUE" },
            new() { Key = "pciBridge0.present", Value = "TRUE" },
        };
        if (machine.ChangeTrackingEnabled)
        {
            rows.Add(new OptionValue { Key = "ctkEnabled", Value = "TRUE" });
            rows.AddRange(disks.Select(disk => new OptionValue { Key = $"{MachineDevices.Slot(disk)}.ctkEnabled", Value = "TRUE" }));
        }

        rows.AddRange(machine.ExtraConfig.Select(pair => new OptionValue { Key = pair.Key, Value = pair.Value }));
        return rows;
    }
}
