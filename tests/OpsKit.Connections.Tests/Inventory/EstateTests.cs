using OpsKit.Connections.Inventory;

namespace OpsKit.Connections.Tests.Inventory;

public sealed class EstateTests
{
    private static readonly Estate Estate = new(
        "opskit.yaml",
        [.. new[] { "esx-a1", "esx-a2", "esx-b1" }.Select(name => new HostEndpoint { Name = name, Address = name }), new VCenterEndpoint { Name = "vc1", Address = "vc1" }],
        new Dictionary<string, IReadOnlyList<string>> { ["side-a"] = ["esx-a*"], ["all"] = ["side-a", "esx-b1", "all"] });

    [Theory]
    [InlineData("esx-a1", "esx-a1")]
    [InlineData("ESX-A1", "esx-a1")]
    [InlineData("esx-?1", "esx-a1 esx-b1")]
    [InlineData("side-a", "esx-a1 esx-a2")]
    [InlineData("side-*", "esx-a1 esx-a2")]
    [InlineData("all", "esx-a1 esx-a2 esx-b1")]
    [InlineData("*", "esx-a1 esx-a2 esx-b1 vc1")]
    [InlineData("vc1 esx-a1", "esx-a1 vc1")]
    public void Patterns_select_names_and_groups_in_the_order_of_the_file(string patterns, string names) =>
        Estate.Select(patterns.Split(' ')).Select(endpoint => endpoint.Name).ShouldBe(names.Split(' '));

    [Fact]
    public void No_pattern_selects_everything() => Estate.Select([]).Count.ShouldBe(4);

    [Fact]
    public void Pattern_that_matches_nothing_is_refused_with_the_nearest_name()
    {
        var refused = Should.Throw<OpsKitException>(() => Estate.Select(["vc1", "side-c"]));

        refused.Kind.ShouldBe(FailureKind.Usage);
        refused.Message.ShouldContain("did you mean \"side-a\"?");
    }
}
