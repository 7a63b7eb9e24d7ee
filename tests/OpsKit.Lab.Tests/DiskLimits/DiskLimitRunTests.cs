using OpsKit.Engine.Runs;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Tests.VirtualDisks;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Modules;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.DiskLimits;

/// <summary>Limits set on machines of a served lab, with what goes wrong on the way.</summary>
public sealed class DiskLimitRunTests : IAsyncLifetime
{
    private const string Reconfigure = "ReconfigVM_Task";
    private MachineLab _lab = null!;

    private string UndoFile => Path.Combine(_lab.Record.Folder, "disk-limits-undo.jsonl");

    public async ValueTask InitializeAsync() => _lab = await MachineLab.StartAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Hog_is_limited_while_it_runs_counters_follow_and_undo_puts_back_what_was_there()
    {
        _lab.Alter(() => _lab.Machine("db01").Disks[2].IopsLimit = 20_000);

        (await _lab.ApplyAsync("disk.limit", "db01", "{iops: 500, prove: 40s}")).Status.ShouldBe(RunStatus.Done);

        _lab.Changes.ShouldBe([Reconfigure]);
        Limits("db01").ShouldBe([500, 500, 500]);
        var change = _lab.Record.Changes.ShouldHaveSingleItem();
        change.After.ShouldBe("500 IOPS on each of 3 disks");
        var (before, after) = Measured(change.Detail!, "Hard disk 2 (scsi0:1)");
        before.ShouldBeGreaterThan(10_000);
        after.ShouldBeInRange(450, 500);
        (await _lab.PlanAsync("disk.limit", "db01", "{iops: 500}")).HasChanges.ShouldBeFalse();
        File.ReadLines(UndoFile).ShouldHaveSingleItem();

        (await _lab.ApplyAsync("disk.limit", "vm:*", $"{{undo: \"{UndoFile}\"}}")).Status.ShouldBe(RunStatus.Done);

        Limits("db01").ShouldBe([-1, -1, 20_000]);
        _lab.Changes.Count().ShouldBe(2);
    }

    [Fact]
    public async Task Shares_reservations_and_everything_else_of_a_disk_stay_as_they_are()
    {
        var disk = _lab.Machine("db01").Disks[1];
        _lab.Alter(() => (disk.Shares, disk.SharesLevel, disk.Reservation, disk.ChangeId) = (3000, "custom", 100, "52 2d/7"));

        (await _lab.ApplyAsync("disk.limit", "db01", "{iops: 2KIOps, disk: Hard disk 2}")).Status.ShouldBe(RunStatus.Done);

        (disk.IopsLimit, disk.Shares, disk.SharesLevel, disk.Reservation, disk.ChangeId).ShouldBe((2000, 3000, "custom", 100, "52 2d/7"));
        Limits("db01").ShouldBe([-1, 2000, -1]);
    }

    [Fact]
    public async Task One_machine_that_fails_stops_no_other_and_is_done_when_the_run_is_taken_up()
    {
        _lab.Server.Faults.Add(new Fault(FaultKind.TaskFailure) { Operation = Reconfigure, After = 1, Times = 1 });

        (await _lab.ApplyAsync("disk.limit", "vm:web*", "{iops: 300}", "    stop-after-failures: 4\n")).Status.ShouldBe(RunStatus.Failed);

        _lab.Record.Changes.Select(change => change.Status).ShouldBe([ChangeStatus.Done, ChangeStatus.Done, ChangeStatus.Done, ChangeStatus.Failed], ignoreOrder: true);
        _lab.Record.Changes.Single(change => change.Status == ChangeStatus.Failed).Detail.ShouldNotBeNull().ShouldContain($"a fault of the lab hit {Reconfigure}");
        (await _lab.ResumeAsync()).Status.ShouldBe(RunStatus.Done);
        for (var number = 1; number <= 4; number++)
            Limits($"web0{number}").ShouldBe([300]);
        _lab.Changes.Count().ShouldBe(5);
    }

    [Fact]
    public async Task Answer_that_is_lost_leaves_it_open_and_nothing_is_asked_for_twice()
    {
        _lab.Server.Faults.Add(new Fault(FaultKind.Cut) { Operation = Reconfigure, Times = 1 });

        (await _lab.ApplyAsync("disk.limit", "db01", "{iops: 300}")).Status.ShouldBe(RunStatus.Failed);

        _lab.Record.Changes[0].Status.ShouldBe(ChangeStatus.Unknown);
        (await _lab.ResumeAsync()).Status.ShouldBe(RunStatus.Done);
        _lab.Changes.ShouldBe([Reconfigure]);
        Limits("db01").ShouldBe([300, 300, 300]);
        File.ReadAllText(UndoFile).ShouldContain("\"limit\":null");
    }

    /// <summary>The server is silent while its task runs: the change is attached to, and the old values are those of before it.</summary>
    [Fact]
    public async Task Server_that_goes_away_while_it_is_waited_for_is_attached_to()
    {
        await using var slow = await MachineLab.StartAsync(speed: 4);
        var run = slow.ApplyAsync("disk.limit", "db01", "{iops: 300}");
        await Eventually.TrueAsync(() => slow.Changes.Any(), "the request");
        foreach (var operation in new[] { "WaitForUpdatesEx", "CreateFilter", "RetrievePropertiesEx" })
            slow.Server.Faults.Add(new Fault(FaultKind.Refused) { Operation = operation });

        (await run).Status.ShouldBe(RunStatus.Failed);

        slow.Record.Changes[0].Status.ShouldBe(ChangeStatus.Unknown);
        slow.Server.Faults.Clear();
        (await slow.ResumeAsync()).Status.ShouldBe(RunStatus.Done);
        slow.Changes.ShouldBe([Reconfigure]);
        var undo = Path.Combine(slow.Record.Folder, "disk-limits-undo.jsonl");
        (await slow.ApplyAsync("disk.limit", "db01", $"{{undo: \"{undo}\"}}")).Status.ShouldBe(RunStatus.Done);
        slow.Machine("db01").Disks.ShouldAllBe(disk => disk.IopsLimit == -1);
    }

    [Theory]
    [InlineData(Reconfigure)]
    [InlineData("WaitForUpdatesEx")]
    [InlineData("RetrievePropertiesEx")]
    public async Task Session_that_expires_in_the_middle_is_opened_anew_and_nothing_is_done_twice(string operation)
    {
        // The eleventh retrieval is after the plan, in the midst of the changes.
        _lab.Server.Faults.Add(new Fault(FaultKind.SessionKilled) { Operation = operation, After = operation == Reconfigure ? 1 : 10, Times = 1 });

        (await _lab.ApplyAsync("disk.limit", "vm:web*", "{iops: 300}")).Status.ShouldBe(RunStatus.Done);

        _lab.Changes.Count(change => change == Reconfigure).ShouldBe(4);
        for (var number = 1; number <= 4; number++)
            Limits($"web0{number}").ShouldBe([300]);
    }

    [Fact]
    public async Task Configuration_that_changes_in_between_is_read_again()
    {
        var machine = _lab.Machine("db01");
        _lab.Server.Faults.Add(new Fault(FaultKind.Slow) { Operation = Reconfigure, Times = 1, Delay = TimeSpan.FromSeconds(60) });

        var run = _lab.ApplyAsync("disk.limit", "db01", "{iops: 300}");
        await Eventually.TrueAsync(() => File.Exists(UndoOfLast()), "the old values");
        _lab.Alter(() => (machine.ChangeVersion, machine.Disks[0].Shares, machine.Disks[0].SharesLevel) = (machine.ChangeVersion + 1, 2000, "high"));

        (await run).Status.ShouldBe(RunStatus.Done);
        Limits("db01").ShouldBe([300, 300, 300]);
        machine.Disks[0].Shares.ShouldBe(2000, "what somebody else set is not overwritten");
    }

    [Fact]
    public async Task Bandwidth_of_a_machine_that_is_off_is_capped_and_read_back()
    {
        (await _lab.ApplyAsync("disk.limit", "test02", "{bps: 10MBps}")).Status.ShouldBe(RunStatus.Done);

        _lab.Machine("test02").ExtraConfig.ShouldContainKeyAndValue("sched.scsi0:0.bandwidthCap", "10485760Bps");
        (await _lab.PlanAsync("disk.limit", "test02", "{bps: 10MBps}")).HasChanges.ShouldBeFalse();
        var running = (await _lab.PlanAsync("disk.limit", "test01", "{bps: 10MBps}")).Steps[0].Targets[0];
        running.Blockers.ShouldHaveSingleItem().ShouldContain("cannot be set while it is running");
        (await _lab.ApplyAsync("disk.limit", "test02", $"{{undo: \"{UndoFile}\"}}")).Status.ShouldBe(RunStatus.Done);
        _lab.Machine("test02").ExtraConfig["sched.scsi0:0.bandwidthCap"].ShouldBe("off");
    }

    [Fact]
    public async Task Policy_mends_what_drifts_and_then_finds_nothing_to_mend()
    {
        const string rules = "{rules: [\"tag:database=2KIOps\", \"datastore:ds01=1000\"]}";
        (await _lab.ApplyAsync("disk.policy", "vm:*", rules)).Status.ShouldBe(RunStatus.Done);

        Limits("db01").ShouldBe([2000, 2000, 2000]);
        Limits("app01").ShouldBe([1000, -1]);
        Limits("test01").ShouldBe([-1]);
        var again = await _lab.PlanAsync("disk.policy", "vm:*", rules);
        (again.HasChanges, again.IsBlocked).ShouldBe((false, false));
        again.Steps[0].Targets[0].Reports.ShouldHaveSingleItem().Rows.ShouldAllBe(row => Equals(row[3], false));
    }

    [Fact]
    public async Task Setting_of_a_host_brings_the_old_rule_back_and_the_counters_obey_it()
    {
        var machine = _lab.Machine("db01");
        _lab.Alter(() => machine.Host.Options["Disk.SchedulerWithReservation"] = 0L);

        var plan = await _lab.PlanAsync("disk.limit", "db01", "{iops: 500, disk: scsi0:1}");
        plan.Steps[0].Targets[0].Warnings.ShouldHaveSingleItem().ShouldStartWith($"not enforced on {machine.Host.Name} (ESXi 8.0 with Disk.SchedulerWithReservation = 0)");
        (await _lab.ApplyAsync("disk.limit", "db01", "{iops: 500, disk: scsi0:1, prove: 20s}")).Status.ShouldBe(RunStatus.Done);
        Measured(_lab.Record.Changes[0].Detail!, "Hard disk 2 (scsi0:1)").After.ShouldBeGreaterThan(10_000, "a cap that is void is shown to be");
        (await _lab.ApplyAsync("disk.limit", "db01", "{iops: 500, disk: scsi0:1, enforce: true, prove: 20s}")).Status.ShouldBe(RunStatus.Done);
        Limits("db01").ShouldBe([250, 250, -1]);
        (Measured(_lab.Record.Changes[0].Detail!, "Hard disk 1 (scsi0:0)").After + Measured(_lab.Record.Changes[0].Detail!, "Hard disk 2 (scsi0:1)").After).ShouldBeInRange(450, 500);
    }

    /// <summary>Four controllers full of disks: one reconfiguration, each disk with its own device.</summary>
    [Fact]
    public async Task Sixty_disks_are_limited_and_put_back_in_one_reconfiguration_each()
    {
        var machine = _lab.Machine("app02");
        _lab.Alter(() =>
        {
            var like = machine.Disks[0];
            machine.Name = "app 02, old  (tag=x)";
            machine.Disks.Clear();
            for (var place = 0; place < 60; place++)
            {
                machine.Disks.Add(new LabDisk
                {
                    Key = 2000 + place, Label = $"Hard disk {place + 1}", ControllerKey = 1000 + (place / 15), Unit = place % 15 is var unit && unit < 7 ? unit : unit + 1, CapacityKb = 1 << 20,
                    Datastore = like.Datastore, FileName = $"[{like.Datastore.Name}] app02/app02_{place}.vmdk",
                });
            }
        });

        (await _lab.ApplyAsync("disk.limit", "vm:app?02*", "{iops: 300}")).Status.ShouldBe(RunStatus.Done);
        machine.Disks.ShouldAllBe(disk => disk.IopsLimit == 300);
        var undo = UndoFile;
        var named = ModuleVerbs.All.Single(verb => verb.Name == "disk.limit").Options.Single(option => option.Name == "undo").NamedTargets!(_lab.JumpHost, undo).ShouldHaveSingleItem();
        (await _lab.ApplyAsync("disk.limit", $"\"{named}\"", $"{{undo: \"{undo}\"}}")).Status.ShouldBe(RunStatus.Done);

        machine.Disks.ShouldAllBe(disk => disk.IopsLimit == -1);
        _lab.Changes.ShouldBe([Reconfigure, Reconfigure]);
    }

    [Fact]
    public async Task Cluster_in_the_midst_of_an_upgrade_is_told_of()
    {
        var machine = _lab.Machine("db01");
        var old = _lab.Server.Estate.Hosts.First(host => host != machine.Host && host.Cluster == machine.Host.Cluster);
        _lab.Alter(() => old.Version = "5.1.0");

        var plan = await _lab.PlanAsync("disk.limit", "db01", "{iops: 500, disk: scsi0:1}");

        plan.Steps[0].Targets[0].Warnings[0].ShouldStartWith($"its cluster has hosts that do it in another way: {old.Name} (ESXi 5.1, before 5.5) adds");
        (await _lab.PlanAsync("disk.limits", "db01", "{}")).Steps[0].Targets[0].Reports[0].Notes[^1].ShouldContain($"(ESXi 8.0; {old.Name} (ESXi 5.1, before 5.5))");
    }

    private string UndoOfLast()
    {
        var runs = new DirectoryInfo(Path.Combine(_lab.JumpHost.StateDirectory, "runs"));
        return runs.Exists ? runs.EnumerateFiles("disk-limits-undo.jsonl", SearchOption.AllDirectories).FirstOrDefault()?.FullName ?? "" : "";
    }

    private IEnumerable<long> Limits(string machine) => _lab.Machine(machine).Disks.Select(disk => disk.IopsLimit);

    /// <summary><c>Hard disk 2 (scsi0:1) 24120 → 421 IOPS</c>.</summary>
    private static (int Before, int After) Measured(string detail, string disk)
    {
        var figures = detail[(detail.IndexOf(disk, StringComparison.Ordinal) + disk.Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (int.Parse(figures[0]), int.Parse(figures[2]));
    }
}
