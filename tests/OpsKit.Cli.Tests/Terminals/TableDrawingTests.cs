using OpsKit.Cli.Terminals;
using OpsKit.Engine.Reports;
using OpsKit.TestKit;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Cli.Tests.Terminals.Appliance>;

namespace OpsKit.Cli.Tests.Terminals;

internal sealed record Appliance(string Name, string Product, string Build, string Uuid, long Hosts, decimal Used, string? Remark = null);

public class TableDrawingTests
{
    private static ReportTable Appliances => ReportTable.From(
        "appliances",
        [
            new Appliance("vc1", "VMware vCenter Server 8.0.3", "24853646", "5a4e8f0e-2d3c-4c2b-9a56-0d8d4c1f9f10", 12, 2624.8m),
            new Appliance("vc-東京", "VMware vCenter Server 4.1.0", "258902", "9c3b1d55-71aa-4f02-8d5e-77b1b0e7a001", 120, 31.04m, "end of support since 2014, plan its upgrade"),
            new Appliance("evil\u001b[2J\u202egnp", "[red]x[/]\nforged line", "1", "00000000-0000-0000-0000-000000000000", 0, -1m),
        ],
        Column.Text("Name", row => row.Name),
        Column.Text("Product", row => row.Product),
        Column.Text("Build", row => row.Build),
        Column.Text("InstanceUuid", row => row.Uuid),
        Column.Integer("Hosts", row => row.Hosts, sum: true),
        Column.Decimal("vRAMUsed", row => row.Used, "GB", sum: true),
        Column.Text("Remark", row => row.Remark)) with
    {
        NotAssessed = [new NotAssessed("vc3", "did not answer within 15 s"), new NotAssessed("vc4", "the certificate is unknown")],
        Notes = ["Hosts in evaluation mode are not counted."],
    };

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(160)]
    public void Report_on_a_terminal_fits_its_width(int width)
    {
        var drawn = Draw(Appliances, new TerminalStreams(true, true, true, width), color: false);

        drawn.Split('\n').Max(TableCells.WidthOf).ShouldBeLessThanOrEqualTo(width);
        Golden.ShouldMatch(drawn, $"appliances-{width}.txt");
    }

    /// <summary>What a reader can do without goes first, the last of it before the others, and is named.</summary>
    [Fact]
    public void Columns_of_less_weight_are_left_out_where_there_is_no_room()
    {
        var report = ReportTable.From(
            "hogs",
            [new Appliance("db01", "ds01", "8.0", "esx04.lab.example", 21614, 4), new Appliance("web01", "ds02", "5.0", "esx01.lab.example", 120, 12)],
            Column.Text("VM", row => row.Name), Column.Text("Datastore", row => row.Product).AsLesser(), Column.Integer("IOPS", row => row.Hosts),
            Column.Text("Version", row => row.Build).AsLesser(), Column.Text("VMHost", row => row.Uuid).AsLesser(), Column.Decimal("ReadMs", row => row.Used));

        Draw(report, new TerminalStreams(true, true, true, 80), color: false).ShouldNotContain("Left out");
        var narrow = Draw(report, new TerminalStreams(true, true, true, 40), color: false);
        narrow.ShouldContain("VM     Datastore   IOPS  Version  ReadMs");
        narrow.ShouldContain("Left out for want of room: VMHost.");
        Draw(report, new TerminalStreams(false, false, false, 40), color: false).ShouldContain("esx04.lab.example");
    }

    [Fact]
    public void Report_in_a_pipe_is_plain_columns_of_any_width() =>
        Golden.ShouldMatch(Draw(Appliances, new TerminalStreams(false, false, false, int.MaxValue), color: false), "appliances-pipe.txt");

    [Fact]
    public void Colour_is_only_added_to_what_is_drawn_without_it()
    {
        var streams = new TerminalStreams(true, true, true, 120);
        var colored = Draw(Appliances, streams, color: true);

        colored.ShouldContain("\u001b[");
        System.Text.RegularExpressions.Regex.Replace(colored, "\u001b\\[[0-9;]*m", "").ShouldBe(Draw(Appliances, streams, color: false));
    }

    [Fact]
    public void Hostile_names_neither_move_the_cursor_nor_start_a_line()
    {
        foreach (var width in new[] { 60, 120, 200 })
        {
            var drawn = Draw(Appliances, new TerminalStreams(true, true, true, width), color: false);

            drawn.ShouldNotContain('\u001b');
            drawn.ShouldNotContain('\u202e');
            drawn.Split('\n').ShouldNotContain(line => line.StartsWith("forged"));
        }
    }

    [Fact]
    public void Identifiers_are_never_broken_across_lines()
    {
        foreach (var width in Enumerable.Range(60, 140))
            Draw(Appliances, new TerminalStreams(true, true, true, width), color: false).ShouldContain("9c3b1d55-71aa-4f02-8d5e-77b1b0e7a001", customMessage: $"width {width}");
    }

    [Fact]
    public void Report_without_rows_shows_its_header() =>
        Draw(Appliances with { Rows = [], Totals = null, NotAssessed = [], Notes = [] }, new TerminalStreams(true, true, true, 120), color: false)
            .ShouldStartWith("Name");

    private static string Draw(ReportTable table, TerminalStreams streams, bool color)
    {
        using var output = new StringWriter();
        var jumpHost = new CliHarness().JumpHost;
        var terminal = new Terminal(output, TextWriter.Null, TextReader.Null, streams)
        {
            Capabilities = TerminalCapabilities.Decide(streams, color ? ColorChoice.Always : ColorChoice.Never, jumpHost),
        };
        TableDrawing.Write(table, terminal);
        return output.ToString();
    }
}
