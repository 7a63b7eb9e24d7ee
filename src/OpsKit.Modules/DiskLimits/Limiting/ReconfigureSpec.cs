using OpsKit.Connections;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.DiskLimits;

/// <summary>An order to what the server is sent: each disk complete as it was just read, with nothing but its limit changed. Pure.</summary>
internal static class ReconfigureSpec
{
    private const long Unlimited = -1;

    /// <summary>The specification.</summary>
    /// <param name="name">The machine's name, for errors.</param>
    /// <param name="now">What was just read; its devices are changed.</param>
    /// <param name="order">What is wanted.</param>
    /// <exception cref="OpsKitException">A disk is not there any more, is another one, or is of a kind that would lose fields; nothing was sent.</exception>
    public static VirtualMachineConfigSpec Of(string name, MachineNow now, LimitOrder order) => new()
    {
        ChangeVersion = now.ChangeVersion,
        DeviceChange = [.. order.Disks.Where(disk => disk.SetsLimit).Select(disk => Edit(Device(name, now, disk), disk.Limit))],
        ExtraConfig = [.. order.Disks.Where(disk => disk.Cap is not null).Select(disk => Cap(name, now, disk))],
    };

    private static VirtualDisk Device(string name, MachineNow now, OrderedDisk ordered)
    {
        Require(name, now, ordered);
        var device = now.Devices.First(disk => disk.Key == ordered.Key);
        return device.IsUnknownSubtype || device.Backing?.IsUnknownSubtype == true
            ? throw new OpsKitException(
                FailureKind.Failed, $"{ordered.Name} is a {(device.IsUnknownSubtype ? device.TypeName : device.Backing!.TypeName)}, which this version does not know: sending it back would lose what it has", name)
            : device;
    }

    private static VirtualDeviceConfigSpec Edit(VirtualDisk device, long? limit)
    {
        device.StorageIOAllocation ??= new StorageIOAllocationInfo();
        device.StorageIOAllocation.Limit = limit ?? Unlimited;
        return new VirtualDeviceConfigSpec { Operation = VirtualDeviceConfigSpecOperation.Edit, Device = device };
    }

    private static OptionValue Cap(string name, MachineNow now, OrderedDisk ordered)
    {
        Require(name, now, ordered);
        return new OptionValue { Key = ThrottleKeys.Of(ordered.Cap!.Value.Slot), Value = ordered.Cap.Value.Value };
    }

    private static void Require(string name, MachineNow now, OrderedDisk ordered)
    {
        if (now.Find(ordered) is null)
            throw new OpsKitException(FailureKind.Failed, $"{ordered.Name} is not there any more, or is another disk by now", name, "make a new plan for it");
    }
}
