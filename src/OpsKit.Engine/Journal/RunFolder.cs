using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Engine.Runs;

namespace OpsKit.Engine.Journal;

/// <summary>The folder of a run: plan, playbook, events and samples as lines of JSON, transcripts, reports.</summary>
internal sealed class RunFolder
{
    public const string PlanFile = "plan.json";
    public const string PlaybookFile = "playbook.yaml";
    public const string EventsFile = "events.jsonl";
    public const string SamplesFile = "samples.jsonl";
    public const string OutputFolder = "output";

    private const int LockAttempts = 5;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(10);

    private static readonly JsonWriterOptions Style = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public RunFolder(string state, string id)
    {
        Path = System.IO.Path.Combine(state, "runs", id);
    }

    public string Path { get; }

    /// <summary>The file whose lock says that the run's process lives; a crash lets go of it.</summary>
    public string LockFile => System.IO.Path.Combine(Path, "process.lock");

    public void Create(RunStart start)
    {
        PrivateFiles.CreateFolder(Path);
        PrivateFiles.Replace(System.IO.Path.Combine(Path, PlanFile), start.PlanJson);
        PrivateFiles.Replace(System.IO.Path.Combine(Path, PlaybookFile), start.PlaybookText);
    }

    /// <summary>Takes the process lock, or null where another process holds it.</summary>
    public IDisposable? TryLock(TimeProvider clock)
    {
        if (!Directory.Exists(Path))
            return null;
        using var pause = new ManualResetEventSlim();
        for (var attempt = 0; attempt < LockAttempts; attempt++)
        {
            try
            {
                return PrivateFiles.Lock(LockFile, TimeSpan.Zero, clock);
            }
            catch (OpsKitException held) when (held.Kind == FailureKind.Locked)
            {
                // Somebody who only looks holds it for an instant.
                pause.Wait(LockPause);
            }
        }

        return null;
    }

    /// <summary>Whether a process holds the lock.</summary>
    public bool IsLocked() => PrivateFiles.IsLocked(LockFile);

    public string EventsPath => System.IO.Path.Combine(Path, EventsFile);

    public JsonLines OpenEvents() => new(EventsPath, buffer: 0);

    public JsonLines OpenSamples() => new(System.IO.Path.Combine(Path, SamplesFile), buffer: 64 * 1024);

    public static void Write(Utf8JsonWriter json, RunEvent happened)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", happened.Sequence);
        json.WriteString("at", happened.At.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("kind", happened.Kind);
        json.WriteNumber("step", happened.Step);
        json.WriteString("target", happened.Target);
        json.WriteString("text", happened.Text);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, GuardSample sample)
    {
        json.WriteStartObject();
        json.WriteString("guard", sample.Guard);
        json.WriteString("target", sample.Target);
        json.WriteNumber("offsetMs", Math.Round(sample.OffsetMs, 3));
        json.WriteString("at", sample.At.ToString("O", CultureInfo.InvariantCulture));
        json.WriteBoolean("answered", sample.Answered);
        if (sample.RoundTripMs is { } roundTrip)
            json.WriteNumber("roundTripMs", Math.Round(roundTrip, 3));
        json.WriteNumber("lateMs", Math.Round(sample.LateMs, 3));
        if (!sample.Sent)
            json.WriteBoolean("sent", false);
        json.WriteEndObject();
    }

    /// <summary>The samples on file, in order. A line that a crash cut short is left out.</summary>
    public IEnumerable<GuardSample> ReadSamples()
    {
        var file = System.IO.Path.Combine(Path, SamplesFile);
        if (!File.Exists(file))
            yield break;
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (reader.ReadLine() is { } line)
        {
            if (SampleOf(line) is { } sample)
                yield return sample;
        }
    }

    private static GuardSample? SampleOf(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var sample = document.RootElement;
            return new GuardSample(
                sample.GetProperty("guard").GetString() ?? "",
                sample.GetProperty("target").GetString() ?? "",
                sample.GetProperty("offsetMs").GetDouble(),
                sample.GetProperty("at").GetDateTimeOffset(),
                sample.GetProperty("answered").GetBoolean(),
                sample.TryGetProperty("roundTripMs", out var roundTrip) ? roundTrip.GetDouble() : null,
                sample.GetProperty("lateMs").GetDouble(),
                !sample.TryGetProperty("sent", out var sent) || sent.GetBoolean());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>A file of JSON objects, one a line, that is only ever added to.</summary>
    internal sealed class JsonLines : IDisposable
    {
        private readonly string _file;
        private readonly ArrayBufferWriter<byte> _buffer = new();
        private readonly FileStream _stream;
        private readonly Lock _lock = new();
        private bool _torn;

        public JsonLines(string file, int buffer)
        {
            _file = file;
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = buffer };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            try
            {
                _stream = new FileStream(file, options);
                _torn = _stream.Length > 0; // A crash may have cut the last line short.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw Failure(e);
            }
        }

        /// <summary>Adds an object; with <paramref name="flush"/> it is handed to the system before this returns.</summary>
        public void Add(Action<Utf8JsonWriter> write, bool flush)
        {
            lock (_lock)
            {
                _buffer.ResetWrittenCount();
                if (_torn)
                    _buffer.Write("\n"u8);
                using (var json = new Utf8JsonWriter(_buffer, Style))
                    write(json);
                _buffer.Write("\n"u8);
                try
                {
                    _torn = true;
                    _stream.Write(_buffer.WrittenSpan);
                    if (flush)
                        _stream.Flush();
                    _torn = false;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    throw Failure(e);
                }
            }
        }

        public void Flush()
        {
            lock (_lock)
                _stream.Flush();
        }

        public void Dispose()
        {
            lock (_lock)
            {
                try
                {
                    _stream.Dispose();
                }
                catch (IOException)
                {
                    // A full disk was told when the line was added; the database has what matters.
                }
            }
        }

        private OpsKitException Failure(Exception cause) =>
            new(FailureKind.Failed, $"cannot be written: {cause.Message}", _file, "make room, then opskit runs resume last", cause);
    }
}
