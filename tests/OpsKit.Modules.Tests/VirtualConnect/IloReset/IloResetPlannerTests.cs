using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.IloReset;
using OpsKit.Modules.VirtualConnect.Profiles;

namespace OpsKit.Modules.Tests.VirtualConnect.IloReset;

public sealed class IloResetPlannerTests
{
    private static readonly Target Enclosure = new() { Kind = TargetKind.Enclosure, Name = "enc1", Enclosure = "enc1" };
    private static readonly IloResetOptions Options = new(1);

    [Fact]
    public void Empty_bay_blocks() => IloResetPlanner.Plan(Enclosure, new IloResetState(), Options).Blockers.ShouldBe(["there is no blade in bay 1"]);

    [Fact]
    public void Blade_without_its_profile_changes_its_addresses_which_is_a_network_path()
    {
        var plan = IloResetPlanner.Plan(Enclosure, State(ProfileVerdict.Factory), Options);
        var change = plan.Changes.ShouldHaveSingleItem();
        (change.Id, change.Impact).ShouldBe(("reset-ilo-1", Impact.NetworkPath));
        change.Before.ShouldBe("runs with factory MAC addresses instead of those of prof-esx01");
        plan.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ProfileVerdict.Applied, "it runs with the addresses of its profile already")]
    [InlineData(ProfileVerdict.None, "no Virtual Connect profile is assigned to its bay: a reset gives it none")]
    public void Blade_that_gains_nothing_by_it_is_warned_of_and_nobody_notices(ProfileVerdict verdict, string warning)
    {
        var plan = IloResetPlanner.Plan(Enclosure, State(verdict), Options);
        plan.Changes[0].Impact.ShouldBe(Impact.None);
        plan.Warnings.ShouldBe([warning]);
    }

    [Fact]
    public void Profile_that_could_not_be_read_is_said() =>
        IloResetPlanner.Plan(Enclosure, new IloResetState { Blade = Sample.Enclosure.Blades[0], WhyNoProfile = "no login" }, Options).Warnings.ShouldBe(["whether it runs with its profile is not known: no login"]);

    [Fact]
    public void After_a_crash_only_what_is_seen_counts()
    {
        var blade = Sample.Enclosure.Blades[0];
        IloResetStanding.Of(null, blade).Effect.ShouldBe(Effect.NotDone);
        IloResetStanding.Of(IloResetStanding.Asked, blade with { IloAddress = null }).Effect.ShouldBe(Effect.UnderWay);
        IloResetStanding.Of(IloResetStanding.Asked, blade).Effect.ShouldBe(Effect.NotDone);
        IloResetStanding.Of(IloResetStanding.Asked, null).Effect.ShouldBe(Effect.Unknown);
    }

    private static IloResetState State(ProfileVerdict verdict) => new() { Blade = Sample.Enclosure.Blades[0], Profile = new ProfileStanding(1, "esx01", "prof-esx01", verdict, [], [], "vCenter") };
}
