using System.Globalization;
using System.Text;
using OpsKit.Connections;

namespace OpsKit.Engine.Reports;

/// <summary>
/// Writes a report's drawing in Graphviz's language: <c>dot -Tsvg</c> and other programs draw it. Names are quoted; what they hold of quotes, backslashes and control
/// characters stays text.
/// </summary>
public static class DotReportWriter
{
    /// <summary>Writes the drawing.</summary>
    /// <param name="table">The report.</param>
    /// <param name="output">Receives UTF-8; left open.</param>
    /// <exception cref="OpsKitException">The report has no drawing (usage).</exception>
    public static void Write(ReportTable table, Stream output)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(output);
        var drawing = table.Drawing ?? throw new OpsKitException(FailureKind.Usage, $"the report {table.Name} has no drawing", next: "use --output table, csv, json or html");
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"graph {Quoted(table.Name)} {{\n  rankdir=LR; ranksep=3; node [shape=box, fontname=\"monospace\", fontsize=10]; edge [fontname=\"monospace\", fontsize=9];\n");
        foreach (var (place, near) in drawing.Links.GroupBy(link => link.Near, StringComparer.Ordinal).Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"  subgraph cluster_{place} {{ label={Quoted(near.Key)};\n");
            foreach (var link in near)
                text.Append(CultureInfo.InvariantCulture, $"    {Quoted(Id(link))} [label={Quoted($"{link.NearPort} {link.Label}".TrimEnd())}{(link.IsDown ? ", style=dashed" : "")}];\n");
            text.Append("  }\n");
        }

        foreach (var far in drawing.Links.Select(link => link.Far).OfType<string>().Distinct(StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"  {Quoted("far:" + far)} [label={Quoted(far)}, style=filled];\n");
        foreach (var link in drawing.Links.Where(link => link.Far is not null))
            text.Append(CultureInfo.InvariantCulture, $"  {Quoted(Id(link))} -- {Quoted("far:" + link.Far)} [headlabel={Quoted(link.FarPort ?? "")}{(link.Remark is { } remark ? $", label={Quoted(remark)}, color=red, style=dashed" : "")}];\n");
        foreach (var missing in table.NotAssessed)
            text.Append(CultureInfo.InvariantCulture, $"  {Quoted("missing:" + missing.Target)} [label={Quoted($"{missing.Target}: not assessed")}, style=dotted, tooltip={Quoted(missing.Reason)}];\n");
        text.Append("}\n");
        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Id(DrawnLink link) => $"near:{link.Near}:{link.NearPort}";

    /// <summary>A backslash would begin an escape such as <c>\G</c> in labels.</summary>
    private static string Quoted(string text) =>
        $"\"{SafeText.Line(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
