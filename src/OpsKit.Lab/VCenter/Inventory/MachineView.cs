using OpsKit.Lab.Estate;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>Properties of virtual machines.</summary>
internal static class MachineView
{
    public static object? Property(LabInventory inventory, LabMachine machine, string name) => name switch
    {
        "name" => Refs.Escaped(machine.Name),
        "parent" => inventory.Places.FolderOf(machine).Reference,
        "runtime" => MachineSummaries.Runtime(machine),
        "summary" => MachineSummaries.Summary(inventory, machine),
        "config" => MachineConfig.Of(machine, machine.Disks),
        "guest" => MachineGuest.Of(machine),
        "guestHeartbeatStatus" => machine is { PowerState: "poweredOn", ToolsRunning: true } ? ManagedEntityStatus.Green : ManagedEntityStatus.Gray,
        "capability" => Capability(MachineConfig.Generation(machine)),
        "layoutEx" => MachineFiles.Layout(inventory, machine),
        "storage" => MachineFiles.Storage(inventory, machine),
        "environmentBrowser" => new ManagedObjectReference("EnvironmentBrowser", $"envbrowser-{Refs.Number(machine.Id)}"),
        "resourcePool" => machine.IsTemplate ? null : machine.Host.Cluster.Pool(),
        "datastore" => machine.Disks.Select(disk => disk.Datastore).Distinct().Select(datastore => datastore.Reference()).List(),
        "network" => machine.Nics.Select(nic => Networks.PortGroup(machine.Host, nic.PortGroup)).OfType<LabPortGroup>().Select(group => group.Reference()).Distinct().List(),
        "snapshot" => SnapshotTree.Info(machine),
        "rootSnapshot" => machine.Snapshots.Select(snapshot => snapshot.Reference()).List(),
        "tag" => machine.Tags.Select(tag => new Tag { Key = tag }).List("Tag"),
        "resourceConfig" => new ResourceConfigSpec
        {
            Entity = machine.Reference(), CpuAllocation = MachineConfig.Allocation(machine.CpuReservation, machine.CpuLimit, machine.Cpus * 1000), MemoryAllocation = MachineConfig.Allocation(machine.MemoryReservation, machine.MemoryLimit, machine.MemoryMb * 10),
        },
        _ => inventory.Entity(machine.Reference(), name),
    };

    /// <summary>What machines of a hardware version can do.</summary>
    public static VirtualMachineCapability Capability(int generation) => new()
    {
        SnapshotOperationsSupported = true, MultipleSnapshotsSupported = true, SnapshotConfigSupported = true, PoweredOffSnapshotsSupported = true, MemorySnapshotsSupported = true,
        RevertToSnapshotSupported = true, QuiescedSnapshotsSupported = true, DisableSnapshotsSupported = false, LockSnapshotsSupported = false, ConsolePreferencesSupported = false,
        CpuFeatureMaskSupported = true, S1AcpiManagementSupported = true, SettingScreenResolutionSupported = true, ToolsAutoUpdateSupported = false, VmNpivWwnSupported = true,
        NpivWwnOnNonRdmVmSupported = true, VmNpivWwnDisableSupported = true, VmNpivWwnUpdateSupported = true, SwapPlacementSupported = true, ToolsSyncTimeSupported = true,
        VirtualMmuUsageSupported = true, DiskSharesSupported = true, BootOptionsSupported = true, BootRetryOptionsSupported = true, SettingVideoRamSizeSupported = true,
        SettingDisplayTopologySupported = false, RecordReplaySupported = false, ChangeTrackingSupported = generation >= 7, MultipleCoresPerSocketSupported = true,
        HostBasedReplicationSupported = true, GuestAutoLockSupported = true, MemoryReservationLockSupported = true, FeatureRequirementSupported = true, PoweredOnMonitorTypeChangeSupported = true,
        SeSparseDiskSupported = true, NestedHVSupported = true, VPMCSupported = true,
    };
}
