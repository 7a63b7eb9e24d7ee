using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>Disks of machines: limits and shares of I/O, growth, adding and removing. Limits take effect at once, on running machines too.</summary>
internal static class DiskEdits
{
    /// <summary>The least limit that hosts take; -1 is none.</summary>
    public const long LeastLimit = 16;

    /// <summary>Whether the allocation is other than what the disk has; unset parts stay.</summary>
    public static bool Changes(LabDisk disk, StorageIOAllocationInfo allocation) =>
        (allocation.Limit is { } limit && limit != disk.IopsLimit)
        || (allocation.Shares is { } shares && (shares.Level?.Value != disk.SharesLevel || (shares.Level == SharesLevel.Custom && shares.Shares != disk.Shares)))
        || (allocation.Reservation is { } reservation && reservation != disk.Reservation);

    public static Action<OperationContext> Edit(LabMachine machine, VirtualDisk device, VirtualDeviceConfigSpec change, int index)
    {
        var disk = Find(machine, device, index);

        // VMware's Go library says "replace" with every edit, and real servers keep the file nevertheless.
        if (change.FileOperation is { } operation && operation != VirtualDeviceConfigSpecFileOperation.Replace)
            throw new LabFaultException(new InvalidDeviceOperation { DeviceIndex = index, BadOp = change.Operation, BadFileOp = operation }, $"Invalid operation for device '{index}'.");
        if (device.ControllerKey != disk.ControllerKey || device.UnitNumber != disk.Unit)
            throw OperationFaults.InvalidDevice(index, $"it hangs on {disk.ControllerKey}:{disk.Unit}.");
        CheckBacking(machine, disk, device.Backing, index);
        var capacity = device.CapacityInKB ?? (device.CapacityInBytes / 1024) ?? disk.CapacityKb;
        if (capacity < disk.CapacityKb)
            throw OperationFaults.InvalidDevice(index, "a disk cannot become smaller.");
        if (capacity > disk.CapacityKb && machine.Snapshots.Count > 0)
            throw OperationFaults.InvalidDevice(index, "a disk with snapshots cannot grow.");
        var allocation = device.StorageIOAllocation ?? new StorageIOAllocationInfo();
        CheckAllocation(allocation, index);
        var mode = device.Backing is VirtualDiskFlatVer2BackingInfo { DiskMode: { } wanted } ? wanted : disk.DiskMode;
        if (mode != disk.DiskMode && machine.PowerState != "poweredOff")
            throw OperationFaults.InvalidPowerState(machine, "poweredOff");
        return context =>
        {
            if (allocation.Limit is { } limit)
            {
                context.Limits.Changes(disk, limit, context.Estate.Clock.GetUtcNow());
                disk.IopsLimit = limit;
            }

            SetShares(disk, allocation.Shares);
            disk.Reservation = allocation.Reservation ?? disk.Reservation;
            disk.CapacityKb = capacity;
            disk.DiskMode = mode;
        };
    }

    public static Action<OperationContext> Add(OperationContext context, LabMachine machine, VirtualDisk device, VirtualDeviceConfigSpec change, int index)
    {
        if (change.FileOperation != VirtualDeviceConfigSpecFileOperation.Create)
            throw new LabFaultException(new InvalidDeviceOperation { DeviceIndex = index, BadOp = change.Operation, BadFileOp = change.FileOperation }, $"Invalid operation for device '{index}'.");
        var capacity = device.CapacityInKB ?? 0;
        if (capacity <= 0)
            throw OperationFaults.InvalidDevice(index, "it says no capacity.");
        if (!machine.Disks.Exists(disk => disk.ControllerKey == device.ControllerKey))
            throw new LabFaultException(new InvalidController { DeviceIndex = index, ControllerKey = device.ControllerKey ?? 0 }, $"Invalid controller for device '{index}'.");
        if (device.UnitNumber is not (>= 0 and <= 15 and not 7) || machine.Disks.Exists(disk => disk.ControllerKey == device.ControllerKey && disk.Unit == device.UnitNumber))
            throw OperationFaults.InvalidDevice(index, $"unit {device.UnitNumber} is taken or is none.");
        if (device.Backing is not VirtualDiskFlatVer2BackingInfo backing)
            throw new LabFaultException(new DeviceBackingNotSupported { Device = "Hard disk", Backing = device.Backing?.TypeName ?? "" }, "Device 'Hard disk' uses a backing that is not supported.");
        var datastore = backing.Datastore is { } reference ? context.Datastore(reference) : machine.Disks[0].Datastore;
        if (capacity * 1024 > datastore.FreeBytes && backing.ThinProvisioned != true)
            throw OperationFaults.NoSpace(datastore, backing.FileName ?? "");
        return then =>
        {
            var disk = machine.AddDisk(gb: 0, datastore, device.ControllerKey!.Value, device.UnitNumber!.Value);
            disk.CapacityKb = capacity;
            disk.ThinProvisioned = backing.ThinProvisioned == true;
            disk.DiskMode = backing.DiskMode ?? "persistent";
            disk.IopsLimit = device.StorageIOAllocation?.Limit ?? -1;
            datastore.FreeBytes -= MachineFiles.Used(disk);
            then.Estate.Touch(datastore);
        };
    }

    public static Action<OperationContext> Remove(LabMachine machine, VirtualDisk device, VirtualDeviceConfigSpec change, int index)
    {
        var disk = Find(machine, device, index);
        if (change.FileOperation is { } operation && operation != VirtualDeviceConfigSpecFileOperation.Destroy)
            throw new LabFaultException(new InvalidDeviceOperation { DeviceIndex = index, BadOp = change.Operation, BadFileOp = operation }, $"Invalid operation for device '{index}'.");
        return context =>
        {
            machine.Disks.Remove(disk);
            if (change.FileOperation is null)
                return;
            disk.Datastore.FreeBytes += MachineFiles.Used(disk);
            context.Estate.Touch(disk.Datastore);
        };
    }

    private static LabDisk Find(LabMachine machine, VirtualDisk device, int index) =>
        machine.Disks.Find(disk => disk.Key == device.Key) ?? throw OperationFaults.InvalidDevice(index, $"there is no disk {device.Key}.");

    private static void CheckBacking(LabMachine machine, LabDisk disk, VirtualDeviceBackingInfo? backing, int index)
    {
        if (backing is VirtualDeviceFileBackingInfo { FileName: { } file } && file == MachineFiles.Link(disk, disk.PhysicalRdm ? 0 : MachineFiles.Links(machine)))
            return;
        throw new LabFaultException(
            new InvalidDeviceBacking { DeviceIndex = index, Property = $"virtualDeviceSpec.device[{index}].backing.fileName" },
            $"Incompatible device backing specified for device '{index}'.");
    }

    private static void CheckAllocation(StorageIOAllocationInfo allocation, int index)
    {
        var path = $"configSpec.deviceChange[{index}].device.storageIOAllocation";
        if (allocation.Limit is not (null or -1 or >= LeastLimit))
            throw OperationFaults.InvalidArgument($"{path}.limit");
        if (allocation.Shares is { } shares && (shares.Level is not { IsKnown: true } level || (level == SharesLevel.Custom && shares.Shares is not (>= 200 and <= 4000))))
            throw OperationFaults.InvalidArgument($"{path}.shares");
        if (allocation.Reservation is < 0 || (allocation.Limit is > 0 && allocation.Reservation > allocation.Limit))
            throw OperationFaults.InvalidArgument($"{path}.reservation");
    }

    private static void SetShares(LabDisk disk, SharesInfo? shares)
    {
        if (shares?.Level is not { } level)
            return;
        disk.SharesLevel = level.Value;
        disk.Shares = level.Value switch { "low" => 500, "normal" => 1000, "high" => 2000, _ => shares.Shares ?? disk.Shares };
    }
}
