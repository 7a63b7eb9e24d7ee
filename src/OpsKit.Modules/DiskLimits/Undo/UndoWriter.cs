using System.Text.Json;
using OpsKit.Connections;

namespace OpsKit.Modules.DiskLimits;

/// <summary>
/// Adds to the undo file of a run: one line a machine, on the disk before the machine is asked to change. It is only ever added to, so that a run that is taken up
/// again loses none of the old values.
/// </summary>
internal sealed class UndoWriter
{
    private readonly Lock _lock = new();

    /// <summary>The file in a run's folder.</summary>
    public static string FileIn(string runFolder) => Path.Combine(runFolder, "disk-limits-undo.jsonl");

    /// <summary>Adds a machine's old values.</summary>
    /// <exception cref="OpsKitException">It cannot be written: the machine must not be changed.</exception>
    public void Add(string runFolder, UndoEntry entry)
    {
        var file = FileIn(runFolder);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        lock (_lock)
        {
            try
            {
                using var stream = new FileStream(file, options);
                var line = Line(entry);

                // A crash may have cut the last line short: it is of a machine that was not asked to change yet.
                stream.Seek(0, SeekOrigin.End);
                stream.Write(EndsAnew(stream) ? line : [(byte)'\n', .. line]);
                stream.Flush(flushToDisk: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new OpsKitException(FailureKind.Failed, $"the old values cannot be kept, so nothing is changed: {e.Message}", file, "make room, then opskit runs resume last", e);
            }
        }
    }

    private static bool EndsAnew(FileStream stream)
    {
        if (stream.Length == 0)
            return true;
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() == '\n';
    }

    private static byte[] Line(UndoEntry entry)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("vCenter", entry.VCenter);
            json.WriteString("id", entry.Id);
            json.WriteString("vm", entry.Name);
            json.WriteStartArray("disks");
            foreach (var disk in entry.Disks)
                Write(json, disk);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, UndoDisk disk)
    {
        json.WriteStartObject();
        json.WriteNumber("key", disk.Key);
        json.WriteString("disk", disk.Name);
        if (disk.HasLimit)
        {
            Number("limit", disk.Limit);
            Number("given", disk.Given);
        }

        if (disk.CapSlot is { } slot)
        {
            json.WriteString("capSlot", slot);
            json.WriteString("cap", disk.Cap);
        }

        json.WriteEndObject();

        void Number(string name, long? value)
        {
            if (value is { } number)
                json.WriteNumber(name, number);
            else
                json.WriteNull(name);
        }
    }
}
