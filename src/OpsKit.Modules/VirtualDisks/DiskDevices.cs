using System.Globalization;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.VirtualDisks;

/// <summary>A machine's devices to its disks. Pure.</summary>
internal static class DiskDevices
{
    /// <summary>A chain is as long as the server says; 255 is more than any host allows (32), and ends a chain that bites its tail.</summary>
    private const int LongestChain = 255;

    public static IReadOnlyList<VirtualDiskState> Of(IReadOnlyList<VirtualDevice> devices, PlaceNames places)
    {
        var controllers = devices.OfType<VirtualController>().Where(controller => controller.Key is not null).ToLookup(controller => controller.Key!.Value);
        return [.. devices.OfType<VirtualDisk>().Where(disk => disk.Key is not null).Select(disk =>
            Of(disk, disk.ControllerKey is { } key ? controllers[key].FirstOrDefault() : null, places))];
    }

    private static VirtualDiskState Of(VirtualDisk disk, VirtualController? controller, PlaceNames places)
    {
        var key = disk.Key!.Value;
        var file = disk.Backing as VirtualDeviceFileBackingInfo;
        var backing = DiskBacking.Of(disk.Backing);
        return new VirtualDiskState
        {
            Key = key,
            Label = disk.DeviceInfo?.Label is { Length: > 0 } label ? label : string.Create(CultureInfo.InvariantCulture, $"disk {key}"),
            Slot = SlotOf(controller, disk.UnitNumber),
            Controller = controller?.TypeName,
            SharedBus = (controller as VirtualSCSIController)?.SharedBus?.Value,
            Datastore = places.Datastore(file?.Datastore?.Value, file?.FileName),
            DatastoreId = file?.Datastore?.Value,
            FileName = file?.FileName,
            ParentFiles = Chain(backing),
            CapacityBytes = disk.CapacityInBytes ?? disk.CapacityInKB * 1024,
            Backing = disk.Backing?.TypeName,
            Mode = backing.Mode,
            CompatibilityMode = backing.CompatibilityMode,
            Sharing = backing.Sharing,
            ChangeId = backing.ChangeId,
            Uuid = backing.Uuid,
            IopsLimit = LimitOf(disk.StorageIOAllocation),
            Shares = (disk.StorageIOAllocation?.Shares ?? disk.Shares)?.Shares,
            SharesLevel = (disk.StorageIOAllocation?.Shares ?? disk.Shares)?.Level?.Value,
            Reservation = disk.StorageIOAllocation?.Reservation,
        };
    }

    /// <summary>The limit of a disk as it is read; null for none.</summary>
    public static long? LimitOf(StorageIOAllocationInfo? allocation) => allocation?.Limit is >= 0 and < int.MaxValue and var limit ? limit : null;

    private static string? SlotOf(VirtualController? controller, int? unit)
    {
        var bus = controller switch
        {
            VirtualSCSIController => "scsi",
            VirtualIDEController => "ide",
            VirtualSATAController => "sata",
            VirtualNVMEController => "nvme",
            _ => null,
        };
        return bus is null || controller?.BusNumber is null || unit is null ? null : string.Create(CultureInfo.InvariantCulture, $"{bus}{controller.BusNumber}:{unit}");
    }

    private static List<string> Chain(DiskBacking backing)
    {
        var files = new List<string>();
        for (var parent = backing.Parent; parent is not null && files.Count < LongestChain; parent = DiskBacking.Of(parent).Parent)
            files.Add(parent.FileName ?? "");
        return files;
    }
}
