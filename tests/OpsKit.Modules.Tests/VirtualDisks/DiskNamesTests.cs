using OpsKit.Connections;
using OpsKit.Modules.VirtualDisks;
using OpsKit.Vim25;

namespace OpsKit.Modules.Tests.VirtualDisks;

public sealed class DiskNamesTests
{
    private static readonly MachineDisks Machine = new()
    {
        VCenter = "vc1",
        Reference = new ManagedObjectReference("VirtualMachine", "vm-1"),
        Name = "db01",
        Disks =
        [
            new() { Key = 2000, Label = "Hard disk 1", Slot = "scsi0:0", FileName = "[ds01] db01/db01.vmdk" },
            new() { Key = 2001, Label = "Hard disk 2", Slot = "scsi0:1", FileName = "[ds01] db01/db01_1.vmdk" },
            new() { Key = 2016, Label = "Festplatte 12", Slot = "scsi1:0", FileName = "[ds02] db01/db01.vmdk" },
        ],
    };

    [Theory]
    [InlineData("Hard disk 2", 2001)]
    [InlineData("hard DISK 2", 2001)]
    [InlineData(" 2 ", 2001)]
    [InlineData("12", 2016)]
    [InlineData("scsi0:1", 2001)]
    [InlineData("SCSI (0:1)", 2001)]
    [InlineData("scsi(1:0)", 2016)]
    [InlineData("[ds02] db01/db01.vmdk", 2016)]
    public void Disk_is_found_by_what_operators_call_it(string name, int key) => DiskNames.Find(Machine, name).Key.ShouldBe(key);

    [Theory]
    [InlineData("Hard disk 3")]
    [InlineData("3")]
    [InlineData("")]
    [InlineData("scsi0")]
    [InlineData("99999999999")]
    [InlineData("ide0:1")]
    public void Disk_that_is_not_there_is_told_with_those_that_are(string name)
    {
        var failure = Should.Throw<OpsKitException>(() => DiskNames.Find(Machine, name));

        (failure.Kind, failure.Target).ShouldBe((FailureKind.Usage, "db01"));
        failure.Next.ShouldBe("its disks are Hard disk 1 (scsi0:0), Hard disk 2 (scsi0:1), Festplatte 12 (scsi1:0)");
    }

    [Fact]
    public void Name_of_two_disks_is_not_chosen_by_chance()
    {
        var twice = Machine with { Disks = [.. Machine.Disks, Machine.Disks[1] with { Key = 2003, Slot = "scsi0:3" }] };

        Should.Throw<OpsKitException>(() => DiskNames.Find(twice, "Hard disk 2")).Next.ShouldBe("name one by its slot: Hard disk 2 (scsi0:1), Hard disk 2 (scsi0:3)");
        DiskNames.Find(twice, "scsi0:3").Key.ShouldBe(2003);
    }

    [Fact]
    public void Long_list_of_disks_is_cut() =>
        DiskNames.List(Enumerable.Range(1, 60).Select(number => new VirtualDiskState { Key = number, Label = $"Hard disk {number}" })).ShouldEndWith("Hard disk 8 and 52 more");
}
