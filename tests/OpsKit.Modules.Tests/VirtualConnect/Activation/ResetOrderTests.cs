using OpsKit.Modules.VirtualConnect;
using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.Tests.VirtualConnect.Activation;

public sealed class ResetOrderTests
{
    private static readonly IReadOnlyList<ModuleState> Four = [.. Enumerable.Range(1, 4).Select(Sample.Module)];

    [Theory]
    [InlineData(1, "2,4,3,1")]
    [InlineData(2, "1,3,4,2")]
    [InlineData(3, "2,4,1,3")]
    [InlineData(null, "2,4,1,3")]
    public void One_side_comes_first_and_the_module_with_the_manager_last(int? primary, string bays) =>
        string.Join(',', ResetOrder.Of(Four, primary, []).Select(module => module.Bay)).ShouldBe(bays);

    [Fact]
    public void Order_that_is_asked_for_is_kept() =>
        ResetOrder.Of(Four, 1, [3, 1, 4, 2]).Select(module => module.Bay).ShouldBe([3, 1, 4, 2]);

    [Theory]
    [InlineData("2,1", null)]
    [InlineData("2", "the order leaves out bay 1, which would stay at the old version")]
    [InlineData("2,7", "the order names bay 7, in which there is no Virtual Connect module")]
    public void Order_must_fit_the_modules(string asked, string? why) =>
        ResetOrder.WhyNot(Sample.Enclosure, Sample.Enclosure.Modules, [.. asked.Split(',').Select(int.Parse)]).ShouldBe(why);

    [Fact]
    public void Manager_that_is_not_last_is_doubted() =>
        ResetOrder.Doubt(Sample.Enclosure, ResetOrder.Of(Sample.Enclosure.Modules, 1, [1, 2]))!.ShouldContain("changes over more than once");
}
