using OpsKit.Lab.Estate;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>The devices of machines.</summary>
internal static class MachineDevices
{
    private const int FirstScsiController = 1000;

    public static IReadOnlyList<VirtualDevice> Of(LabMachine machine, IReadOnlyList<LabDisk> disks)
    {
        var devices = new List<VirtualDevice>(12 + disks.Count)
        {
            new VirtualIDEController { Key = 200, DeviceInfo = Label("IDE 0"), BusNumber = 0 },
            new VirtualIDEController { Key = 201, DeviceInfo = Label("IDE 1"), BusNumber = 1, Device = [3000] },
            new VirtualPS2Controller { Key = 300, DeviceInfo = Label("PS2 controller 0"), BusNumber = 0, Device = [600, 700] },
            new VirtualPCIController { Key = 100, DeviceInfo = Label("PCI controller 0"), BusNumber = 0, Device = [500, 12000, .. Controllers(disks), .. machine.Nics.Select(nic => nic.Key)] },
            new VirtualSIOController { Key = 400, DeviceInfo = Label("SIO controller 0"), BusNumber = 0 },
            new VirtualKeyboard { Key = 600, DeviceInfo = new Description { Label = "Keyboard", Summary = "Keyboard" }, ControllerKey = 300, UnitNumber = 0 },
            new VirtualPointingDevice { Key = 700, DeviceInfo = new Description { Label = "Pointing device", Summary = "Pointing device; Device" }, Backing = new VirtualPointingDeviceDeviceBackingInfo { DeviceName = "", UseAutoDetect = false, HostPointingDevice = "autodetect" }, ControllerKey = 300, UnitNumber = 1 },
            new VirtualMachineVideoCard { Key = 500, DeviceInfo = new Description { Label = "Video card ", Summary = "Video card" }, ControllerKey = 100, UnitNumber = 0, VideoRamSizeInKB = 4096, NumDisplays = 1, UseAutoDetect = false, Enable3DSupport = false },
            new VirtualMachineVMCIDevice { Key = 12000, DeviceInfo = new Description { Label = "VMCI device", Summary = "Device on the virtual machine PCI bus that provides support for the virtual machine communication interface" }, ControllerKey = 100, UnitNumber = 17, Id = -1, AllowUnrestrictedCommunication = false, FilterEnable = true },
        };
        foreach (var key in Controllers(disks))
            devices.Add(Controller(machine, disks, key));
        devices.Add(new VirtualCdrom
        {
            Key = 3000, DeviceInfo = new Description { Label = "CD/DVD drive 1", Summary = "Remote device" }, Backing = new VirtualCdromRemotePassthroughBackingInfo { DeviceName = "", UseAutoDetect = false, Exclusive = false },
            Connectable = new VirtualDeviceConnectInfo { StartConnected = false, AllowGuestControl = true, Connected = false, Status = "untried" }, ControllerKey = 201, UnitNumber = 0,
        });
        foreach (var disk in disks)
            devices.Add(Disk(machine, disk));
        foreach (var nic in machine.Nics)
            devices.Add(Nic(machine, nic));
        return devices;
    }

    /// <summary>Where a disk hangs, as the configuration file writes it: <c>scsi0:1</c>.</summary>
    public static string Slot(LabDisk disk) => $"scsi{disk.ControllerKey - FirstScsiController}:{disk.Unit}";

    private static Description Label(string label) => new() { Label = label, Summary = label };

    private static IEnumerable<int> Controllers(IReadOnlyList<LabDisk> disks) => disks.Select(disk => disk.ControllerKey).Distinct().Order().DefaultIfEmpty(FirstScsiController);

    private static VirtualSCSIController Controller(LabMachine machine, IReadOnlyList<LabDisk> disks, int key)
    {
        VirtualSCSIController controller = MachineConfig.Generation(machine) < 7
            ? new VirtualLsiLogicController { DeviceInfo = new Description { Label = $"SCSI controller {key - FirstScsiController}", Summary = "LSI Logic" } }
            : new ParaVirtualSCSIController { DeviceInfo = new Description { Label = $"SCSI controller {key - FirstScsiController}", Summary = "VMware paravirtual SCSI" } };
        controller.Key = key;
        controller.ControllerKey = 100;
        controller.UnitNumber = 3 + key - FirstScsiController;
        controller.BusNumber = key - FirstScsiController;
        controller.Device = [.. disks.Where(disk => disk.ControllerKey == key).Select(disk => disk.Key)];
        controller.HotAddRemove = true;
        controller.SharedBus = disks.Any(disk => disk.ControllerKey == key && disk.PhysicalRdm) ? VirtualSCSISharing.PhysicalSharing : VirtualSCSISharing.NoSharing;
        controller.ScsiCtlrUnitNumber = 7;
        return controller;
    }

    private static VirtualDisk Disk(LabMachine machine, LabDisk disk) => new()
    {
        Key = disk.Key,
        DeviceInfo = new Description { Label = disk.Label, Summary = $"{disk.CapacityKb:N0} KB" },
        Backing = disk.PhysicalRdm ? Mapping(disk) : Flat(machine, disk, machine.Disks.Contains(disk) ? MachineFiles.Links(machine) : 0),
        ControllerKey = disk.ControllerKey,
        UnitNumber = disk.Unit,
        CapacityInKB = disk.CapacityKb,
        CapacityInBytes = disk.CapacityKb * 1024,
        Shares = Shares(disk),
        StorageIOAllocation = new StorageIOAllocationInfo { Limit = disk.IopsLimit, Shares = Shares(disk), Reservation = HostSettings.Major(machine.Host) > 4 ? disk.Reservation : null },
        DiskObjectId = $"{Refs.Number(machine.Id)}-{disk.Key}",
        NativeUnmanagedLinkedClone = false,
    };

    private static SharesInfo Shares(LabDisk disk) => new() { Shares = disk.Shares, Level = new SharesLevel(disk.SharesLevel) };

    /// <summary>What a machine with snapshots writes to is the last link of a chain.</summary>
    private static VirtualDiskFlatVer2BackingInfo Flat(LabMachine machine, LabDisk disk, int link)
    {
        var uuid = DiskUuid(machine, disk);
        return new VirtualDiskFlatVer2BackingInfo
        {
            FileName = MachineFiles.Link(disk, link), Parent = link > 0 ? Flat(machine, disk, link - 1) : null, Datastore = disk.Datastore.Reference(), DiskMode = disk.DiskMode, Split = false, WriteThrough = false, ThinProvisioned = disk.ThinProvisioned,
            EagerlyScrub = false, Uuid = uuid, ContentId = uuid.Replace("-", "", StringComparison.Ordinal), ChangeId = disk.ChangeId, DigestEnabled = false, Sharing = "sharingNone",
        };
    }

    private static VirtualDiskRawDiskMappingVer1BackingInfo Mapping(LabDisk disk) => new()
    {
        FileName = disk.FileName, Datastore = disk.Datastore.Reference(), LunUuid = "020001000060014380056b2b0000d000005ac50000485356333630", DeviceName = "vml.020001000060014380056b2b0000d000005ac50000485356333630",
        CompatibilityMode = "physicalMode", DiskMode = "independent_persistent", Sharing = "sharingNone",
    };

    /// <summary>Stays with the disk: from its machine's and its key.</summary>
    private static string DiskUuid(LabMachine machine, LabDisk disk) => $"6000C29{machine.Uuid[7..24]}{disk.Key:x4}{machine.Uuid[28..]}";

    private static VirtualVmxnet3 Nic(LabMachine machine, LabVNic nic)
    {
        var group = Networks.PortGroup(machine.Host, nic.PortGroup);
        return new VirtualVmxnet3
        {
            Key = nic.Key,
            DeviceInfo = new Description { Label = $"Network adapter {nic.Key - 3999}", Summary = group is not null && Refs.IsDistributed(group.Id) ? $"DVSwitch: {Networks.SwitchOf(machine.Host, group.Name)!.DvsUuid}" : nic.PortGroup },
            Backing = Backing(machine, nic, group),
            Connectable = new VirtualDeviceConnectInfo { MigrateConnect = "unset", StartConnected = true, AllowGuestControl = true, Connected = nic.Connected && machine.PowerState == "poweredOn", Status = machine.PowerState == "poweredOn" ? "ok" : "untried" },
            ControllerKey = 100,
            UnitNumber = 7 + nic.Key - 4000,
            AddressType = "assigned",
            MacAddress = nic.Mac,
            WakeOnLanEnabled = true,
            UptCompatibilityEnabled = true,
        };
    }

    private static VirtualDeviceBackingInfo Backing(LabMachine machine, LabVNic nic, LabPortGroup? group) => group is not null && Refs.IsDistributed(group.Id)
        ? new VirtualEthernetCardDistributedVirtualPortBackingInfo
        {
            Port = new DistributedVirtualSwitchPortConnection { SwitchUuid = Networks.SwitchOf(machine.Host, group.Name)!.DvsUuid, PortgroupKey = group.Id, PortKey = Refs.Number(machine.Id), ConnectionCookie = 1 },
        }
        : new VirtualEthernetCardNetworkBackingInfo { DeviceName = nic.PortGroup, UseAutoDetect = false, Network = group?.Reference(), InPassthroughMode = false };
}
