using OpsKit.Engine.Reports;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Cli.Commands.About.AboutFacts>;

namespace OpsKit.Cli.Commands.About;

/// <summary>The facts of all endpoints as a report.</summary>
internal static class AboutReport
{
    public static ReportTable TableOf(IEnumerable<AboutFacts> facts) => ReportTable.From(
        "about",
        facts,
        Column.Text("Endpoint", row => row.Endpoint),
        Column.Text("Kind", row => row.Kind, "vcenter, esxi (its own vim25 service), host (over SSH) or enclosure"),
        Column.Text("Product", row => row.Product),
        Column.Text("Version", row => row.Version),
        Column.Text("Build", row => row.Build),
        Column.Text("ApiVersion", row => row.ApiVersion, "Version of the vim25 API"),
        Column.Text("LicenseProduct", row => row.LicenseProduct),
        Column.Decimal("ClockSkew", row => row.ClockSkew is { } skew ? (decimal)skew.TotalSeconds : null, "s", "The endpoint's clock minus the jump host's"),
        Column.Text("InstanceUuid", row => row.InstanceUuid));
}
