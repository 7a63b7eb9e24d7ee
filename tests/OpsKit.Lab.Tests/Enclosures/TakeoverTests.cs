using OpsKit.Connections;
using OpsKit.Lab.Enclosures.Oa;
using OpsKit.Lab.Network;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.Enclosures;

public sealed class TakeoverTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(2);

    [Fact]
    public async Task A_forced_takeover_logs_out_and_leaves_nobody_active_for_a_while()
    {
        await using var lab = new EnclosureLab();
        var (first, second) = (lab.Enclosure.Oas[0], lab.Enclosure.Oas[1]);

        (await lab.ExecAsync("FORCE TAKEOVER")).ShouldEndWith("Logging out\n");
        (await lab.ExecAsync("SHOW INTERCONNECT LIST", second.Address)).ShouldContain(OaInterpreter.StandbyRefusal);

        await lab.AdvanceUntilAsync(() => second.Active);
        (await lab.ExecAsync("SHOW INTERCONNECT LIST", second.Address)).ShouldContain("Totals: 2");
        lab.Network.IsReachable(first.Address).ShouldBeFalse();

        await lab.AdvanceUntilAsync(() => lab.Network.IsReachable(first.Address));
        (await lab.ExecAsync("SHOW OA STATUS")).ShouldContain("Role:   Standby");
        (await lab.ExecAsync("SHOW OA STATUS ALL", second.Address)).ShouldContain($"Name:   {second.Name}\n\tRole:   Active");
    }

    [Fact]
    public async Task Sessions_with_the_one_that_restarts_break()
    {
        await using var lab = new EnclosureLab();
        await using var session = await lab.ConnectAsync(lab.Enclosure.Oas[0].Address);
        var waiting = session.RunAsync("SLEEP 3600", EnclosureLab.Token);
        await Eventually.TrueAsync(() => lab.Log.All.Any(operation => operation.Operation == "SLEEP"), "the command runs");

        await lab.ExecAsync("RESTART OA ACTIVE");
        await lab.AdvanceUntilAsync(() => waiting.IsCompleted);

        (await Should.ThrowAsync<OpsKitException>(() => waiting)).OutcomeUnknown.ShouldBeTrue();
        lab.Enclosure.Oas[0].Active.ShouldBeFalse("its partner takes over");
    }

    [Fact]
    public async Task A_standby_that_restarts_costs_nothing()
    {
        await using var lab = new EnclosureLab();
        (await lab.AnswerAsync("RESTART OA STANDBY")).ShouldContain("Restarting Onboard Administrator in bay 2");
        lab.Real.Advance(TimeSpan.FromSeconds(1) + Moment);
        lab.Network.IsReachable(lab.Enclosure.Oas[1].Address).ShouldBeFalse();
        lab.Enclosure.Oas[0].Active.ShouldBeTrue();
        (await lab.AnswerAsync("SHOW OA STATUS 2")).ShouldContain("Role:   Unknown");

        (await lab.AnswerAsync("FORCE TAKEOVER")).ShouldContain("Force takeover failed");
        lab.Real.Advance(NetworkTimes.OaRestart);
        (await lab.AnswerAsync("SHOW OA STATUS 2")).ShouldContain("Role:   Standby");
    }

    [Fact]
    public async Task A_lonely_one_stays_active()
    {
        await using var lab = new EnclosureLab();
        lab.Enclosure.Oas.RemoveAt(1);
        (await lab.AnswerAsync("FORCE TAKEOVER")).ShouldContain("Force takeover failed: there is no redundant Onboard Administrator.");
        await lab.ExecAsync("RESTART OA 1");
        await lab.AdvanceUntilAsync(() => !lab.Network.IsReachable(lab.Enclosure.Oas[0].Address));
        await lab.AdvanceUntilAsync(() => lab.Network.IsReachable(lab.Enclosure.Oas[0].Address));
        (await lab.AnswerAsync("SHOW OA STATUS")).ShouldContain("Role:   Active");
    }
}
