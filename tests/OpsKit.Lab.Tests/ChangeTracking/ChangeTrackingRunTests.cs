using OpsKit.Engine.Runs;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Tests.VirtualDisks;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.ChangeTracking;

/// <summary>Tracking switched on, off and begun anew on machines of a served lab, where nothing goes wrong.</summary>
public sealed class ChangeTrackingRunTests : IAsyncLifetime
{
    private MachineLab _lab = null!;

    public async ValueTask InitializeAsync() => _lab = await MachineLab.StartAsync(speed: 60);

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Running_machine_is_stunned_once_measured_and_tracked_in_fact()
    {
        (await _lab.ApplyAsync("cbt.enable", "db01", "{}")).Status.ShouldBe(RunStatus.Done);

        _lab.Changes.ShouldBe(["ReconfigVM_Task", "CreateSnapshot_Task", "RemoveSnapshot_Task"]);
        Ids("db01").ShouldAllBe(id => id != null);
        _lab.Machine("db01").Snapshots.ShouldBeEmpty();
        var stun = _lab.Record.Changes[^1];
        stun.After.ShouldBe("3 of 3 disks tracked");
        stun.Detail.ShouldNotBeNull().ShouldStartWith("stunned for ");
        (await _lab.PlanAsync("cbt.enable", "db01", "{}")).HasChanges.ShouldBeFalse();
    }

    [Theory]
    [InlineData("poweredOff", "takes effect when it is switched on")]
    [InlineData("suspended", "takes effect when it is resumed")]
    public async Task Machine_that_does_not_run_is_only_reconfigured_and_told_when_it_takes_effect(string power, string effect)
    {
        _lab.Alter(() => _lab.Machine("web01").PowerState = power);

        (await _lab.ApplyAsync("cbt.enable", "web01", "{}")).Status.ShouldBe(RunStatus.Done);

        _lab.Changes.ShouldBe(["ReconfigVM_Task"]);
        _lab.Record.Changes.ShouldHaveSingleItem().After.ShouldBe($"flag on; {effect}");
        var again = (await _lab.PlanAsync("cbt.enable", "web01", "{}")).Steps[0].Targets[0];
        again.Changes.ShouldBeEmpty();
        again.Warnings.ShouldHaveSingleItem().ShouldContain(effect);
    }

    /// <summary>What others take for done: the flag is on, and the machine was never stunned.</summary>
    [Fact]
    public async Task Flag_that_somebody_set_is_made_true()
    {
        _lab.Alter(() => _lab.Machine("web01").ChangeTrackingEnabled = true);

        (await _lab.ApplyAsync("cbt.enable", "web01", "{}")).Status.ShouldBe(RunStatus.Done);

        _lab.Changes.ShouldBe(["CreateSnapshot_Task", "RemoveSnapshot_Task"]);
        Ids("web01").ShouldAllBe(id => id != null);
    }

    [Fact]
    public async Task Tracking_is_begun_anew_and_switched_off_again()
    {
        (await _lab.ApplyAsync("cbt.enable", "app01", "{}")).Status.ShouldBe(RunStatus.Done);
        var first = Ids("app01");

        (await _lab.ApplyAsync("cbt.reset", "app01", "{}")).Status.ShouldBe(RunStatus.Done);

        // The part before the slash tells one tracking from another.
        Ids("app01").Select(id => id!.Split('/')[0]).Intersect(first.Select(id => id!.Split('/')[0])).ShouldBeEmpty();
        _lab.Record.Changes.Select(change => change.After).ShouldBe(
            ["flag off; takes effect with the stun that follows", "no disk tracked", "flag on; takes effect with the stun that follows", "2 of 2 disks tracked"]);
        (await _lab.ApplyAsync("cbt.disable", "app01", "{}")).Status.ShouldBe(RunStatus.Done);
        Ids("app01").ShouldAllBe(id => id == null);
        _lab.Machine("app01").Snapshots.ShouldBeEmpty();
    }

    [Fact]
    public async Task Disk_that_cannot_be_tracked_is_named_and_the_others_are()
    {
        _lab.Alter(() => _lab.Machine("db01").Disks[1].DiskMode = "independent_persistent");

        var plan = (await _lab.PlanAsync("cbt.enable", "db01", "{}")).Steps[0].Targets[0];
        plan.Warnings.ShouldContain("Hard disk 2 (scsi0:1) stays without tracking: it is independent of snapshots");
        (await _lab.ApplyAsync("cbt.enable", "db01", "{}")).Status.ShouldBe(RunStatus.Done);

        _lab.Record.Changes[^1].After.ShouldBe("2 of 2 disks tracked");
        Ids("db01").Select(id => id is null).ShouldBe([false, true, false]);
    }

    [Fact]
    public async Task Backup_under_way_is_waited_for()
    {
        var machine = _lab.Machine("web02");
        _lab.Alter(() => machine.Snapshots.Add(new LabSnapshot { Id = "snapshot-9001", Name = "VEEAM BACKUP TEMPORARY SNAPSHOT", Created = _lab.Server.Estate.Clock.GetUtcNow() }));

        var run = _lab.ApplyAsync("cbt.enable", "web02", "{wait: 1h}");
        await TestKit.Eventually.TrueAsync(() => Reads() > 20, "some looks at the machine");
        _lab.Changes.ShouldBeEmpty();
        _lab.Alter(machine.Snapshots.Clear);

        (await run).Status.ShouldBe(RunStatus.Done);
        Ids("web02").ShouldAllBe(id => id != null);
    }

    [Fact]
    public async Task Backup_that_takes_too_long_is_the_reason()
    {
        var machine = _lab.Machine("web02");
        _lab.Alter(() => machine.Snapshots.Add(new LabSnapshot { Id = "snapshot-9001", Name = "Consolidate Helper- 0", Created = _lab.Server.Estate.Clock.GetUtcNow() }));

        (await _lab.ApplyAsync("cbt.enable", "web02", "{wait: 1m}")).Status.ShouldBe(RunStatus.Failed);

        _lab.Record.Changes[0].Detail.ShouldNotBeNull().ShouldContain("a backup has its snapshot on it: \"Consolidate Helper- 0\"");
        _lab.Changes.ShouldBeEmpty();
    }

    /// <summary>What the plan saw of the datastore is old by the time of the stun: other snapshots grow.</summary>
    [Fact]
    public async Task Datastore_that_fills_up_after_the_plan_is_waited_for()
    {
        var datastore = _lab.Machine("web02").Disks[0].Datastore;
        var free = datastore.FreeBytes;
        _lab.Server.Faults.Add(new Fault(FaultKind.Slow) { Operation = "ReconfigVM_Task", Times = 1, Delay = TimeSpan.FromSeconds(60) });
        var struck = new TaskCompletionSource();
        _lab.Server.Faults.Hit += (_, _, _) => struck.TrySetResult();

        var run = _lab.ApplyAsync("cbt.enable", "web02", "{wait: 1h}");
        await struck.Task;
        _lab.Alter(() => datastore.FreeBytes = datastore.CapacityBytes / 100);
        await TestKit.Eventually.TrueAsync(() => _lab.Changes.Any(), "the flag");
        var reads = Reads();
        await TestKit.Eventually.TrueAsync(() => Reads() > reads + 20, "some looks at the machine and its datastore");
        _lab.Changes.ShouldBe(["ReconfigVM_Task"]);
        _lab.Alter(() => datastore.FreeBytes = free);

        (await run).Status.ShouldBe(RunStatus.Done);
        Ids("web02").ShouldAllBe(id => id != null);
    }

    [Fact]
    public async Task Migration_under_way_is_waited_for_and_a_machine_that_it_stunned_is_not_stunned_again()
    {
        var machine = _lab.Machine("web01");
        _lab.Alter(() => (machine.MemoryMb, machine.ChangeTrackingEnabled) = (1 << 20, true));
        var other = _lab.Server.Estate.Hosts.First(host => host != machine.Host);
        await _lab.ElsewhereAsync(session => session.Changes.MigrateVMTaskAsync(new("VirtualMachine", machine.Id), VirtualMachineMovePriority.DefaultPriority, host: new("HostSystem", other.Id)));

        (await _lab.PlanAsync("cbt.enable", "web01", "{}")).Steps[0].Targets[0].Warnings.ShouldContain(warning => warning.Contains("migrate", StringComparison.OrdinalIgnoreCase) && warning.Contains("waits up to 10 min"));
        (await _lab.ApplyAsync("cbt.enable", "web01", "{wait: 1h}")).Status.ShouldBe(RunStatus.Done);

        machine.Host.ShouldBe(other);
        _lab.Changes.ShouldBe(["MigrateVM_Task"]);
        _lab.Record.Changes.ShouldHaveSingleItem().Detail.ShouldBe("not stunned by a snapshot: a migration or the like since the plan did it");
        Ids("web01").ShouldAllBe(id => id != null);
    }

    private IReadOnlyList<string?> Ids(string machine) => [.. _lab.Machine(machine).Disks.Select(disk => disk.ChangeId)];

    private int Reads() => _lab.Server.Log.All.Count(operation => operation.Operation.StartsWith("Retrieve", StringComparison.Ordinal));
}
