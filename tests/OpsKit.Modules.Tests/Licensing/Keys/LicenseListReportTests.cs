using OpsKit.Modules.Licensing;
using OpsKit.TestKit;

namespace OpsKit.Modules.Tests.Licensing.Keys;

public sealed class LicenseListReportTests
{
    [Fact]
    public void Showcase_reads_as_agreed()
    {
        var table = LicenseListReport.Of(LicenseInventory.List(ShowcaseEstate.Build(), LicensingTablesReader.BuiltIn));

        Golden.ShouldMatch(ReportText.Csv(table), "list.csv");
        Golden.ShouldMatch(ReportText.Json(table), "list.json");
    }

    [Fact]
    public void Keys_are_shown_only_when_asked_for()
    {
        var listing = LicenseInventory.List(ShowcaseEstate.Build(), LicensingTablesReader.BuiltIn);

        ReportText.Json(LicenseListReport.Of(listing)).ShouldNotContain("A1B2C");
        ReportText.Json(LicenseListReport.Of(listing, showKeys: true)).ShouldContain("A1B2C-D3E4F-G5H6J-K7L8M-PLUS1");
    }
}
