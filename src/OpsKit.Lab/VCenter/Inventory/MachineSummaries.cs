using OpsKit.Lab.Estate;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>How machines stand: <c>runtime</c> and <c>summary</c>.</summary>
internal static class MachineSummaries
{
    public static VirtualMachineRuntimeInfo Runtime(LabMachine machine)
    {
        var on = machine.PowerState == "poweredOn";
        return new VirtualMachineRuntimeInfo
        {
            Host = machine.Host.Reference(),
            ConnectionState = machine.Host.ConnectionState == "connected" ? VirtualMachineConnectionState.Connected : VirtualMachineConnectionState.Disconnected,
            PowerState = new VirtualMachinePowerState(machine.PowerState),
            FaultToleranceState = new VirtualMachineFaultToleranceState(machine.FaultToleranceState),
            ToolsInstallerMounted = false,
            SuspendTime = machine.PowerState == "suspended" ? machine.SuspendTime : null,
            BootTime = on ? machine.BootTime : null,
            SuspendInterval = 0,
            MemoryOverhead = on ? 60L << 20 : null,
            MaxCpuUsage = machine.Cpus * HostHardware.Mhz,
            MaxMemoryUsage = machine.MemoryMb,
            NumMksConnections = 0,
            RecordReplayState = VirtualMachineRecordReplayState.Inactive,
            CleanPowerOff = on ? null : true,
            OnlineStandby = false,
            ConsolidationNeeded = machine.ConsolidationNeeded,
            CryptoState = "notEncrypted",
        };
    }

    public static VirtualMachineSummary Summary(LabInventory inventory, LabMachine machine) => Summary(machine, inventory.Clock);

    /// <summary>As its host tells it, too.</summary>
    public static VirtualMachineSummary Summary(LabMachine machine, LabClock clock) => new()
    {
        Vm = machine.Reference(),
        Runtime = Runtime(machine),
        Guest = MachineGuest.Summary(machine),
        Config = Config(machine),
        Storage = new VirtualMachineStorageSummary
        {
            Committed = machine.Disks.Sum(MachineFiles.Used),
            Uncommitted = machine.Disks.Sum(disk => disk.CapacityKb * 1024 - MachineFiles.Used(disk)),
            Unshared = machine.Disks.Sum(MachineFiles.Used),
            Timestamp = clock.GetUtcNow(),
        },
        QuickStats = QuickStats(machine, clock),
        OverallStatus = ManagedEntityStatus.Green,
    };

    private static VirtualMachineConfigSummary Config(LabMachine machine) => new()
    {
        Name = machine.Name,
        Template = machine.IsTemplate,
        VmPathName = MachineFiles.VmPathName(machine),
        MemorySizeMB = machine.MemoryMb,
        CpuReservation = (int)machine.CpuReservation,
        MemoryReservation = (int)machine.MemoryReservation,
        NumCpu = machine.Cpus,
        NumEthernetCards = machine.Nics.Count,
        NumVirtualDisks = machine.Disks.Count,
        Uuid = machine.Uuid,
        InstanceUuid = machine.InstanceUuid,
        GuestId = machine.GuestId,
        GuestFullName = machine.GuestFullName,
        Annotation = machine.Annotation.Length > 0 ? machine.Annotation : null,
        InstallBootRequired = false,
        NumVmiopBackings = 0,
        HwVersion = machine.HardwareVersion,
    };

    private static VirtualMachineQuickStats QuickStats(LabMachine machine, LabClock clock)
    {
        var on = machine.PowerState == "poweredOn";
        return new VirtualMachineQuickStats
        {
            OverallCpuUsage = on ? machine.Cpus * 180 : 0,
            OverallCpuDemand = on ? machine.Cpus * 190 : 0,
            GuestMemoryUsage = on ? machine.MemoryMb / 5 : 0,
            HostMemoryUsage = on ? machine.MemoryMb * 7 / 10 : 0,
            GuestHeartbeatStatus = on && machine.ToolsRunning ? ManagedEntityStatus.Green : ManagedEntityStatus.Gray,
            SwappedMemory = 0,
            BalloonedMemory = 0,
            CompressedMemory = 0,
            UptimeSeconds = on && machine.BootTime is { } booted ? (int)Math.Max(0, (clock.GetUtcNow() - booted).TotalSeconds) : null,
        };
    }
}
