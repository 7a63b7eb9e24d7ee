using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Maintenance;
using OpsKit.Modules.Tasks;

namespace OpsKit.Modules.Tests.Maintenance;

/// <summary>What is concluded of a change whose process died, from what it remembered and what is seen of the host.</summary>
public sealed class MaintenanceStandingTests
{
    private const string Asking = "state=2026-01-31T22:00:00Z; before=task-1";
    private const string Asked = Asking + "; task=task-9";
    private static readonly DateTimeOffset Boot = new(2026, 1, 31, 22, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Nothing_was_asked_for_before_it_was_remembered()
    {
        Of("enter", null, Host()).ShouldBe(new Standing(Effect.NotDone, "it was not asked for yet"));
        Of("exit", null, Host(inside: true)).ShouldBe(new Standing(Effect.NotDone, "it was not asked for yet"));
        Of("reboot", null, Host(inside: true, connection: "notResponding")).ShouldBe(new Standing(Effect.NotDone, "it was not asked for yet"));
    }

    [Theory]
    [InlineData("enter", true)]
    [InlineData("exit", false)]
    public void State_that_is_there_is_done_whoever_made_it(string change, bool inside)
    {
        foreach (var note in new[] { null, Asking, Asked })
            Of(change, note, Host(inside)).Effect.ShouldBe(Effect.Done);
    }

    [Theory]
    [InlineData("enter", "HostSystem.enterMaintenanceMode")]
    [InlineData("exit", "vim.HostSystem.exitMaintenanceMode")]
    [InlineData("reboot", "RebootHost_Task")]
    public void Task_that_was_not_there_before_is_its_own(string change, string operation)
    {
        var host = Host(inside: change != "enter", tasks: [Task("task-1", operation), Task("task-9", operation)]);

        Of(change, Asking, host).ShouldBe(Of(change, Asking, host) with { Effect = Effect.UnderWay, MayStillCome = false });
        Of(change, Asked, host).Effect.ShouldBe(Effect.UnderWay);
        Of(change, Asked, host).Detail.ShouldContain("task-9 is under way");
    }

    [Theory]
    [InlineData("enter")]
    [InlineData("exit")]
    [InlineData("reboot")]
    public void Request_without_a_trace_may_still_be_on_its_way(string change)
    {
        var standing = Of(change, Asking, Host(inside: change != "enter", tasks: [Task("task-1", change == "reboot" ? "HostSystem.reboot" : $"HostSystem.{change}MaintenanceMode"), Task("task-9", "VirtualMachine.powerOff")]));

        (standing.Effect, standing.MayStillCome).ShouldBe((Effect.NotDone, true));
        standing.Detail.ShouldContain("vCenter has no task of it");
    }

    [Theory]
    [InlineData("enter")]
    [InlineData("exit")]
    [InlineData("reboot")]
    public void Task_that_was_named_and_is_forgotten_is_over(string change)
    {
        var standing = Of(change, Asked, Host(inside: change != "enter"));

        (standing.Effect, standing.MayStillCome).ShouldBe((Effect.NotDone, false));
        standing.Detail.ShouldContain("vCenter has forgotten task-9");
    }

    [Theory]
    [InlineData("enter")]
    [InlineData("exit")]
    [InlineData("reboot")]
    public void Task_that_failed_did_nothing(string change)
    {
        var operation = change == "reboot" ? "HostSystem.reboot" : $"HostSystem.{change}MaintenanceMode";
        var standing = Of(change, Asked, Host(inside: change != "enter", tasks: [Task("task-9", operation, RecentTaskState.Failed)]));

        (standing.Effect, standing.MayStillCome).ShouldBe((Effect.NotDone, false));
        standing.Detail.ShouldContain("task-9 failed: it broke");
    }

    [Fact]
    public void Mode_that_somebody_else_took_back_is_not_done() =>
        Of("enter", Asked, Host(tasks: [Task("task-9", "HostSystem.enterMaintenanceMode", RecentTaskState.Succeeded)])).ShouldBe(new Standing(Effect.NotDone, "in service; task-9 is over"));

    /// <summary>The server's task is over as soon as the host begins to go down; vCenter misses it a while later.</summary>
    [Theory]
    [InlineData(RecentTaskState.UnderWay)]
    [InlineData(RecentTaskState.Succeeded)]
    public void Restart_that_is_about_to_happen_is_under_way(RecentTaskState state)
    {
        var host = Host(inside: true, tasks: [Task("task-9", "HostSystem.reboot", state)]);

        Of("reboot", Asking, host).Effect.ShouldBe(Effect.UnderWay);
        Of("reboot", Asked, host).Effect.ShouldBe(Effect.UnderWay);
        Of("reboot", Asked, host).Detail.ShouldEndWith("and the host is about to go down");
    }

    [Theory]
    [InlineData("notResponding")]
    [InlineData("disconnected")]
    public void Host_that_is_away_is_under_way(string connection) =>
        Of("reboot", Asking, Host(inside: true, connection: connection)).ShouldBe(new Standing(Effect.UnderWay, $"the host is {connection}"));

    [Fact]
    public void Host_that_has_restarted_has_yet_to_be_seen_ready() =>
        Of("reboot", Asked, Host(inside: true, booted: Boot.AddMinutes(5))).ShouldBe(new Standing(Effect.UnderWay, "started 2026-01-31T22:05:00Z"));

    [Fact]
    public void Boot_time_that_moves_by_a_second_is_no_restart() => Of("reboot", Asked, Host(inside: true, booted: Boot.AddSeconds(2))).Effect.ShouldBe(Effect.NotDone);

    [Fact]
    public void Restart_of_a_host_without_a_boot_time_cannot_be_told_once_it_was_asked_for()
    {
        Of("reboot", "before=; task=task-9", Host(inside: true)).Effect.ShouldBe(Effect.Unknown);
        Of("reboot", Asked, Host(inside: true) with { BootTime = null }).Effect.ShouldBe(Effect.Unknown);
        Of("reboot", "before=", Host(inside: true)).ShouldBe(Of("reboot", "before=", Host(inside: true)) with { Effect = Effect.NotDone, MayStillCome = true });
    }

    [Fact]
    public void Wait_is_waited_for_again() => Of("hold", null, Host(inside: true)).Effect.ShouldBe(Effect.NotDone);

    private static Standing Of(string change, string? note, MaintenanceState state) =>
        MaintenanceStanding.Of(new PlannedChange { Id = change, Summary = "", Before = "", After = "", Impact = Impact.None }, note, state);

    private static MaintenanceState Host(bool inside = false, string connection = "connected", DateTimeOffset? booted = null, params RecentTask[] tasks) =>
        new() { ConnectionState = connection, InMaintenanceMode = inside, BootTime = booted ?? Boot, Tasks = tasks };

    private static RecentTask Task(string id, string operation, RecentTaskState state = RecentTaskState.UnderWay) =>
        new(id, operation, state, state == RecentTaskState.Failed ? "it broke" : null);
}
