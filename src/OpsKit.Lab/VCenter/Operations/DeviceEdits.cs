using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>
/// Changes of devices. An edit carries the complete device as it was read: a wrong key, place or file is refused. Disks and network adapters can be edited,
/// disks added and removed.
/// </summary>
internal sealed class DeviceEdits
{
    private readonly List<Action<OperationContext>> _edits = [];

    public static IEnumerable<string> Privileges(LabMachine machine, VirtualDeviceConfigSpec change)
    {
        if (change.Operation == VirtualDeviceConfigSpecOperation.Add)
            yield return "VirtualMachine.Config.AddNewDisk";
        else if (change.Operation == VirtualDeviceConfigSpecOperation.Remove)
            yield return "VirtualMachine.Config.RemoveDisk";
        else
            yield return "VirtualMachine.Config.EditDevice";
        if (change is { Device: VirtualDisk { StorageIOAllocation: { } allocation } device } && machine.Disks.Find(disk => disk.Key == device.Key) is { } disk && DiskEdits.Changes(disk, allocation))
            yield return "VirtualMachine.Config.Resource";
        if (change is { Device: VirtualDisk { CapacityInKB: { } capacity } resized } && machine.Disks.Find(disk => disk.Key == resized.Key) is { } old && capacity != old.CapacityKb)
            yield return "VirtualMachine.Config.DiskExtend";
    }

    /// <exception cref="LabFaultException">One of them cannot be done; nothing has been changed.</exception>
    public static DeviceEdits Check(OperationContext context, LabMachine machine, IReadOnlyList<VirtualDeviceConfigSpec> changes)
    {
        var edits = new DeviceEdits();
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            var device = change.Device ?? throw OperationFaults.InvalidDevice(i, "it says no device.");
            if (change.Operation is not { } operation)
                throw OperationFaults.InvalidDevice(i, "it says no operation.");
            edits._edits.Add((operation.Value, device) switch
            {
                ("edit", VirtualDisk disk) => DiskEdits.Edit(machine, disk, change, i),
                ("add", VirtualDisk disk) => DiskEdits.Add(context, machine, disk, change, i),
                ("remove", VirtualDisk disk) => DiskEdits.Remove(machine, disk, change, i),
                ("edit", VirtualEthernetCard nic) => Nic(context, machine, nic, i),
                _ => throw new LabFaultException(
                    new InvalidDeviceOperation { DeviceIndex = i, BadOp = operation },
                    $"Invalid operation for device '{i}'."),
            });
        }

        return edits;
    }

    public void Apply(OperationContext context, LabMachine machine)
    {
        foreach (var edit in _edits)
            edit(context);
        if (_edits.Count > 0)
            context.Inventory.Whereabouts.Forget();
    }

    private static Action<OperationContext> Nic(OperationContext context, LabMachine machine, VirtualEthernetCard device, int index)
    {
        var nic = machine.Nics.Find(nic => nic.Key == device.Key) ?? throw OperationFaults.InvalidDevice(index, $"there is no device {device.Key}.");
        if (device.MacAddress is { } mac && mac != nic.Mac)
            throw OperationFaults.InvalidDevice(index, "the MAC address cannot be changed.");
        var network = device.Backing switch
        {
            VirtualEthernetCardDistributedVirtualPortBackingInfo { Port.PortgroupKey: { } key } => context.Inventory.Places.Networks.Find(place => place.Id == key)?.Name,
            VirtualEthernetCardNetworkBackingInfo named => named.DeviceName,
            null => nic.PortGroup,
            _ => null,
        };
        if (network is null || Networks.PortGroup(machine.Host, network) is null)
            throw new LabFaultException(new InvalidDeviceBacking { DeviceIndex = index, Property = $"virtualDeviceSpec.device[{index}].backing" }, $"Incompatible device backing specified for device '{index}'.");
        var connected = device.Connectable?.Connected ?? nic.Connected;
        return _ =>
        {
            nic.PortGroup = network;
            nic.Connected = connected;
        };
    }
}
