using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Maintenance;
using OpsKit.Modules.Tasks;

namespace OpsKit.Modules.Tests.Maintenance;

public sealed class MaintenancePlannerTests
{
    private static readonly Target Host = new() { Kind = TargetKind.Host, Name = "esx01", VCenter = "vc1" };

    private static readonly MaintenanceState Ready = new()
    {
        ConnectionState = "connected",
        InMaintenanceMode = false,
        BootTime = new DateTimeOffset(2026, 1, 31, 22, 0, 0, TimeSpan.Zero),
        Running = ["app01", "db01"],
        Drs = "fullyAutomated",
        OthersReady = 3,
    };

    private static readonly MaintenanceOptions Rolling = new() { Enter = true, Exit = true };

    [Theory]
    [InlineData(false, false, false, "enter exit")]
    [InlineData(false, true, true, "enter reboot hold exit")]
    [InlineData(true, false, false, "")]
    [InlineData(true, true, false, "reboot")]
    [InlineData(true, false, true, "")]
    public void Rolling_maintenance_leaves_a_host_that_somebody_put_into_maintenance_mode_there(bool inside, bool reboot, bool hold, string changes) =>
        Ids(Plan(Ready with { InMaintenanceMode = inside }, Rolling with { Reboot = reboot, Hold = hold ? TimeSpan.FromMinutes(5) : null })).ShouldBe(changes);

    [Fact]
    public void Single_verbs_do_their_one_thing_and_nothing_where_it_is_done()
    {
        Ids(Plan(Ready, new() { Enter = true })).ShouldBe("enter");
        Ids(Plan(Ready with { InMaintenanceMode = true }, new() { Enter = true })).ShouldBe("");
        Ids(Plan(Ready with { InMaintenanceMode = true }, new() { Exit = true })).ShouldBe("exit");
        Ids(Plan(Ready, new() { Exit = true })).ShouldBe("");
        Ids(Plan(Ready with { InMaintenanceMode = true }, new() { Reboot = true })).ShouldBe("reboot");
    }

    [Fact]
    public void Change_says_what_it_does_to_what_runs()
    {
        var plan = Plan(Ready, Rolling with { Reboot = true, Hold = TimeSpan.FromMinutes(5) });

        plan.Changes.Select(change => (change.Id, change.Impact)).ShouldBe(
            [("enter", Impact.MaintenanceMode), ("reboot", Impact.HostReboot), ("hold", Impact.MaintenanceMode), ("exit", Impact.None)]);
        plan.Changes[0].Summary.ShouldBe("enter maintenance mode; 2 VMs to move away");
        Plan(Ready with { Running = [] }, Rolling).Changes[0].Summary.ShouldBe("enter maintenance mode");
        plan.Changes[1].Before.ShouldBe("started 2026-01-31T22:00:00Z");
        plan.Observed.ShouldBe(new Dictionary<string, string>
        {
            ["DRS"] = "fullyAutomated", ["boot time"] = "2026-01-31T22:00:00Z", ["connection"] = "connected", ["maintenance mode"] = "no", ["running VMs"] = "2",
        });
    }

    public static TheoryData<string, MaintenanceState, MaintenanceOptions> Blocked => new()
    {
        { "the host is notResponding: reconnect it in vCenter first", Ready with { ConnectionState = "notResponding" }, Rolling },
        { "a task is under way on it: HostSystem.reboot (task-7)", Ready with { Tasks = [new RecentTask("task-7", "HostSystem.reboot", RecentTaskState.UnderWay)] }, Rolling },
        { "2 VMs run on it and there is no DRS to move them: app01, db01", Ready with { Drs = null }, Rolling },
        { "2 VMs run on it and DRS is manual: nobody would move them. Set DRS to fully automated, or move them: app01, db01", Ready with { Drs = "manual" }, Rolling },
        { "2 VMs run on it and no other host of the cluster can take them", Ready with { OthersReady = 0 }, Rolling },
        { "the host is not in maintenance mode; it is not restarted with virtual machines on it", Ready, new MaintenanceOptions { Reboot = true } },
        { "7 VMs run on it and there is no DRS to move them: a, b, c, d, e and 2 more", Ready with { Drs = null, Running = ["a", "b", "c", "d", "e", "f", "g"] }, Rolling },
    };

    [Theory]
    [MemberData(nameof(Blocked))]
    public void What_stands_in_the_way_is_told_before_anything_moves(string blocker, MaintenanceState state, MaintenanceOptions options) =>
        Plan(state, options).Blockers.ShouldBe([blocker]);

    [Fact]
    public void Nothing_stands_in_the_way_of_nothing() =>
        Plan(Ready with { InMaintenanceMode = true, ConnectionState = "disconnected", Drs = null }, new() { Enter = true }).Blockers.ShouldBeEmpty();

    [Theory]
    [InlineData(RecentTaskState.Succeeded, "HostSystem.reboot")]
    [InlineData(RecentTaskState.Failed, "HostSystem.enterMaintenanceMode")]
    [InlineData(RecentTaskState.UnderWay, "HostSystem.queryConnectionInfo")]
    public void Task_that_is_over_or_of_another_kind_is_not_in_the_way(RecentTaskState state, string operation) =>
        Plan(Ready with { Tasks = [new RecentTask("task-7", operation, state)] }, Rolling).Blockers.ShouldBeEmpty();

    [Fact]
    public void Host_without_running_machines_needs_no_drs() => Plan(Ready with { Running = [], Drs = null, OthersReady = 0 }, Rolling).Blockers.ShouldBeEmpty();

    [Fact]
    public void What_the_operator_should_know_is_told()
    {
        Plan(Ready with { OthersReady = 1, NotRunning = 2, BootTime = null }, Rolling with { Reboot = true }).Warnings.ShouldBe(
        [
            "one other host of the cluster is ready: while this one is away, nothing can fail over",
            "2 VMs that do not run stay on it",
            "the server does not say when the host started: that it was restarted is judged by its absence",
        ]);
        Plan(Ready with { NotRunning = 1 }, Rolling with { EvacuatePoweredOff = true }).Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Planning_what_was_planned_and_done_plans_nothing(bool enter, bool inside)
    {
        var options = new MaintenanceOptions { Enter = enter, Exit = !enter };
        var state = Ready with { InMaintenanceMode = inside };
        foreach (var change in Plan(state, options).Changes)
            state = state with { InMaintenanceMode = change.Id == "enter" };

        Plan(state, options).Changes.ShouldBeEmpty();
    }

    private static TargetPlan Plan(MaintenanceState state, MaintenanceOptions options) => MaintenancePlanner.Plan(Host, state, options);

    private static string Ids(TargetPlan plan) => string.Join(' ', plan.Changes.Select(change => change.Id));
}
