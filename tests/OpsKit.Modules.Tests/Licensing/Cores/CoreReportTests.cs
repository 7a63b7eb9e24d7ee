using OpsKit.Engine.Reports;
using OpsKit.Modules.Licensing;
using OpsKit.TestKit;

namespace OpsKit.Modules.Tests.Licensing.Cores;

public sealed class CoreReportTests
{
    [Theory]
    [InlineData(CoreDetail.Host, "cores")]
    [InlineData(CoreDetail.Cluster, "cores-clusters")]
    public void Showcase_reads_as_agreed(CoreDetail detail, string golden)
    {
        var table = CoreReport.Of(CoreCalculator.Calculate(ShowcaseEstate.Build(), LicensingTablesReader.BuiltIn), detail);

        Golden.ShouldMatch(ReportText.Csv(table), $"{golden}.csv");
        Golden.ShouldMatch(ReportText.Json(table), $"{golden}.json");
    }

    [Fact]
    public void Hosts_and_clusters_have_the_same_total_and_a_minimum_order_is_a_row_of_its_own()
    {
        var tables = LicensingTablesReader.BuiltIn;
        var account = CoreCalculator.Calculate(new EstateBuilder().Host("a").Estate(), tables with { Cores = tables.Cores with { MinimumOrder = 72 } });

        ReportText.Total(CoreReport.Of(account), "LicensedCores").ShouldBe(72L);
        ReportText.Total(CoreReport.Of(account, CoreDetail.Cluster), "LicensedCores").ShouldBe(72L);
        ReportText.Column(CoreReport.Of(account), "LicensedCores").ShouldBe([32L, 40L]);
    }
}
