using OpsKit.Modules.VirtualDisks;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.Tests.VirtualDisks;

public sealed class DiskDevicesTests
{
    private static readonly PlaceNames Places = new(new Dictionary<string, string> { ["datastore-1"] = "ds01" }, new Dictionary<string, string> { ["host-1"] = "esx01" });

    [Fact]
    public void Disk_of_a_machine_with_a_snapshot_has_its_place_its_chain_and_its_limit()
    {
        var below = new VirtualDiskFlatVer2BackingInfo { FileName = "[ds01] db01/db01_1.vmdk" };
        var disk = Read(new VirtualDisk
        {
            Key = 2001,
            DeviceInfo = new Description { Label = "Hard disk 2" },
            ControllerKey = 1001,
            UnitNumber = 3,
            CapacityInKB = 1024,
            Backing = new VirtualDiskFlatVer2BackingInfo
            {
                FileName = "[ds01] db01/db01_1-000001.vmdk", Datastore = new ManagedObjectReference("Datastore", "datastore-1"), DiskMode = "independent_persistent", ChangeId = "52 2d/1", Uuid = "6000C29", Parent = below,
            },
            StorageIOAllocation = new StorageIOAllocationInfo { Limit = 500, Shares = new SharesInfo { Shares = 1000, Level = SharesLevel.Normal }, Reservation = 0 },
        });

        (disk.Key, disk.Label, disk.Slot, disk.Name).ShouldBe((2001, "Hard disk 2", "scsi1:3", "Hard disk 2 (scsi1:3)"));
        (disk.Controller, disk.SharedBus).ShouldBe(("ParaVirtualSCSIController", "physicalSharing"));
        (disk.Datastore, disk.DatastoreId, disk.FileName).ShouldBe(("ds01", "datastore-1", "[ds01] db01/db01_1-000001.vmdk"));
        disk.ParentFiles.ShouldBe(["[ds01] db01/db01_1.vmdk"]);
        (disk.CapacityBytes, disk.Backing, disk.ChangeId, disk.Uuid).ShouldBe((1 << 20, "VirtualDiskFlatVer2BackingInfo", "52 2d/1", "6000C29"));
        (disk.IsIndependent, disk.IsPhysicalRdm).ShouldBe((true, false));
        (disk.IopsLimit, disk.Shares, disk.SharesLevel, disk.Reservation).ShouldBe((500, 1000, "normal", 0));
    }

    [Fact]
    public void Raw_device_is_known_by_its_mode()
    {
        var disk = Read(new VirtualDisk { Key = 2000, Backing = new VirtualDiskRawDiskMappingVer1BackingInfo { FileName = "[ds01] a/rdm.vmdk", CompatibilityMode = "physicalMode" } });

        (disk.IsPhysicalRdm, disk.Datastore, disk.Label, disk.Slot).ShouldBe((true, "ds01", "disk 2000", null));
    }

    /// <summary>Servers say "no limit" in several ways; a limit of nothing at all would be a cap of zero.</summary>
    [Theory]
    [InlineData(null, null)]
    [InlineData(-1L, null)]
    [InlineData((long)int.MaxValue, null)]
    [InlineData(long.MaxValue, null)]
    [InlineData(16L, 16L)]
    [InlineData(0L, 0L)]
    public void Limit_is_read_as_it_is_meant(long? sent, long? read) => DiskDevices.LimitOf(new StorageIOAllocationInfo { Limit = sent }).ShouldBe(read);

    [Fact]
    public void Disk_that_no_server_completed_is_read_without_guesses()
    {
        var disk = Read(new VirtualDisk { Key = 2000, UnitNumber = 0, ControllerKey = 77 });

        (disk.Slot, disk.Datastore, disk.CapacityBytes, disk.Mode, disk.IopsLimit, disk.Backing).ShouldBe((null, null, null, null, null, null));
    }

    [Theory]
    [InlineData("datastore-1", "[other] a.vmdk", "ds01")]
    [InlineData("datastore-9", "[other] a.vmdk", "other")]
    [InlineData("datastore-9", "ds:///vmfs/volumes/x/a.vmdk", "datastore-9")]
    [InlineData(null, "[] a.vmdk", null)]
    public void Datastore_is_named_as_it_is_seen_else_by_the_file(string? id, string file, string? name) => Places.Datastore(id, file).ShouldBe(name);

    [Theory]
    [InlineData("sata", "sata0:1")]
    [InlineData("nvme", "nvme0:1")]
    [InlineData("ide", "ide0:1")]
    [InlineData("usb", null)]
    public void Slot_is_named_after_its_bus(string bus, string? slot)
    {
        VirtualController controller = bus switch
        {
            "sata" => new VirtualAHCIController(),
            "nvme" => new VirtualNVMEController(),
            "ide" => new VirtualIDEController(),
            _ => new VirtualUSBController(),
        };
        (controller.Key, controller.BusNumber) = (15000, 0);

        DiskDevices.Of([controller, new VirtualDisk { Key = 2000, ControllerKey = 15000, UnitNumber = 1 }], Places)[0].Slot.ShouldBe(slot);
    }

    private static VirtualDiskState Read(VirtualDisk disk) =>
        DiskDevices.Of([new ParaVirtualSCSIController { Key = 1001, BusNumber = 1, SharedBus = VirtualSCSISharing.PhysicalSharing }, new VirtualCdrom { Key = 3000 }, disk], Places).ShouldHaveSingleItem();
}
