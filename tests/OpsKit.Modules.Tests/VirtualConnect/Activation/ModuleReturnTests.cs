using OpsKit.Modules.VirtualConnect;
using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.Tests.VirtualConnect.Activation;

public sealed class ModuleReturnTests
{
    private static readonly SeenLink Link = new("esx01", "vmnic1", "sw1 port 4");
    private readonly ModuleReturn _judge = new("4.45", "4.85", TimeSpan.FromMinutes(35));

    [Fact]
    public void Module_is_back_with_its_version_its_health_and_every_link()
    {
        At(5, Old, Link).Text.ShouldBe("runs 4.45, OK; link of esx01 vmnic1 down");
        At(60, Away, Link).Text.ShouldBe("Unknown; link of esx01 vmnic1 down");
        At(290, New, Link).Verdict.ShouldBe(ReturnVerdict.Waiting);
        At(300, New).ShouldBe(new ReturnJudgement(ReturnVerdict.Back, "runs 4.85, OK"));
        (_judge.LinksDown, _judge.LinksBack).ShouldBe((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(300)));
    }

    [Fact]
    public void Version_proves_the_restart_that_nobody_saw() => At(400, New).Verdict.ShouldBe(ReturnVerdict.Back);

    [Fact]
    public void Old_state_that_is_shown_late_is_no_return()
    {
        At(2, Old, Link);
        At(8, Old).Verdict.ShouldBe(ReturnVerdict.Waiting);
        At(60, Away, Link).Verdict.ShouldBe(ReturnVerdict.Waiting);
    }

    [Fact]
    public void Old_version_that_stands_after_it_was_away_is_final()
    {
        At(30, Away, Link);
        At(300, Old).Verdict.ShouldBe(ReturnVerdict.Waiting);
        At(361, Old).Text.ShouldBe("came back with 4.45, not 4.85: 4.85 was not written to it, or not taken");
    }

    [Fact]
    public void Right_version_that_does_not_get_well_is_final()
    {
        var ill = New with { Health = "Degraded", Faults = ["Device Degraded: Degraded"] };
        At(300, ill).Verdict.ShouldBe(ReturnVerdict.Waiting);
        At(601, ill).Text.ShouldBe("runs 4.85 and does not get well: Degraded, Device Degraded: Degraded");
    }

    [Fact]
    public void Reset_without_any_effect_is_told()
    {
        At(299, Old).Verdict.ShouldBe(ReturnVerdict.Waiting);
        At(300, Old).Text.ShouldBe("runs 4.45 and was never away: the reset had no effect");
    }

    [Fact]
    public void Budget_ends_the_waiting_whatever_is_seen()
    {
        _judge.Judge(TimeSpan.FromMinutes(34), new ModuleLook(null, "no active one"), null).Text.ShouldBe("nothing is seen of it: no active one");
        _judge.Judge(TimeSpan.FromMinutes(35), new ModuleLook(null, "no active one"), null).Text.ShouldBe("is not back within 35 min");
    }

    private static ModuleState Old => Sample.Module(2);

    private static ModuleState New => Old with { Firmware = "4.85" };

    private static ModuleState Away => Old with { Health = "Unknown", Firmware = null, Address = null };

    private ReturnJudgement At(double seconds, ModuleState module, params SeenLink[] down) => _judge.Judge(TimeSpan.FromSeconds(seconds), new ModuleLook(module, null), down);
}
