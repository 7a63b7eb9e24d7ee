using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Modules.DiskLimits;
using OpsKit.Modules.Tasks;
using OpsKit.Modules.VirtualDisks;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.Tests.DiskLimits;

public sealed class LimitStandingTests
{
    private static readonly LimitOrder Order = new("host-1", [new OrderedDisk(2000, "Hard disk 1 (scsi0:0)") { SetsLimit = true, Limit = 500 }]);

    [Theory]
    [InlineData(500L, null, "", Effect.Done, false)]
    [InlineData(null, null, "", Effect.NotDone, false)]
    [InlineData(null, "before=task-1", "task-1:Succeeded", Effect.NotDone, true)]
    [InlineData(null, "before=task-1", "task-1:Succeeded task-2:UnderWay", Effect.UnderWay, false)]
    [InlineData(null, "before=; task=task-2", "task-2:Failed", Effect.NotDone, false)]
    [InlineData(null, "before=; task=task-2", "", Effect.NotDone, false)]
    [InlineData(null, "before=; task=task-2", "task-2:Succeeded", Effect.NotDone, false)]
    public void Standing_follows_from_the_disks_and_what_was_remembered(long? limit, string? note, string tasks, Effect effect, bool mayStillCome)
    {
        var recent = tasks.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(task => task.Split(':')).Select(pair => new RecentTask(pair[0], "VirtualMachine.reconfigure", Enum.Parse<RecentTaskState>(pair[1]), "no")).ToList();

        var standing = LimitStanding.Of(Order, note, Now(limit), recent);
        (standing.Effect, standing.MayStillCome).ShouldBe((effect, mayStillCome));
    }

    [Fact]
    public void What_is_sent_is_the_device_as_it_was_read_with_another_limit()
    {
        var now = Now(null);
        now.Devices[0].StorageIOAllocation = new StorageIOAllocationInfo { Limit = -1, Shares = new SharesInfo { Shares = 2000, Level = SharesLevel.High }, Reservation = 7 };
        now.Devices[0].Backing = new VirtualDiskFlatVer2BackingInfo { FileName = "[ds01] a/a.vmdk", Uuid = "6000C29" };

        var spec = ReconfigureSpec.Of("db01", now with { ChangeVersion = "17" }, Order);

        spec.ChangeVersion.ShouldBe("17");
        var change = spec.DeviceChange.ShouldHaveSingleItem();
        (change.Operation, change.FileOperation).ShouldBe((VirtualDeviceConfigSpecOperation.Edit, null));
        change.Device.ShouldBeSameAs(now.Devices[0]);
        var device = now.Devices[0];
        (device.StorageIOAllocation!.Limit, device.StorageIOAllocation.Shares!.Shares, device.StorageIOAllocation.Reservation).ShouldBe((500, 2000, 7));
    }

    /// <summary>What a server does not send is not made up: unset is unchanged.</summary>
    [Fact]
    public void Disk_without_an_allocation_is_sent_its_limit_alone()
    {
        var allocation = ReconfigureSpec.Of("db01", Now(null), Order).DeviceChange[0].Device.ShouldBeOfType<VirtualDisk>().StorageIOAllocation!;

        (allocation.Limit, allocation.Shares, allocation.Reservation).ShouldBe((500, null, null));
    }

    [Fact]
    public void Limit_is_taken_off_by_minus_one()
    {
        var clear = Order with { Disks = [Order.Disks[0] with { Limit = null }] };

        ReconfigureSpec.Of("db01", Now(500), clear).DeviceChange[0].Device.ShouldBeOfType<VirtualDisk>().StorageIOAllocation!.Limit.ShouldBe(-1);
    }

    [Fact]
    public void Disk_that_is_another_one_by_now_is_not_touched()
    {
        var moved = Now(null) with { Disks = [Machines.Disk(0, "ds01", null) with { Slot = "scsi0:5" }] };

        Should.Throw<OpsKitException>(() => ReconfigureSpec.Of("db01", moved, Order)).What.ShouldBe("Hard disk 1 (scsi0:0) is not there any more, or is another disk by now");
        LimitStanding.Missing(Order, moved).ShouldBe("Hard disk 1 (scsi0:0) is not there");
    }

    [Theory]
    [InlineData("sched.scsi0:1.bandwidthCap=10MBps", "scsi0:1=10MBps")]
    [InlineData("sched.scsi0:1.bandwidthCap=10MBps sched.scsi0:1.bandwidthCap=5MBps", "scsi0:1=5MBps")]
    [InlineData("sched.scsi0:1.bandwidthCap=10MBps sched.scsi0:1.bandwidthCap=off", "")]
    [InlineData("sched.scsi0:1.throughputCap=500 sched..bandwidthCap=1 sched.bandwidthCap=2", "")]
    [InlineData("SCHED.SCSI0:1.BANDWIDTHCAP=7Bps", "scsi0:1=7Bps")]
    public void Last_row_of_a_parameter_holds(string rows, string caps) =>
        ThrottleKeys.Read([.. rows.Split(' ').Select(row => row.Split('=')).Select(pair => new OptionValue { Key = pair[0], Value = pair[1] })]).Select(cap => $"{cap.Key}={cap.Value}").ShouldBe(caps.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static MachineNow Now(long? limit) => new()
    {
        Devices = [new VirtualDisk { Key = 2000 }], Disks = [Machines.Disk(0, "ds01", limit)], BandwidthCaps = new Dictionary<string, string>(),
    };
}
