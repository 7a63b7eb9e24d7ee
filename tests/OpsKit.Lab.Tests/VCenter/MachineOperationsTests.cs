using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

public sealed class MachineOperationsTests
{
    [Fact]
    public void Limit_is_set_on_a_running_machine_and_holds_its_reads_and_writes_down_at_once()
    {
        using var lab = new OperatedLab();
        var hog = lab.Machine("db01");
        lab.Pass(TimeSpan.FromMinutes(1));
        Iops(lab, hog, 1).ShouldBeGreaterThan(10_000);
        lab.Run(LimitOf(lab, hog, 1, 500)).State.ShouldBe(TaskInfoState.Success);
        hog.Disks[1].IopsLimit.ShouldBe(500);
        hog.Disks[0].IopsLimit.ShouldBe(-1);
        lab.Pass(TimeSpan.FromMinutes(1));
        Iops(lab, hog, 1).ShouldBeInRange(498, 502);
        Iops(lab, hog, 2).ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public void Limits_of_old_hosts_are_added_up_by_datastore_and_void_when_one_disk_has_none()
    {
        using var lab = new OperatedLab(LabSize.Field);
        var hog = lab.Machine("db01");
        lab.Run(LimitOf(lab, hog, 1, 500));
        lab.Pass(TimeSpan.FromMinutes(1));
        Iops(lab, hog, 1).ShouldBeGreaterThan(10_000);
        lab.Run(LimitOf(lab, hog, 0, 100));
        lab.Pass(TimeSpan.FromMinutes(1));
        (Iops(lab, hog, 0) + Iops(lab, hog, 1)).ShouldBeInRange(596, 604);
        Iops(lab, hog, 2).ShouldBeGreaterThan(10_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(-2)]
    public void Limit_out_of_range_is_an_invalid_argument(long limit)
    {
        using var lab = new OperatedLab();
        var info = lab.Run(LimitOf(lab, lab.Machine("db01"), 0, limit));
        info.Error!.Fault.ShouldBeOfType<InvalidArgument>().InvalidProperty!.ShouldEndWith("storageIOAllocation.limit");
        lab.Machine("db01").Disks[0].IopsLimit.ShouldBe(-1);
    }

    [Fact]
    public void Unknown_device_or_one_without_its_file_is_refused_and_nothing_is_changed()
    {
        using var lab = new OperatedLab();
        var machine = lab.Machine("db01");
        var unknown = DiskOf(lab, machine, 1);
        unknown.Key = 2999;
        var both = new VirtualMachineConfigSpec { Annotation = "changed", DeviceChange = [Edit(DiskOf(lab, machine, 0)), Edit(unknown)] };
        lab.Run(new ReconfigVMTaskRequest { Self = machine.Reference(), Spec = both }).Error!.Fault.ShouldBeOfType<InvalidDeviceSpec>().DeviceIndex.ShouldBe(1);
        var bare = DiskOf(lab, machine, 0);
        bare.Backing = null;
        lab.Run(new ReconfigVMTaskRequest { Self = machine.Reference(), Spec = new VirtualMachineConfigSpec { DeviceChange = [Edit(bare)] } }).Error!.Fault.ShouldBeOfType<InvalidDeviceBacking>();
        machine.Annotation.ShouldBe("");
    }

    [Fact]
    public void Reconfiguring_with_an_old_change_version_is_concurrent_access()
    {
        using var lab = new OperatedLab();
        var machine = lab.Machine("web01");
        var seen = ((VirtualMachineConfigInfo)lab.Inventory.Property(machine.Reference(), "config")!).ChangeVersion;
        lab.Run(Configure(machine, new VirtualMachineConfigSpec { Annotation = "one", ChangeVersion = seen })).State.ShouldBe(TaskInfoState.Success);
        lab.Run(Configure(machine, new VirtualMachineConfigSpec { Annotation = "two", ChangeVersion = seen })).Error!.Fault.ShouldBeOfType<ConcurrentAccess>();
        machine.Annotation.ShouldBe("one");
    }

    [Fact]
    public void Tracking_begins_with_the_stun_of_a_snapshot_and_not_with_the_flag()
    {
        using var lab = new OperatedLab();
        var machine = lab.Machine("app01");
        lab.Run(Configure(machine, new VirtualMachineConfigSpec { ChangeTrackingEnabled = true })).State.ShouldBe(TaskInfoState.Success);
        machine.ChangeTrackingEnabled.ShouldBeTrue();
        machine.Disks.ShouldAllBe(disk => disk.ChangeId == null);
        var snapshot = (ManagedObjectReference)lab.Run(Snapshot(machine)).Result!;
        machine.Disks.ShouldAllBe(disk => disk.ChangeId != null);
        lab.Inventory.TypeOf(snapshot).ShouldBe("VirtualMachineSnapshot");
        lab.Run(new RemoveSnapshotTaskRequest { Self = snapshot, RemoveChildren = false }).State.ShouldBe(TaskInfoState.Success);
        machine.Snapshots.ShouldBeEmpty();
        lab.Inventory.TypeOf(snapshot).ShouldBeNull();
        lab.Inventory.Property(machine.Reference(), "snapshot").ShouldBeNull();
    }

    [Fact]
    public void Tracking_needs_hardware_version_seven()
    {
        using var lab = new OperatedLab(LabSize.Field);
        lab.Run(Configure(lab.Machine("legacy01"), new VirtualMachineConfigSpec { ChangeTrackingEnabled = true })).Error!.Fault.ShouldBeOfType<NotSupported>();
    }

    [Fact]
    public void Changed_areas_since_a_snapshot_are_asked_for_piece_by_piece()
    {
        using var lab = new OperatedLab();
        var machine = lab.Machine("file01");
        var disk = machine.Disks[1];
        var before = disk.ChangeId!;
        lab.Run(Snapshot(machine));
        var snapshot = (ManagedObjectReference)lab.Run(Snapshot(machine)).Result!;
        var (all, pieces) = Areas(lab, machine, disk, snapshot, "*");
        pieces.ShouldBeGreaterThan(1);
        var (changed, _) = Areas(lab, machine, disk, snapshot, before);
        changed.ShouldBeInRange(1, all - 1);
        Should.Throw<LabFaultException>(() => Areas(lab, machine, disk, snapshot, "52 00/1")).Fault.ShouldBeOfType<FileFault>();
        Should.Throw<LabFaultException>(() => Areas(lab, machine, disk, null, "*")).Fault.ShouldBeOfType<InvalidPowerState>();
    }

    [Fact]
    public void Removing_a_snapshot_keeps_its_children_and_removing_all_takes_them()
    {
        using var lab = new OperatedLab();
        var machine = lab.Machine("web01");
        var first = (ManagedObjectReference)lab.Run(Snapshot(machine)).Result!;
        var second = (ManagedObjectReference)lab.Run(Snapshot(machine)).Result!;
        lab.Run(new RemoveSnapshotTaskRequest { Self = first, RemoveChildren = false });
        machine.Snapshots.ShouldHaveSingleItem().Id.ShouldBe(second.Value);
        machine.CurrentSnapshot!.Parent.ShouldBeNull();
        lab.Run(new RemoveAllSnapshotsTaskRequest { Self = machine.Reference() });
        machine.CurrentSnapshot.ShouldBeNull();
    }

    [Fact]
    public void Snapshot_left_unconsolidated_is_consolidated_on_request()
    {
        using var lab = new OperatedLab();
        var machine = lab.Machine("web01");
        var snapshot = (ManagedObjectReference)lab.Run(Snapshot(machine)).Result!;
        lab.Run(new RemoveSnapshotTaskRequest { Self = snapshot, RemoveChildren = false, Consolidate = false });
        machine.ConsolidationNeeded.ShouldBeTrue();
        lab.Run(new ConsolidateVMDisksTaskRequest { Self = machine.Reference() });
        machine.ConsolidationNeeded.ShouldBeFalse();
    }

    [Fact]
    public void Going_back_to_a_snapshot_restores_disks_and_switches_off()
    {
        using var lab = new OperatedLab();
        var machine = lab.Machine("file01");
        var epoch = machine.Disks[0].ChangeId;
        var snapshot = (ManagedObjectReference)lab.Run(Snapshot(machine)).Result!;
        lab.Run(LimitOf(lab, machine, 0, 200));
        lab.Run(new RevertToSnapshotTaskRequest { Self = snapshot }).State.ShouldBe(TaskInfoState.Success);
        machine.Disks[0].IopsLimit.ShouldBe(-1);
        machine.PowerState.ShouldBe("poweredOff");
        ChangeIds.Split(machine.Disks[0].ChangeId!)!.Value.Epoch.ShouldNotBe(ChangeIds.Split(epoch!)!.Value.Epoch);
    }

    [Fact]
    public void Switching_on_what_runs_is_an_invalid_power_state()
    {
        using var lab = new OperatedLab();
        lab.Run(new PowerOnVMTaskRequest { Self = lab.Machine("web01").Reference() }).Error!.Fault.ShouldBeOfType<InvalidPowerState>().ExistingState.ShouldBe(VirtualMachinePowerState.PoweredOn);
    }

    [Fact]
    public void Power_goes_off_on_suspended_and_on_again()
    {
        using var lab = new OperatedLab();
        var machine = lab.Machine("web02");
        lab.Run(new SuspendVMTaskRequest { Self = machine.Reference() }).State.ShouldBe(TaskInfoState.Success);
        machine.PowerState.ShouldBe("suspended");
        lab.Run(new PowerOnVMTaskRequest { Self = machine.Reference() }).State.ShouldBe(TaskInfoState.Success);
        lab.Invoke(new ShutdownGuestRequest { Self = machine.Reference() });
        machine.PowerState.ShouldBe("poweredOn");
        lab.Until(() => machine.PowerState == "poweredOff", TimeSpan.FromMinutes(1));
        Should.Throw<LabFaultException>(() => lab.Invoke(new ShutdownGuestRequest { Self = machine.Reference() })).Fault.ShouldBeOfType<InvalidPowerState>();
    }

    [Fact]
    public void Processors_and_memory_of_a_running_machine_stay_as_they_are()
    {
        using var lab = new OperatedLab();
        lab.Run(Configure(lab.Machine("web01"), new VirtualMachineConfigSpec { NumCPUs = 8 })).Error!.Fault.ShouldBeOfType<CpuHotPlugNotSupported>();
        lab.Run(Configure(lab.Machine("web01"), new VirtualMachineConfigSpec { MemoryMB = 16384 })).Error!.Fault.ShouldBeOfType<MemoryHotPlugNotSupported>();
        lab.Run(Configure(lab.Machine("test02"), new VirtualMachineConfigSpec { NumCPUs = 4, MemoryMB = 8192 })).State.ShouldBe(TaskInfoState.Success);
        lab.Machine("test02").Cpus.ShouldBe(4);
    }

    [Fact]
    public void Migration_moves_the_machine_and_not_to_a_host_in_maintenance_mode()
    {
        using var lab = new OperatedLab();
        var machine = lab.Machine("web01");
        var target = lab.Estate.Hosts[3];
        lab.Run(Migrate(machine, target)).State.ShouldBe(TaskInfoState.Success);
        machine.Host.ShouldBe(target);
        lab.Estate.Hosts[1].InMaintenanceMode = true;
        lab.Run(Migrate(machine, lab.Estate.Hosts[1])).Error!.Fault.ShouldBeOfType<InvalidState>();
        machine.Host.ShouldBe(target);
    }

    [Fact]
    public void Relocation_takes_the_disks_to_another_datastore()
    {
        using var lab = new OperatedLab();
        var (machine, target) = (lab.Machine("web01"), lab.Estate.Datastores[1]);
        lab.Run(new RelocateVMTaskRequest { Self = machine.Reference(), Spec = new VirtualMachineRelocateSpec { Datastore = target.Reference() } }, TimeSpan.FromHours(1)).State.ShouldBe(TaskInfoState.Success);
        machine.Disks[0].FileName.ShouldBe("[ds02] web01/web01.vmdk");
        ((IEnumerable<ManagedObjectReference>)lab.Inventory.Property(target.Reference(), "vm")!).ShouldContain(machine.Reference());
    }

    [Fact]
    public void A_task_that_is_to_fail_fails_and_changes_nothing()
    {
        using var lab = new OperatedLab(failures: (_, operation) => operation == "CreateSnapshot_Task" ? new LabFaultException(new SystemError { Reason = "wanted" }, "wanted") : null);
        lab.Run(Snapshot(lab.Machine("web01"))).Error!.LocalizedMessage.ShouldBe("wanted");
        lab.Machine("web01").Snapshots.ShouldBeEmpty();
    }

    [Fact]
    public void Extra_configuration_ignores_what_the_api_has_properties_for()
    {
        using var lab = new OperatedLab();
        var machine = lab.Machine("web01");
        lab.Run(Configure(machine, new VirtualMachineConfigSpec { ExtraConfig = [new OptionValue { Key = "sched.scsi0:0.throughputCap", Value = "500" }, new OptionValue { Key = "ethernet0.features", Value = "0x2" }] })).State.ShouldBe(TaskInfoState.Success);
        machine.ExtraConfig.ShouldHaveSingleItem().Key.ShouldBe("ethernet0.features");
        lab.Run(Configure(machine, new VirtualMachineConfigSpec { ExtraConfig = [new OptionValue { Key = "ethernet0.features", Value = "" }] }));
        machine.ExtraConfig.ShouldBeEmpty();
    }

    [Fact]
    public void Who_may_only_read_reconfigures_nothing()
    {
        using var lab = new OperatedLab();
        var auditor = lab.Estate.VCenters[0].Accounts[1];
        Should.Throw<LabFaultException>(() => lab.Invoke(Configure(lab.Machine("web01"), new VirtualMachineConfigSpec { Annotation = "x" }), auditor))
            .Fault.ShouldBeOfType<NoPermission>().PrivilegeId.ShouldBe("VirtualMachine.Config.Annotation");
    }

    [Fact]
    public void Disk_is_added_where_there_is_room_and_removed_again()
    {
        using var lab = new OperatedLab();
        var machine = lab.Machine("web01");
        var disk = new VirtualDisk { Key = -1, ControllerKey = 1000, UnitNumber = 1, CapacityInKB = 10 << 20, Backing = new VirtualDiskFlatVer2BackingInfo { FileName = "", DiskMode = "persistent", ThinProvisioned = true } };
        var add = new VirtualDeviceConfigSpec { Operation = VirtualDeviceConfigSpecOperation.Add, FileOperation = VirtualDeviceConfigSpecFileOperation.Create, Device = disk };
        lab.Run(Configure(machine, new VirtualMachineConfigSpec { DeviceChange = [add] })).State.ShouldBe(TaskInfoState.Success);
        machine.Disks.Count.ShouldBe(2);
        lab.Run(Configure(machine, new VirtualMachineConfigSpec { DeviceChange = [add] })).Error!.Fault.ShouldBeOfType<InvalidDeviceSpec>();
        var remove = new VirtualDeviceConfigSpec { Operation = VirtualDeviceConfigSpecOperation.Remove, FileOperation = VirtualDeviceConfigSpecFileOperation.Destroy, Device = DiskOf(lab, machine, 1) };
        lab.Run(Configure(machine, new VirtualMachineConfigSpec { DeviceChange = [remove] })).State.ShouldBe(TaskInfoState.Success);
        machine.Disks.ShouldHaveSingleItem();
    }

    private static (long Bytes, int Pieces) Areas(OperatedLab lab, LabMachine machine, LabDisk disk, ManagedObjectReference? snapshot, string since)
    {
        long start = 0, bytes = 0;
        var pieces = 0;
        while (start < disk.CapacityKb * 1024)
        {
            var piece = (DiskChangeInfo)lab.Invoke(new QueryChangedDiskAreasRequest { Self = machine.Reference(), Snapshot = snapshot, DeviceKey = disk.Key, StartOffset = start, ChangeId = since })!;
            piece.ChangedArea.ShouldAllBe(area => area.Start >= start && area.Start + area.Length <= start + piece.Length);
            bytes += piece.ChangedArea.Sum(area => area.Length!.Value);
            start += piece.Length!.Value;
            pieces++;
        }

        return (bytes, pieces);
    }

    private static ReconfigVMTaskRequest Configure(LabMachine machine, VirtualMachineConfigSpec spec) => new() { Self = machine.Reference(), Spec = spec };

    private static CreateSnapshotTaskRequest Snapshot(LabMachine machine) => new() { Self = machine.Reference(), Name = "test", Memory = false, Quiesce = false };

    private static MigrateVMTaskRequest Migrate(LabMachine machine, LabHost host) => new() { Self = machine.Reference(), Host = host.Reference(), Priority = VirtualMachineMovePriority.DefaultPriority };

    private static VirtualDisk DiskOf(OperatedLab lab, LabMachine machine, int index) =>
        ((VirtualMachineConfigInfo)lab.Inventory.Property(machine.Reference(), "config")!).Hardware!.Device.OfType<VirtualDisk>().ElementAt(index);

    private static VirtualDeviceConfigSpec Edit(VirtualDisk disk) => new() { Operation = VirtualDeviceConfigSpecOperation.Edit, Device = disk };

    private static ReconfigVMTaskRequest LimitOf(OperatedLab lab, LabMachine machine, int index, long limit)
    {
        var disk = DiskOf(lab, machine, index);
        disk.StorageIOAllocation!.Limit = limit;
        return Configure(machine, new VirtualMachineConfigSpec { DeviceChange = [Edit(disk)] });
    }

    /// <summary>Reads and writes a second in the newest sample.</summary>
    private static long Iops(OperatedLab lab, LabMachine machine, int index)
    {
        var query = new PerfQuerySpec
        {
            Entity = machine.Reference(), IntervalId = 20, MaxSample = 1,
            MetricId = [.. new[] { 173, 174 }.Select(counter => new PerfMetricId { CounterId = counter, Instance = $"scsi0:{index}" })],
        };
        var answer = (IEnumerable<PerfEntityMetricBase>)lab.Invoke(new QueryPerfRequest { Self = new ManagedObjectReference("PerformanceManager", "PerfMgr"), QuerySpec = [query] })!;
        return answer.OfType<PerfEntityMetric>().Single().Value.OfType<PerfMetricIntSeries>().Sum(series => series.Value.Single());
    }
}
