using OpsKit.Modules.Licensing;
using static OpsKit.Modules.Tests.Licensing.EstateBuilder;

namespace OpsKit.Modules.Tests.Licensing.Cores;

public sealed class CoreCalculatorTests
{
    [Fact]
    public void Example_of_the_vendor_gives_80_cores()
    {
        var account = Count(new EstateBuilder().Host("a", sockets: 2, cores: 16).Host("b", sockets: 2, cores: 48));

        account.Hosts.Select(host => host.LicensedCores).ShouldBe([32, 48]);
        account.LicensedCores.ShouldBe(80);
    }

    [Theory]
    [InlineData(1, 1, 16)]
    [InlineData(1, 16, 16)]
    [InlineData(1, 17, 17)]
    [InlineData(2, 12, 32)]
    [InlineData(4, 128, 128)]
    [InlineData(2, 35, 36)]
    public void Each_processor_counts_at_least_16(int sockets, int cores, int licensed) =>
        CoreCalculator.LicensedCores(sockets, cores, 16).ShouldBe(licensed);

    [Fact]
    public void Host_in_evaluation_is_counted_and_named()
    {
        var host = Count(new EstateBuilder().Host("a", Evaluation())).Hosts.Single();

        (host.Status, host.LicensedCores).ShouldBe((CoreStatus.Evaluation, 32));
        host.Reason.ShouldBe("in evaluation: needs these licences when it ends");
    }

    [Fact]
    public void Mobility_platform_is_named_without_a_figure()
    {
        var account = Count(new EstateBuilder().Host("hcx", model: "VMware Mobility Platform", sockets: null, cores: null));

        account.Hosts.Single().ShouldSatisfyAllConditions(
            host => host.Status.ShouldBe(CoreStatus.Excluded),
            host => host.LicensedCores.ShouldBeNull(),
            host => host.Reason.ShouldBe("model VMware Mobility Platform needs no core licence"));
        account.NotAssessed.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1", CoreStatus.Excluded)]
    [InlineData("0", CoreStatus.Counted)]
    public void Witness_appliance_is_told_by_its_advanced_setting(string value, CoreStatus status)
    {
        var settings = new Dictionary<string, string> { ["Misc.vsanWitnessVirtualAppliance"] = value };

        Count(new EstateBuilder().Host("w", vendor: "VMware, Inc.", model: "VMware7,1", settings: settings)).Hosts.Single().Status.ShouldBe(status);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0, 12)]
    [InlineData(2, null)]
    [InlineData(-1, 8)]
    public void Host_without_hardware_is_not_assessed(int? sockets, int? cores)
    {
        var account = Count(new EstateBuilder().Host("a", sockets: sockets, cores: cores, state: "disconnected"));

        account.Hosts.ShouldBeEmpty();
        account.NotAssessed.ShouldHaveSingleItem().ShouldBe(new("vc1: a", "hardware not reported (host is disconnected)"));
    }

    [Fact]
    public void Minimum_order_is_off_unless_the_tables_set_it()
    {
        var estate = new EstateBuilder().Host("a").Estate();
        var tables = LicensingTablesReader.BuiltIn;

        CoreCalculator.Calculate(estate, tables).UpToMinimumOrder.ShouldBe(0);
        CoreCalculator.Calculate(estate, tables with { Cores = tables.Cores with { MinimumOrder = 72 } }).UpToMinimumOrder.ShouldBe(40);
    }

    private static CoreAccount Count(EstateBuilder builder) => CoreCalculator.Calculate(builder.Estate(), LicensingTablesReader.BuiltIn);
}
