using CsCheck;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Targets;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Tests.Targets;

public sealed class TargetResolverTests
{
    private static readonly Estate Estate = new("lab.yaml", [], new Dictionary<string, IReadOnlyList<string>>
    {
        ["rack7"] = ["esx01", "web*"],
        ["all-racks"] = ["rack7", "esx03", "all-racks"],
    });

    private static readonly TargetFacts Hosts = new([Host("esx01", "cl1", "enc1", "10.0.0.1"), Host("esx02", "cl1", "enc2", "10.0.0.2"), Host("esx03", "CL2", null, "fe80::3")], []);

    private static readonly TargetFacts Machines = new(
        [Machine("web01", "/DC/vm/Prod/Web", "backup", "gold"), Machine("web02", "/DC/vm/Prod", "backup"), Machine("db 01", "/DC/vm/Test")], []);

    [Theory]
    [InlineData("esx01", "esx01")]
    [InlineData("ESX02", "esx02")]
    [InlineData("10.0.0.2", "esx02")]
    [InlineData("fe80::3", "esx03")]
    [InlineData("esx0?", "esx01 esx02 esx03")]
    [InlineData("cluster:cl*", "esx01 esx02 esx03")]
    [InlineData("cluster:cl2", "esx03")]
    [InlineData("enclosure:enc?", "esx01 esx02")]
    [InlineData("rack7", "esx01")]
    [InlineData("all-racks", "esx01 esx03")]
    public void Host_is_meant_by_name_address_cluster_enclosure_or_group(string selector, string expected) => Resolve(Hosts, selector).ShouldBe(expected);

    [Theory]
    [InlineData("vm:web*", "web01 web02")]
    [InlineData("vm:* tag=BACKUP", "web01 web02")]
    [InlineData("vm:* tag=backup tag=gold", "web01")]
    [InlineData("vm:* folder=/DC/vm/Prod*", "web01 web02")]
    [InlineData("vm:* folder=/DC/vm/Prod", "web02")]
    [InlineData("vm:web01 tag=backup folder=*Web", "web01")]
    [InlineData("vm:db 01", "db 01")]
    [InlineData("cluster:cl1", "web01 web02 db 01")]
    [InlineData("rack7", "web01 web02")]
    public void Machine_is_meant_by_name_tags_folder_or_where_it_runs(string selector, string expected) => Resolve(Machines, selector).ShouldBe(expected);

    [Fact]
    public void Each_target_comes_once_in_the_order_of_the_selectors() => Resolve(Hosts, "esx02", "cluster:cl1", "esx0*").ShouldBe("esx02 esx01 esx03");

    [Fact]
    public void Limit_includes_and_excludes()
    {
        Resolve(Hosts, ["cluster:cl1"], "esx0*").ShouldBe("esx01 esx02");
        Resolve(Hosts, ["!enclosure:enc1"], "esx0*").ShouldBe("esx02 esx03");
        Resolve(Hosts, ["cluster:cl1", "!esx02"], "esx0*").ShouldBe("esx01");
        Resolve(Hosts, ["nothing-like-it"], "esx0*").ShouldBe("");
        TargetLimit.None.IsNone.ShouldBeTrue();
        TargetLimit.Parse(["!a"], "--limit").IsNone.ShouldBeFalse();
    }

    [Theory]
    [InlineData("esx1", "p.yaml:1:1: \"esx1\" means nothing here (did you mean \"esx01\"?)")]
    [InlineData("cluster:cl11", "p.yaml:1:1: \"cluster:cl11\" means nothing here (did you mean \"cl1\"?)")]
    [InlineData("rack-7", "p.yaml:1:1: \"rack-7\" means nothing here (did you mean \"rack7\"?)")]
    [InlineData("vm:web*", "p.yaml:1:1: \"vm:web*\" means nothing here")]
    public void Selector_that_means_nothing_is_refused_with_the_nearest_name(string selector, string message)
    {
        var refused = Should.Throw<OpsKitException>(() => Resolve(Hosts, selector));

        (refused.Kind, refused.What).ShouldBe((FailureKind.Usage, message));
    }

    [Fact]
    public void Selector_may_mean_something_in_a_vcenter_that_could_not_be_read() =>
        Resolve(Hosts with { Unread = [new Unread("vc2", FailureKind.Unreachable, "no answer")] }, "esx99", "esx01").ShouldBe("esx01");

    [Fact]
    public void What_a_selector_means_never_grows_by_a_limit() => Gen.Select(OneOf("*", "esx0*", "esx01", "cluster:cl1", "all-racks"), OneOf("esx01", "!esx01", "cluster:cl2", "!rack7", "*", "!*"))
        .Sample((selector, limit) => Resolve(Hosts, selector).Split(' ').ShouldBeSubsetOf(["", .. Resolve(Hosts, selector).Split(' ')], limit));

    private static string Resolve(TargetFacts facts, params string[] selectors) => Resolve(facts, [], selectors);

    private static string Resolve(TargetFacts facts, string[] limit, params string[] selectors) => string.Join(
        ' ',
        TargetResolver.Resolve([.. selectors.Select(selector => TargetSelector.Parse(selector, "p.yaml:1:1"))], TargetLimit.Parse(limit, "--limit"), facts, Estate).Select(target => target.Name));

    private static Candidate Host(string name, string cluster, string? enclosure, string address) => new()
    {
        Target = new Target { Kind = TargetKind.Host, Name = name, VCenter = "vc1", Cluster = cluster, Enclosure = enclosure }, Aliases = [address],
    };

    private static Candidate Machine(string name, string folder, params string[] tags) => new()
    {
        Target = new Target { Kind = TargetKind.VirtualMachine, Name = name, VCenter = "vc1", Cluster = "cl1" }, Tags = tags, Folder = folder,
    };

    private static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(place => words[place]);
}
