using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Modules.VirtualDisks;

namespace OpsKit.Lab.Tests.VirtualDisks;

public sealed class VirtualDiskReaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_machines_are_read_with_their_disks_in_three_retrievals()
    {
        await using var lab = await MachineLab.StartAsync(LabSize.Field);
        lab.Alter(() => lab.Machine("db01").Disks[1].IopsLimit = 500);

        var machines = await lab.AskAsync(queries => VirtualDiskReader.ReadAsync(queries, machines: null, Token).ToListAsync(Token).AsTask());

        lab.Server.Log.All.Count(operation => operation.Operation == "RetrievePropertiesEx").ShouldBe(3);
        var there = lab.Server.Estate.Machines.Where(machine => machine.VCenter.Name == "vc1").ToList();
        machines.Select(machine => machine.Name).ShouldBe(there.Select(machine => machine.Name), ignoreOrder: true);
        machines.ShouldAllBe(machine => machine.Unread == null && machine.VCenter == "vc1");
        foreach (var (read, real) in machines.Join(there, machine => machine.Reference.Value, machine => machine.Id, (read, real) => (read, real)))
        {
            (read.PowerState, read.IsTemplate, read.Host).ShouldBe((real.PowerState, real.IsTemplate, real.Host.Name));
            read.Disks.Select(disk => $"{disk.Key} {disk.Name} {disk.Datastore} {disk.CapacityBytes} {disk.IsIndependent || disk.IsPhysicalRdm} {disk.ChangeId}").ShouldBe(
                real.Disks.Select(disk => $"{disk.Key} {disk.Label} ({MachineDevices.Slot(disk)}) {disk.Datastore.Name} {disk.CapacityKb * 1024} {disk.DiskMode != "persistent" || disk.PhysicalRdm} {disk.ChangeId}"));
            read.Disks.Select(disk => disk.IopsLimit ?? -1).ShouldBe(real.Disks.Select(disk => disk.IopsLimit));
        }

        machines.ShouldContain(machine => machine.Disks.Any(disk => disk.ParentFiles.Count > 0));
    }

    [Fact]
    public async Task Machine_that_is_gone_is_left_out_and_no_machine_costs_no_call()
    {
        await using var lab = await MachineLab.StartAsync();
        var (web, gone) = (lab.Machine("web01").Reference(), new OpsKit.Vim25.ManagedObjectReference("VirtualMachine", "vm-99999"));

        (await lab.AskAsync(queries => VirtualDiskReader.ReadAsync(queries, [web, gone], Token).ToListAsync(Token).AsTask())).ShouldHaveSingleItem().Name.ShouldBe("web01");
        var before = lab.Server.Log.All.Count;
        (await lab.AskAsync(queries => VirtualDiskReader.ReadAsync(queries, [], Token).ToListAsync(Token).AsTask())).ShouldBeEmpty();
        lab.Server.Log.All.Skip(before).ShouldNotContain(operation => operation.Operation == "RetrievePropertiesEx");
    }
}
