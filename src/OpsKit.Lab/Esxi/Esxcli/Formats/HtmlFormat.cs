using System.Net;
using OpsKit.Lab.Esxi.Esxcli.Values;

namespace OpsKit.Lab.Esxi.Esxcli.Formats;

/// <summary>The hidden format for a browser.</summary>
internal sealed class HtmlFormat : IEsxcliFormat
{
    public string Write(EsxcliValue value) => value switch
    {
        EsxcliList { Items: [EsxcliRecord, ..] } list => Table([.. list.Items.Cast<EsxcliRecord>()]),
        EsxcliRecord record => Table([record]),
        _ => $"<p>{Cell(value)}</p>\n",
    };

    private static string Table(IReadOnlyList<EsxcliRecord> rows) =>
        "<table>\n" + Row("th", rows[0].ByApiName.Select(field => WebUtility.HtmlEncode(field.ApiName)))
        + string.Concat(rows.Select(row => Row("td", row.ByApiName.Select(field => Cell(field.Value))))) + "</table>\n";

    private static string Row(string tag, IEnumerable<string> cells) => $"<tr>{string.Concat(cells.Select(cell => $"<{tag}>{cell}</{tag}>"))}</tr>\n";

    private static string Cell(EsxcliValue value) => WebUtility.HtmlEncode(TextFormat.Inline(value));
}
