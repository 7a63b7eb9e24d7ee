using OpsKit.Engine.Runs;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Tests.DiskLimits;
using OpsKit.Lab.Tests.VirtualDisks;

namespace OpsKit.Lab.Tests.ChangeTracking;

/// <summary>Five hundred machines in one run.</summary>
public sealed class ManyStunsTests
{
    [Fact]
    public async Task Five_hundred_machines_are_read_in_a_few_calls_and_stunned_a_few_at_a_time_on_each_host()
    {
        await using var lab = await MachineLab.StartAsync(LabSize.Large, speed: 60);
        var wanted = lab.Server.Estate.Machines.Where(machine => machine.Name.StartsWith("cl01-", StringComparison.Ordinal)).ToList();

        // Pings at sixty times the speed are a load that no estate has: two machines are measured.
        lab.Alter(() => wanted.Skip(2).ToList().ForEach(machine => machine.Address = null));
        (await lab.PlanAsync("cbt.enable", "cluster:cl01", "{leave-out: true}")).HasChanges.ShouldBeTrue();
        lab.Server.Log.All.Count(operation => operation.Operation.StartsWith("Retrieve", StringComparison.Ordinal)).ShouldBeLessThan(25, "the calls of a plan do not grow with the machines");
        using var watch = new TasksOnHosts(lab.Server);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        (await lab.ApplyAsync("cbt.enable", "cluster:cl01", "{leave-out: true, per-host: 2, per-datastore: 40}", "    stop-after-failures: 5\n")).Status.ShouldBe(RunStatus.Done);

        wanted.Count.ShouldBeGreaterThan(500);
        wanted.ShouldAllBe(machine => machine.Snapshots.Count == 0 && !machine.ConsolidationNeeded);
        wanted.Where(machine => machine is { IsTemplate: false, PowerState: "poweredOn" }).SelectMany(machine => machine.Disks).ShouldAllBe(disk => disk.ChangeId != null);
        watch.Most.ShouldBeInRange(1, 2, "25 machines a host");
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(64L << 20);
        lab.Server.Log.All.Count(operation => operation.Operation == "CreateFilter").ShouldBeLessThan(wanted.Count, "tasks share a waiter: there are three to a machine");
    }
}
