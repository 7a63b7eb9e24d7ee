using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpsKit.Engine.Reports;

/// <summary>
/// Writes a report as one JSON object:
/// <code>
/// { "report": "license-vram", "generatedAt": "2026-01-31T12:00:00Z",
///   "columns": [ { "name": "vRAMUsed", "kind": "decimal", "unit": "GB", "description": "…" } ],
///   "rows": [ { "vCenter": "vc1", "vRAMUsed": 2624.8 } ],
///   "totals": { "vRAMUsed": 2624.8 },
///   "notAssessed": [ { "target": "vc2", "reason": "…" } ],
///   "notes": [ "…" ] }
/// </code>
/// </summary>
/// <remarks>
/// Every key is always present; <c>totals</c> is null where nothing is summed and else holds only the sums. In a row every column
/// is present, null where it has no value. Numbers are JSON numbers with the decimals the table shows, moments and days ISO 8601 text.
/// Text with control characters or such as reorder text is written in ASCII with <c>\u</c> escapes: exact for a parser, harmless on a terminal.
/// </remarks>
public static class JsonReportWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the report, with a line feed at its end.</summary>
    /// <param name="table">The report.</param>
    /// <param name="generatedAt">When it was made.</param>
    /// <param name="output">Receives UTF-8; left open.</param>
    public static void Write(ReportTable table, DateTimeOffset generatedAt, Stream output)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(output);
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("report", table.Name);
            json.WriteString("generatedAt", generatedAt.UtcDateTime.ToString(ReportColumn.MomentFormat));
            WriteArray(json, "columns", table.Columns, WriteColumn);
            WriteArray(json, "rows", table.Rows, (writer, row) => WriteRow(writer, table.Columns, row, onlySums: false));
            json.WritePropertyName("totals");
            if (table.Totals is { } totals)
                WriteRow(json, table.Columns, totals, onlySums: true);
            else
                json.WriteNullValue();
            WriteArray(json, "notAssessed", table.NotAssessed, WriteMissing);
            WriteArray(json, "notes", table.Notes, (writer, note) => writer.WriteStringValue(Safe(note)));
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            write(json, item);
        json.WriteEndArray();
    }

    private static void WriteColumn(Utf8JsonWriter json, ReportColumn column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString("kind", column.Kind.ToString().ToLowerInvariant());
        json.WriteString("unit", column.Unit);
        json.WriteString("description", column.Description);
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, IReadOnlyList<ReportColumn> columns, ReportRow row, bool onlySums)
    {
        json.WriteStartObject();
        for (var index = 0; index < columns.Count; index++)
        {
            if (onlySums && (row[index] is null || !columns[index].IsNumeric))
                continue;

            json.WritePropertyName(columns[index].Name);
            switch (row[index])
            {
                case null: json.WriteNullValue(); break;
                case long number: json.WriteNumberValue(number); break;
                case decimal: json.WriteRawValue(columns[index].Format(row[index])); break;
                case bool flag: json.WriteBooleanValue(flag); break;
                case string text: json.WriteStringValue(Safe(text)); break;
                case var other: json.WriteStringValue(columns[index].Format(other)); break;
            }
        }

        json.WriteEndObject();
    }

    private static void WriteMissing(Utf8JsonWriter json, NotAssessed missing)
    {
        json.WriteStartObject();
        json.WriteString("target", Safe(missing.Target));
        json.WriteString("reason", Safe(missing.Reason));
        json.WriteEndObject();
    }

    /// <summary>Readable text is written as it is; text with invisible characters as ASCII, so that none reaches a terminal raw.</summary>
    private static JsonEncodedText Safe(string text) =>
        JsonEncodedText.Encode(text, text.Any(IsInvisible) ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
