using OpsKit.Cli.Commands.About;

namespace OpsKit.Cli.Tests.Commands.About;

public class EsxiVersionTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_770_000_000);

    [Theory]
    [InlineData("VMware ESXi 8.0.3 build-24022510\n1770000003\n", "VMware ESXi", "8.0.3", "24022510", 3)]
    [InlineData("VMware ESXi 4.1.0 build-260247\r\n1769999900\r\n", "VMware ESXi", "4.1.0", "260247", -100)]
    [InlineData("VMware ESX 4.1.0 build-260247\n", "VMware ESX", "4.1.0", "260247", null)]
    public void Version_and_clock_are_read(string output, string product, string version, string build, int? skew)
    {
        var facts = EsxiVersion.Parse("esx01", output, Now)!;

        (facts.Product, facts.Version, facts.Build).ShouldBe((product, version, build));
        facts.ClockSkew.ShouldBe(skew is null ? null : TimeSpan.FromSeconds(skew.Value));
    }

    [Theory]
    [InlineData("sh: vmware: not found\n1770000000\n")]
    [InlineData("")]
    [InlineData("Linux debian 6.1.0\n")]
    public void Other_systems_are_no_esxi(string output) => EsxiVersion.Parse("esx01", output, Now).ShouldBeNull();
}
