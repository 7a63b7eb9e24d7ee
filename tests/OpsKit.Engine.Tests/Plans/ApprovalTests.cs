using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Tests.Runs;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Tests.Plans;

public sealed class ApprovalTests
{
    [Theory]
    [InlineData(Impact.None, ApprovalKind.Yes)]
    [InlineData(Impact.Stun, ApprovalKind.Yes)]
    [InlineData(Impact.NetworkPath, ApprovalKind.Name)]
    [InlineData(Impact.MaintenanceMode, ApprovalKind.Yes)]
    [InlineData(Impact.HostReboot, ApprovalKind.Name)]
    public void Worst_impact_decides_how_to_agree(Impact impact, ApprovalKind kind)
    {
        var approval = Of(Step(), Target("esx01", Impact.None), Target("esx01", impact));

        (approval.Kind, approval.Impact, approval.Name, approval.Pauses).ShouldBe((kind, impact, "esx01", false));
    }

    [Fact]
    public void Nothing_to_change_needs_no_agreement() => Of(Step(), Target("esx01")).ShouldBe(new Approval(ApprovalKind.None, "night", Impact.None, false));

    [Fact]
    public void Step_may_demand_the_name_whatever_the_impact() => Of(Step(Confirmation.Name), Target("esx01", Impact.Stun)).Kind.ShouldBe(ApprovalKind.Name);

    [Fact]
    public void Step_that_waits_for_the_operator_needs_a_yes_even_where_nothing_changes()
    {
        var approval = Of(Step(Confirmation.Always), Target("esx01"));

        (approval.Kind, approval.Pauses).ShouldBe((ApprovalKind.Yes, true));
    }

    [Fact]
    public void Target_planned_in_its_turn_counts_as_the_worst_its_verb_does()
    {
        var approval = Of(Step() with { Verb = new ScriptedVerb { Impact = Impact.HostReboot } }, Target("esx01") with { DependsOnStep = 1 });

        (approval.Kind, approval.Impact).ShouldBe((ApprovalKind.Name, Impact.HostReboot));
    }

    [Fact]
    public void Name_is_what_all_that_is_touched_have_in_common()
    {
        Of(Step(), Target("a", Impact.Stun, "cl1", "enc1"), Target("a", Impact.Stun, "cl1", "enc1")).Name.ShouldBe("a");
        Of(Step(), Target("a", Impact.Stun, "cl1", "enc1"), Target("b", Impact.Stun, "cl2", "enc1")).Name.ShouldBe("enc1");
        Of(Step(), Target("a", Impact.Stun, "cl1", "enc1"), Target("b", Impact.Stun, "CL1", "enc2")).Name.ShouldBe("cl1");
        Of(Step(), Target("a", Impact.Stun, "cl1"), Target("b", Impact.Stun, "cl1")).Name.ShouldBe("cl1");
        Of(Step(), Target("a", Impact.Stun, "cl1"), Target("b", Impact.Stun, "cl2")).Name.ShouldBe("night");
        Of(Step(), Target("a", Impact.Stun, "cl1"), Target("b", null, "cl2")).Name.ShouldBe("a");
    }

    [Fact]
    public void Cluster_that_was_chosen_is_the_name_also_within_one_enclosure() =>
        Of(RunBench.Step(new ScriptedVerb(), targets: "cluster:cl1"), Target("a", Impact.Stun, "cl1", "enc1"), Target("b", Impact.Stun, "cl1", "enc1")).Name.ShouldBe("cl1");

    [Fact]
    public void What_only_reads_needs_no_agreement_also_after_a_change() =>
        Of(RunBench.Step(new ScriptedVerb { Changes = false, Impact = Impact.None }), Target("a") with { DependsOnStep = 1 }).Kind.ShouldBe(ApprovalKind.None);

    private static Approval Of(Step step, params TargetPlan[] targets) => Approval.Of(RunBench.Playbook(step), new Plan
    {
        Playbook = "night",
        File = "night.yaml",
        PlaybookSha256 = "1",
        Inventory = "opskit.yaml",
        InventorySha256 = "2",
        Made = DateTimeOffset.UnixEpoch,
        Steps = [new StepPlan { Number = 1, Name = "step", Verb = "test.scripted", Targets = targets, Batches = [], Timeout = TimeSpan.FromMinutes(1) }],
    });

    private static Step Step(Confirmation confirm = Confirmation.ByImpact) => RunBench.Step(new ScriptedVerb(), confirm: confirm);

    private static TargetPlan Target(string name, Impact? impact = null, string? cluster = null, string? enclosure = null) => new()
    {
        Target = new Target { Kind = TargetKind.Host, Name = name, Cluster = cluster, Enclosure = enclosure },
        Changes = impact is { } worst ? [ScriptedVerb.Change("one", worst)] : [],
    };
}
