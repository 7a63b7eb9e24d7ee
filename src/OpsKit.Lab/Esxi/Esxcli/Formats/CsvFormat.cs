using System.Text;
using OpsKit.Lab.Esxi.Esxcli.Values;

namespace OpsKit.Lab.Esxi.Esxcli.Formats;

/// <summary>CSV with a comma behind every value, the last one too.</summary>
/// <param name="fields">Shown names of the fields wanted, in their order; null for all of them.</param>
internal sealed class CsvFormat(IReadOnlyList<string>? fields) : IEsxcliFormat
{
    public string Write(EsxcliValue value) => value switch
    {
        EsxcliList { Items: [EsxcliRecord first, ..] } list => Head(first) + string.Concat(list.Items.Cast<EsxcliRecord>().Select(Row)),
        EsxcliRecord record => Head(record) + Row(record),
        EsxcliList list => string.Concat(list.Items.Select(item => Cell(item) + ",\n")),
        _ => Cell(value) + ",\n",
    };

    private string Head(EsxcliRecord record) => Line(fields ?? [.. record.ByApiName.Select(field => field.ApiName)]);

    private string Row(EsxcliRecord record) => Line(fields is null
        ? [.. record.ByApiName.Select(field => Cell(field.Value))]
        : [.. fields.Select(name => record.Fields.FirstOrDefault(field => field.Name == name) is { } field ? Cell(field.Value) : "")]);

    private static string Line(IEnumerable<string> cells) => string.Concat(cells.Select(cell => cell + ",")) + "\n";

    /// <summary>Nested values are lines of their own, in one cell.</summary>
    private static string Cell(EsxcliValue value) => value switch
    {
        EsxcliList list => Quote(string.Concat(list.Items.Select(item => Cell(item) + ","))),
        EsxcliRecord record => Quote(string.Concat(record.ByApiName.Select(field => Cell(field.Value) + ","))),
        _ => Quote(value.ToString()),
    };

    private static string Quote(string text)
    {
        var line = text.Replace("\n", "\\n", StringComparison.Ordinal);
        return line.AsSpan().IndexOfAny(",\"\r") < 0 ? line : new StringBuilder(line).Replace("\"", "\"\"").Insert(0, '"').Append('"').ToString();
    }
}
