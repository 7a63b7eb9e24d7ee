using OpsKit.Engine.Runs;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Tests.VirtualDisks;

namespace OpsKit.Lab.Tests.DiskLimits;

/// <summary>Five hundred machines in one run.</summary>
public sealed class ManyMachinesTests
{
    [Fact]
    public async Task Five_hundred_machines_are_read_in_a_few_calls_and_changed_a_few_at_a_time_on_each_host()
    {
        await using var lab = await MachineLab.StartAsync(LabSize.Large, speed: 60);
        var wanted = lab.Server.Estate.Machines.Where(machine => machine.Name.StartsWith("cl01-", StringComparison.Ordinal)).ToList();
        (await lab.PlanAsync("disk.limit", "cluster:cl01", "{iops: 300}")).HasChanges.ShouldBeTrue();
        lab.Server.Log.All.Count(operation => operation.Operation.StartsWith("Retrieve", StringComparison.Ordinal)).ShouldBeLessThan(25, "the calls of a plan do not grow with the machines");
        using var watch = new TasksOnHosts(lab.Server);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        (await lab.ApplyAsync("disk.limit", "cluster:cl01", "{iops: 300}", "    stop-after-failures: 5\n")).Status.ShouldBe(RunStatus.Done);

        wanted.Count.ShouldBeGreaterThan(500);
        wanted.SelectMany(machine => machine.Disks).ShouldAllBe(disk => disk.IopsLimit == 300);
        lab.Changes.Count().ShouldBe(wanted.Count);
        watch.Most.ShouldBeInRange(1, 4, "25 machines a host");
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(64L << 20);
        File.ReadLines(Path.Combine(lab.Record.Folder, "disk-limits-undo.jsonl")).Count().ShouldBe(wanted.Count);
    }
}
