using System.Globalization;
using System.Text.Json;
using OpsKit.Connections;
using OpsKit.Connections.Platform;

namespace OpsKit.Modules.DiskLimits;

/// <summary>Reads an undo file. Contacts nothing.</summary>
internal static class UndoReader
{
    /// <summary>Far more than any machine has, and far less than would harm.</summary>
    private const long MostBytes = 64 << 20;

    private const string Beginning = "{\"vCenter\":";

    /// <summary>The machines of a file, each once.</summary>
    /// <param name="jumpHost">From where the path is meant.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="OpsKitException">Kind Usage: it cannot be read or is none; the error names the line.</exception>
    public static IReadOnlyList<UndoEntry> Read(JumpHost jumpHost, string path)
    {
        try
        {
            var file = new FileInfo(jumpHost.ResolvePath(path));
            if (file is { Exists: true, Length: > MostBytes })
                throw new OpsKitException(FailureKind.Usage, "is too large for an undo file", path, "name the disk-limits-undo.jsonl of a run's folder");
            return Parse(path, File.ReadAllText(file.FullName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpsKitException(FailureKind.Usage, $"cannot be read: {e.Message}", path, "opskit runs show RUN names the run's folder; its undo file is disk-limits-undo.jsonl", e);
        }
    }

    /// <summary>Reads the text of a file. A last line without an end was cut short by a crash, before the machine was asked to change.</summary>
    internal static IReadOnlyList<UndoEntry> Parse(string path, string text)
    {
        var entries = new Dictionary<(string VCenter, string Id), UndoEntry>();
        var lines = text.Split('\n');
        for (var place = 0; place < lines.Length; place++)
        {
            var line = lines[place].Trim();
            if (line.Length == 0 || Entry(line) is not { } entry)
            {
                if (line.Length > 0 && !IsCutShort(line))
                    throw new OpsKitException(FailureKind.Usage, string.Create(CultureInfo.InvariantCulture, $"line {place + 1} is no entry of an undo file: {(line.Length > 60 ? line[..60] + "…" : line)}"), path, "name the disk-limits-undo.jsonl of a run's folder, as it was written");
                continue;
            }

            var key = (entry.VCenter, entry.Id);
            entries[key] = entries.TryGetValue(key, out var first) ? first.With(entry) : entry;
        }

        return entries.Count == 0 ? throw new OpsKitException(FailureKind.Usage, "has no machine in it", path) : [.. entries.Values];
    }

    /// <summary>What a crash cut short begins as an entry does and ends in the midst of it; the line after it was added by the next process.</summary>
    private static bool IsCutShort(string line) => !line.EndsWith("]}", StringComparison.Ordinal) && (line.StartsWith(Beginning, StringComparison.Ordinal) || Beginning.StartsWith(line, StringComparison.Ordinal));

    private static UndoEntry? Entry(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return new UndoEntry(
                Text(root, "vCenter"), Text(root, "id"), Text(root, "vm"), [.. root.GetProperty("disks").EnumerateArray().Select(Disk)]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static UndoDisk Disk(JsonElement disk) => new(disk.GetProperty("key").GetInt32(), Text(disk, "disk"))
    {
        HasLimit = disk.TryGetProperty("limit", out _),
        Limit = Number(disk, "limit"),
        Given = Number(disk, "given"),
        CapSlot = disk.TryGetProperty("capSlot", out var slot) ? slot.GetString() : null,
        Cap = disk.TryGetProperty("cap", out var cap) ? cap.GetString() : null,
    };

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    private static long? Number(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetInt64() : null;
}
