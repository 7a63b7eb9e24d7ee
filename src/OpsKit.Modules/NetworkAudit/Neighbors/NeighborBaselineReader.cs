using System.Globalization;
using System.Text.Json;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Engine.Reports;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Reads a baseline: an earlier report of <c>audit cdp</c>, as JSON or as CSV, such as runs keep.</summary>
public static class NeighborBaselineReader
{
    /// <summary>Larger files are no such report: one of 10,000 NICs has a few MiB.</summary>
    private const int MostBytes = 64 * 1024 * 1024;

    private static readonly string[] Columns = ["VMHost", "Device", "Switch", "Port", "Vlan"];

    /// <summary>Reads the file.</summary>
    /// <param name="jumpHost">The machine it is on.</param>
    /// <param name="file">Its path; relative ones are meant from the working folder.</param>
    /// <exception cref="OpsKitException">It cannot be read, or is no report of <c>audit cdp</c> (usage; with line or row and value).</exception>
    public static NeighborBaseline Read(JumpHost jumpHost, string file)
    {
        ArgumentNullException.ThrowIfNull(jumpHost);
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            var path = jumpHost.ResolvePath(file);
            if (new FileInfo(path) is { Exists: true, Length: > MostBytes })
                throw Wrong(file, "is larger than any such report");
            return Parse(File.ReadAllText(path), file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpsKitException(FailureKind.Usage, $"the baseline cannot be read: {e.Message}", file, "opskit audit cdp --output json --out FILE writes one", e);
        }
    }

    /// <summary>Reads a report's text.</summary>
    /// <param name="text">JSON or CSV.</param>
    /// <param name="source">Its name in errors.</param>
    /// <exception cref="OpsKitException">It is no report of <c>audit cdp</c> (usage).</exception>
    public static NeighborBaseline Parse(string text, string source)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new NeighborBaseline(text.TrimStart('\ufeff', ' ', '\r', '\n', '\t').StartsWith('{') ? OfJson(text.TrimStart('\ufeff'), source) : OfCsv(text, source));
    }

    private static List<BaselinePlace> OfJson(string text, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (!root.TryGetProperty("report", out var name) || name.GetString() != NeighborReport.Name || !root.TryGetProperty("rows", out var rows))
                throw Wrong(source, $"is no report of audit cdp: \"report\" is not \"{NeighborReport.Name}\"");
            return [.. rows.EnumerateArray().Select((row, place) => new BaselinePlace(
                Required(row, "VMHost", place, source), Required(row, "Device", place, source), Text(row, "Switch"), Text(row, "Port"),
                row.TryGetProperty("Vlan", out var vlan) && vlan.ValueKind == JsonValueKind.Number && vlan.TryGetInt64(out var number) ? number : null))];
        }
        catch (JsonException e)
        {
            throw new OpsKitException(FailureKind.Usage, $"the baseline is no JSON: line {(e.LineNumber ?? 0) + 1}", source, innerException: e);
        }
        catch (InvalidOperationException e)
        {
            throw new OpsKitException(FailureKind.Usage, "the baseline is no report of audit cdp: \"rows\" is no list of objects", source, innerException: e);
        }
    }

    private static List<BaselinePlace> OfCsv(string text, string source)
    {
        var rows = CsvText.Read(text, source);
        if (rows is not [var header, .. var lines])
            throw Wrong(source, "is empty");
        var columns = Columns.Select(column => header.Fields.IndexOf(column) is >= 0 and var at
            ? at
            : throw Wrong(source, $"line 1: there is no column \"{column}\"; the header is {string.Join(',', header.Fields)}")).ToArray();
        var missing = header.Fields.IndexOf(CsvReportWriter.NotAssessedColumn);
        return [.. lines.Where(line => missing < 0 || line.Field(missing).Length == 0).Select(line => new BaselinePlace(
            Required(line, columns[0], "VMHost", source), Required(line, columns[1], "Device", source), Said(line.Field(columns[2])), Said(line.Field(columns[3])), Number(line, columns[4], source)))];
    }

    private static string Required(JsonElement row, string name, int place, string source) =>
        Text(row, name) ?? throw Wrong(source, $"row {place + 1} has no {name}");

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Said(value.GetString()) : null;

    private static string Required(CsvLine line, int column, string name, string source) =>
        Said(line.Field(column)) ?? throw Wrong(source, $"line {line.Number}: {name} is empty");

    private static long? Number(CsvLine line, int column, string source) => line.Field(column) switch
    {
        "" => null,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) => value,
        var text => throw Wrong(source, $"line {line.Number}: Vlan is \"{text}\", expected a number from 1 to 4094 or nothing"),
    };

    private static string? Said(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static OpsKitException Wrong(string source, string why) =>
        new(FailureKind.Usage, $"the baseline {why}", source, "opskit audit cdp --output json --out FILE writes one");
}
