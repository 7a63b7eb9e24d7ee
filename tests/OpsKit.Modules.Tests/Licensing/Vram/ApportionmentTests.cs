using CsCheck;
using OpsKit.Modules.Licensing;

namespace OpsKit.Modules.Tests.Licensing.Vram;

public sealed class ApportionmentTests
{
    private static readonly Gen<long[]> Parts = Gen.Long[0, 4L * 1024 * 1024].Array[0, 200];

    [Fact]
    public void Tenths_round_half_up()
    {
        Apportionment.Tenths(0).ShouldBe(0);
        Apportionment.Tenths(51).ShouldBe(0);
        Apportionment.Tenths(52).ShouldBe(1);
        Apportionment.Tenths(2797773).ShouldBe(27322);
    }

    [Fact]
    public void Thousand_machines_of_256_MB_print_as_250_GB()
    {
        var parts = Enumerable.Repeat(256L, 1000).ToArray();

        Apportionment.Apportion(parts, Apportionment.Tenths(parts.Sum())).Sum().ShouldBe(2500);
    }

    [Fact]
    public void Parts_add_up_to_the_rounded_total_and_each_is_rounded_down_or_up() => Parts.Sample(parts =>
    {
        var total = Apportionment.Tenths(parts.Sum());
        var tenths = Apportionment.Apportion(parts, total);

        tenths.Sum().ShouldBe(total);
        for (var i = 0; i < parts.Length; i++)
            tenths[i].ShouldBeInRange(parts[i] * 10 / 1024, (parts[i] * 10 + 1023) / 1024);
    });

    [Fact]
    public void Parts_of_parts_add_up_as_well() => Parts.Array[0, 12].Sample(groups =>
    {
        var sums = groups.Select(group => group.Sum()).ToArray();
        var printed = Apportionment.Apportion(sums, Apportionment.Tenths(sums.Sum()));

        for (var i = 0; i < groups.Length; i++)
        {
            var tenths = Apportionment.Apportion(groups[i], printed[i]);
            tenths.Sum().ShouldBe(printed[i]);
            tenths.ShouldAllBe(figure => figure >= 0);
        }
    });
}
