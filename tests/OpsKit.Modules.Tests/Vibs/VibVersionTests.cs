using CsCheck;
using OpsKit.Modules.Vibs;

namespace OpsKit.Modules.Tests.Vibs;

public sealed class VibVersionTests
{
    [Theory]
    [InlineData("1.0", "1.0", 0)]
    [InlineData("1.0", "1.0.0", -1)]
    [InlineData("4.0.355.1-1OEM.500.0.0.406165", "4.0.88.0-1vmw.500.0.0.469512", 1)]
    [InlineData("5.5.0-0.0.1331820", "5.5", 1)]
    [InlineData("2.0.15g.v50.11-5vmw", "2.0.15h.v50.11-5vmw", -1)]
    [InlineData("1.010", "1.9", 1)]
    [InlineData("a", "1", -1)]
    [InlineData("1.0.0-9", "1.0.0-10", -1)]
    public void Versions_are_compared_run_by_run(string left, string right, int order)
    {
        Math.Sign(VibVersion.Compare(left, right)).ShouldBe(order);
        Math.Sign(VibVersion.Compare(right, left)).ShouldBe(-order);
    }

    [Fact]
    public void Order_holds_for_any_three()
    {
        var version = Gen.String[Gen.Char["0129ab.-_"], 0, 8];
        Gen.Select(version, version, version).Sample((a, b, c) =>
        {
            Math.Sign(VibVersion.Compare(a, b)).ShouldBe(-Math.Sign(VibVersion.Compare(b, a)));
            if (VibVersion.Compare(a, b) <= 0 && VibVersion.Compare(b, c) <= 0)
                VibVersion.Compare(a, c).ShouldBeLessThanOrEqualTo(0);
        });
    }

    [Theory]
    [InlineData("esx-base >= 5.5", "5.5.0-0.0.1331820", true)]
    [InlineData("esx-base >= 5.5", "5.0.0-0.0.469512", false)]
    [InlineData("esx-base << 6.7.0-1.29", "6.7.0-1.28.10302608", true)]
    [InlineData("esx-base << 6.7.0-1.29", "6.7.0-1.29", false)]
    [InlineData("esx-base <= 6.0.0", "6.0.0", true)]
    [InlineData("esx-base", "1", true)]
    [InlineData("esx-base = 6.0.0", "6.0.1", false)]
    [InlineData("esx-update", "6.0.1", false)]
    public void Relation_means_what_the_host_means(string relation, string version, bool fits) => VibRelations.Parse(relation).Fits("esx-base", version).ShouldBe(fits);
}
