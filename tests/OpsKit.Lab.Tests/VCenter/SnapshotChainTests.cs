using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

/// <summary>A machine with snapshots writes to the last link of each disk's chain, and an edit must name that file.</summary>
public sealed class SnapshotChainTests
{
    [Fact]
    public void Disk_of_a_machine_with_snapshots_is_a_delta_with_its_parents()
    {
        using var lab = new OperatedLab();
        var machine = lab.Machine("web01");
        Snapshot(lab, machine);
        Snapshot(lab, machine);

        var backing = Disk(lab, machine).Backing.ShouldBeOfType<VirtualDiskFlatVer2BackingInfo>();

        backing.FileName.ShouldBe("[ds01] web01/web01-000002.vmdk");
        backing.Parent!.FileName.ShouldBe("[ds01] web01/web01-000001.vmdk");
        backing.Parent.Parent!.FileName.ShouldBe("[ds01] web01/web01.vmdk");
        backing.Parent.Parent.Parent.ShouldBeNull();
        var layout = (VirtualMachineFileLayoutEx)lab.Inventory.Property(machine.Reference(), "layoutEx")!;
        layout.File.Select(file => file.Name).ShouldContain("[ds01] web01/web01-000002-delta.vmdk");
        layout.Disk.ShouldHaveSingleItem().Chain.Count.ShouldBe(3);
    }

    [Fact]
    public void Disk_as_it_was_read_can_be_edited_with_snapshots_and_without()
    {
        using var lab = new OperatedLab();
        var machine = lab.Machine("web01");
        var before = Disk(lab, machine);
        Snapshot(lab, machine);

        Edit(lab, machine, before, 100).Error!.Fault.ShouldBeOfType<InvalidDeviceBacking>("the file is that of before the snapshot");
        Edit(lab, machine, Disk(lab, machine), 100).State.ShouldBe(TaskInfoState.Success);
        machine.Disks[0].IopsLimit.ShouldBe(100);
        lab.Run(new RemoveAllSnapshotsTaskRequest { Self = machine.Reference() }).State.ShouldBe(TaskInfoState.Success);
        Disk(lab, machine).Backing.ShouldBeOfType<VirtualDiskFlatVer2BackingInfo>().FileName.ShouldBe("[ds01] web01/web01.vmdk");
        Edit(lab, machine, Disk(lab, machine), 200).State.ShouldBe(TaskInfoState.Success);
    }

    [Fact]
    public void Machine_under_fault_tolerance_takes_no_snapshot()
    {
        using var lab = new OperatedLab();
        var machine = lab.Machine("web01");
        machine.FaultToleranceState = "running";

        lab.Run(Create(machine)).Error!.Fault.ShouldBeOfType<NotSupported>();
        ((VirtualMachineRuntimeInfo)lab.Inventory.Property(machine.Reference(), "runtime")!).FaultToleranceState.ShouldBe(VirtualMachineFaultToleranceState.Running);
    }

    [Fact]
    public void Suspended_machine_keeps_its_size_and_takes_a_limit()
    {
        using var lab = new OperatedLab();
        var machine = lab.Machine("web01");
        lab.Run(new SuspendVMTaskRequest { Self = machine.Reference() }).State.ShouldBe(TaskInfoState.Success);

        lab.Run(new ReconfigVMTaskRequest { Self = machine.Reference(), Spec = new VirtualMachineConfigSpec { MemoryMB = 1024 } }).Error!.Fault.ShouldBeOfType<InvalidPowerState>();
        Edit(lab, machine, Disk(lab, machine), 100).State.ShouldBe(TaskInfoState.Success);
    }

    private static CreateSnapshotTaskRequest Create(LabMachine machine) => new() { Self = machine.Reference(), Name = "s", Memory = false, Quiesce = false };

    private static void Snapshot(OperatedLab lab, LabMachine machine) => lab.Run(Create(machine)).State.ShouldBe(TaskInfoState.Success);

    private static VirtualDisk Disk(OperatedLab lab, LabMachine machine) =>
        ((VirtualMachineConfigInfo)lab.Inventory.Property(machine.Reference(), "config")!).Hardware!.Device.OfType<VirtualDisk>().First();

    private static TaskInfo Edit(OperatedLab lab, LabMachine machine, VirtualDisk disk, long limit)
    {
        disk.StorageIOAllocation!.Limit = limit;
        var change = new VirtualDeviceConfigSpec { Operation = VirtualDeviceConfigSpecOperation.Edit, Device = disk };
        return lab.Run(new ReconfigVMTaskRequest { Self = machine.Reference(), Spec = new VirtualMachineConfigSpec { DeviceChange = [change] } });
    }
}
