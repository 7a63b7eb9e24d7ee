using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Journal;

/// <summary>Rows of the journal's tables as records.</summary>
internal static class JournalRows
{
    public const string ChangeColumns = "step, target, change, target_name, summary, before, after, impact, arguments, status, attempts, note, detail, started, ended";

    public static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    public static ChangeRecord ChangeOf(SqliteDataReader row) => new()
    {
        Key = new ChangeKey(row.GetInt32(0), row.GetString(1), row.GetString(2)),
        TargetName = row.GetString(3),
        Summary = row.GetString(4),
        Before = row.GetString(5),
        After = row.GetString(6),
        Impact = Impacts.Of(row.GetString(7)),
        Arguments = Map(row.GetString(8)),
        Status = Enum.Parse<ChangeStatus>(row.GetString(9)),
        Attempts = row.GetInt32(10),
        Note = Optional(row, 11),
        Detail = Optional(row, 12),
        Started = Time(row, 13),
        Ended = Time(row, 14),
    };

    public static StepRecord StepOf(SqliteDataReader row) => new()
    {
        Number = row.GetInt32(0),
        Name = row.GetString(1),
        Verb = row.GetString(2),
        Started = Time(row, 3),
        Ended = Time(row, 4),
        Completed = row.GetInt32(5) != 0,
    };

    public static RunEvent EventOf(SqliteDataReader row) =>
        new(row.GetInt64(0), Time(row, 1) ?? default, row.GetString(2), row.GetInt32(3), row.GetString(4), row.GetString(5));

    public static string? Optional(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset? Time(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.Parse(row.GetString(column), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    /// <summary>Names and values as a JSON object.</summary>
    public static string Text(IReadOnlyDictionary<string, string> map)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                json.WriteString(key, value);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static SortedDictionary<string, string> Map(string text)
    {
        using var json = JsonDocument.Parse(text);
        return new SortedDictionary<string, string>(
            json.RootElement.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? "", StringComparer.Ordinal), StringComparer.Ordinal);
    }
}
