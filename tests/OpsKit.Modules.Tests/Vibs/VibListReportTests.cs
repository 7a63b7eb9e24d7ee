using OpsKit.Engine.Reports;
using OpsKit.Modules.Vibs;

namespace OpsKit.Modules.Tests.Vibs;

public sealed class VibListReportTests
{
    private static readonly HostSoftware[] Hosts =
    [
        Host("esx01", ("net-be2net", "4.0.355.1"), ("esx-base", "5.0.0-1")),
        Host("esx02", ("net-be2net", "4.0.360.0"), ("esx-base", "5.0.0-1")),
        Host("esx03", ("esx-base", "5.0.0-1")),
    ];

    [Fact]
    public void List_has_a_row_for_each_host_and_vib()
    {
        var table = VibListReport.Of(Hosts, new VibListOptions());
        table.Columns.Select(column => column.Name).ShouldBe(["VMHost", "Name", "Version", "Vendor", "AcceptanceLevel", "InstallDate", "HostVersion"]);
        table.Rows.Count.ShouldBe(5);
        Line(table.Rows[0]).ShouldBe("esx01 net-be2net 4.0.355.1 Emulex PartnerSupported  5.0.0");
    }

    [Fact]
    public void Names_choose_by_glob() =>
        VibListReport.Of(Hosts, new VibListOptions { Names = ["net-*"] }).Rows.Select(row => $"{row[0]}").ShouldBe(["esx01", "esx02"]);

    [Fact]
    public void Pivot_has_a_column_for_each_host_and_nothing_where_it_is_not_installed()
    {
        var table = VibListReport.Of(Hosts, new VibListOptions { Pivot = true });
        table.Columns.Select(column => column.Name).ShouldBe(["Name", "esx01", "esx02", "esx03"]);
        table.Rows.Select(Line).ShouldBe(["esx-base 5.0.0-1 5.0.0-1 5.0.0-1", "net-be2net 4.0.355.1 4.0.360.0 "]);
    }

    [Fact]
    public void Drift_tells_who_has_what_where_they_differ_and_no_more() =>
        VibListReport.Of(Hosts, new VibListOptions { Drift = true }).Rows.Select(Line).ShouldBe(
            ["net-be2net not installed 1 esx03", "net-be2net 4.0.355.1 1 esx01", "net-be2net 4.0.360.0 1 esx02"]);

    [Fact]
    public void Drift_of_hosts_that_are_the_same_is_empty_and_says_so()
    {
        var table = VibListReport.Of(Hosts[..1], new VibListOptions { Drift = true });
        table.Rows.ShouldBeEmpty();
        table.Notes.ShouldHaveSingleItem().ShouldContain("the same VIBs");
    }

    private static string Line(ReportRow row) => string.Join(' ', Enumerable.Range(0, row.Values.Count).Select(place => row[place]));

    private static HostSoftware Host(string name, params (string Name, string Version)[] vibs) => new()
    {
        Host = name,
        Version = new Version(5, 0, 0),
        Build = "623860",
        Vibs = [.. vibs.Select(vib => new InstalledVib { Name = vib.Name, Version = vib.Version, Vendor = "Emulex", Acceptance = VibAcceptanceLevel.PartnerSupported })],
    };
}
