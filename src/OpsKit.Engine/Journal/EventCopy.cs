using System.Text.Json;
using OpsKit.Connections;
using OpsKit.Engine.Runs;

namespace OpsKit.Engine.Journal;

/// <summary>
/// The events of a run as lines of JSON in its folder: a copy of what the database has, for other programs to follow. What a crash or a full disk kept from
/// it is added with the next event.
/// </summary>
internal sealed class EventCopy : IDisposable
{
    private readonly RunFolder.JsonLines _lines;
    private readonly Func<long, IReadOnlyList<RunEvent>> _since;
    private long _copied;

    /// <summary>Opens the copy.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="since">The events on record after a sequence number.</param>
    public EventCopy(RunFolder folder, Func<long, IReadOnlyList<RunEvent>> since)
    {
        _copied = LastIn(folder.EventsPath);
        _since = since;
        _lines = folder.OpenEvents();
    }

    /// <summary>Adds what is on record and not yet here. A full disk stops no run here: what may not be done without a record is stopped by the database.</summary>
    public void CatchUp(RunEvent latest)
    {
        try
        {
            foreach (var happened in latest.Sequence == _copied + 1 ? [latest] : _since(_copied))
            {
                _lines.Add(json => RunFolder.Write(json, happened), flush: true);
                _copied = happened.Sequence;
            }
        }
        catch (OpsKitException)
        {
            // The next event tries again.
        }
    }

    public void Dispose() => _lines.Dispose();

    private static long LastIn(string file)
    {
        var last = 0L;
        if (!File.Exists(file))
            return last;
        foreach (var line in File.ReadLines(file))
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                last = document.RootElement.GetProperty("sequence").GetInt64();
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                // Cut short by a crash: it comes again.
            }
        }

        return last;
    }
}
