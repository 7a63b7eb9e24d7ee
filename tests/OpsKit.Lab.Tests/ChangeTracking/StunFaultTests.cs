using OpsKit.Engine.Runs;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Tests.VirtualDisks;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.ChangeTracking;

/// <summary>What goes wrong in the midst of a stun: whatever it is, no snapshot stays, and a run that is taken up ends with tracking in fact.</summary>
public sealed class StunFaultTests : IAsyncLifetime
{
    private const string Reconfigure = "ReconfigVM_Task";
    private const string Create = "CreateSnapshot_Task";
    private const string Remove = "RemoveSnapshot_Task";
    private const string Consolidate = "ConsolidateVMDisks_Task";
    private MachineLab _lab = null!;

    public async ValueTask InitializeAsync() => _lab = await MachineLab.StartAsync(speed: 120);

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Snapshot_whose_removal_fails_is_tried_again_until_it_is_gone()
    {
        Strike(FaultKind.TaskFailure, Remove, times: 2);

        (await _lab.ApplyAsync("cbt.enable", "web01", "{}")).Status.ShouldBe(RunStatus.Done);

        _lab.Changes.ShouldBe([Reconfigure, Create, Remove, Remove, Remove]);
        ShouldBeTracked("web01");
    }

    [Fact]
    public async Task Snapshot_that_cannot_be_removed_is_named_and_is_the_first_thing_when_the_run_is_taken_up()
    {
        Strike(FaultKind.TaskFailure, Remove, times: null);

        (await _lab.ApplyAsync("cbt.enable", "web01", "{}")).Status.ShouldBe(RunStatus.Failed);

        var left = _lab.Machine("web01").Snapshots.ShouldHaveSingleItem().Name;
        _lab.Record.Changes[^1].Detail.ShouldNotBeNull().ShouldContain($"its snapshot {left} could not be removed in 3 attempts, and is still there");
        _lab.Server.Faults.Clear();
        (await _lab.PlanAsync("cbt.enable", "web01", "{}")).Steps[0].Targets[0].Changes[0].Summary.ShouldBe($"remove what an earlier run left: snapshot {left}");
        (await _lab.ResumeAsync()).Status.ShouldBe(RunStatus.Done);
        ShouldBeTracked("web01");
    }

    [Fact]
    public async Task What_a_run_left_that_was_given_up_is_removed_by_the_next()
    {
        Strike(FaultKind.TaskFailure, Remove, times: null);
        (await _lab.ApplyAsync("cbt.enable", "web01", "{}")).Status.ShouldBe(RunStatus.Failed);
        _lab.Server.Faults.Clear();

        (await _lab.ApplyAsync("cbt.disable", "web01", "{}")).Status.ShouldBe(RunStatus.Done);

        _lab.Machine("web01").Snapshots.ShouldBeEmpty();
        _lab.Machine("web01").Disks.ShouldAllBe(disk => disk.ChangeId == null);
    }

    [Fact]
    public async Task Snapshot_that_cannot_be_made_fails_the_machine_and_no_other()
    {
        Strike(FaultKind.TaskFailure, Create, times: 1);

        (await _lab.ApplyAsync("cbt.enable", "vm:web*", "{}", "    stop-after-failures: 4\n")).Status.ShouldBe(RunStatus.Failed);

        var failed = _lab.Record.Changes.Single(change => change.Status == ChangeStatus.Failed);
        failed.Detail.ShouldNotBeNull().ShouldContain("no snapshot of it is left");
        _lab.Record.Changes.Count(change => change.Status == ChangeStatus.Done).ShouldBe(7);
        (await _lab.ResumeAsync()).Status.ShouldBe(RunStatus.Done);
        for (var number = 1; number <= 4; number++)
            ShouldBeTracked($"web0{number}");
        _lab.Changes.Count(change => change == Reconfigure).ShouldBe(4);
    }

    [Theory]
    [InlineData(Create)]
    [InlineData(Remove)]
    [InlineData(Reconfigure)]
    public async Task Answer_that_is_lost_leads_to_no_second_request(string operation)
    {
        Strike(FaultKind.Cut, operation, times: 1);

        if ((await _lab.ApplyAsync("cbt.enable", "web01", "{}")).Status != RunStatus.Done)
            (await _lab.ResumeAsync()).Status.ShouldBe(RunStatus.Done);

        _lab.Changes.ShouldBe([Reconfigure, Create, Remove]);
        ShouldBeTracked("web01");
    }

    [Theory]
    [InlineData(Reconfigure, 0)]
    [InlineData(Create, 0)]
    [InlineData(Remove, 0)]
    [InlineData("WaitForUpdatesEx", 1)]
    [InlineData("RetrievePropertiesEx", 14)]
    public async Task Session_that_expires_in_the_middle_is_opened_anew_and_nothing_is_done_twice(string operation, int after)
    {
        _lab.Server.Faults.Add(new Fault(FaultKind.SessionKilled) { Operation = operation, After = after, Times = 1 });

        (await _lab.ApplyAsync("cbt.enable", "web01", "{}")).Status.ShouldBe(RunStatus.Done);

        _lab.Changes.Count(change => change == Create).ShouldBe(1);
        ShouldBeTracked("web01");
    }

    [Fact]
    public async Task Disks_that_a_removal_leaves_unconsolidated_are_consolidated()
    {
        var machine = _lab.Machine("web01");
        _lab.Server.Faults.Add(new Fault(FaultKind.Slow) { Operation = Remove, Times = 1, Delay = TimeSpan.FromSeconds(60) });
        Strike(FaultKind.TaskFailure, Consolidate, times: 1);

        var run = _lab.ApplyAsync("cbt.enable", "web01", "{}");
        await Eventually.TrueAsync(() => machine.Snapshots.Count == 1, "its snapshot");
        _lab.Alter(() => machine.ConsolidationNeeded = true);

        (await run).Status.ShouldBe(RunStatus.Done);
        _lab.Changes.ShouldBe([Reconfigure, Create, Remove, Consolidate, Consolidate]);
        _lab.Record.Changes[^1].Detail.ShouldNotBeNull().ShouldEndWith("its disks were consolidated");
        ShouldBeTracked("web01");
    }

    /// <summary>The server falls silent while the snapshot is there: what is left open says so, and whoever takes the run up finds it by its name.</summary>
    [Fact]
    public async Task Server_that_goes_away_while_the_snapshot_is_there_leaves_it_open()
    {
        var machine = _lab.Machine("web01");
        _lab.Server.Faults.Add(new Fault(FaultKind.Slow) { Operation = Remove, Times = 1, Delay = TimeSpan.FromSeconds(30) });
        var run = _lab.ApplyAsync("cbt.enable", "web01", "{}");
        await Eventually.TrueAsync(() => machine.Snapshots.Count == 1, "its snapshot");
        _lab.Server.Faults.Clear();
        _lab.Server.Faults.Add(new Fault(FaultKind.Refused));

        (await run).Status.ShouldBe(RunStatus.Failed);

        _lab.Record.Changes[^1].Status.ShouldBe(ChangeStatus.Unknown);
        _lab.Server.Faults.Clear();
        (await _lab.ResumeAsync()).Status.ShouldBe(RunStatus.Done);
        _lab.Changes.Count(change => change == Create).ShouldBe(1);
        ShouldBeTracked("web01");
    }

    private void Strike(FaultKind kind, string operation, int? times) => _lab.Server.Faults.Add(new Fault(kind) { Operation = operation, Times = times });

    private void ShouldBeTracked(string name)
    {
        _lab.Machine(name).Snapshots.ShouldBeEmpty();
        _lab.Machine(name).ConsolidationNeeded.ShouldBeFalse();
        _lab.Machine(name).Disks.ShouldAllBe(disk => disk.ChangeId != null);
    }
}
