using Microsoft.Data.Sqlite;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Journal;

/// <summary>The journal of one run under way.</summary>
internal sealed class RunWriter : IRunWriter
{
    private const string Which = "run = $1 AND step = $2 AND target = $3 AND change = $4";

    private readonly JournalDatabase _database;
    private readonly Redactor _redactor;
    private readonly TimeProvider _clock;
    private readonly IDisposable _held;
    private readonly EventCopy _events;
    private readonly RunFolder.JsonLines _samples;
    private readonly ITimer _flushing;
    private readonly Lock _order = new();
    private OpsKitException? _lostSamples;
    private long _sequence;
    private bool _ended;

    public RunWriter(JournalDatabase database, Redactor redactor, TimeProvider clock, string id, RunFolder folder, IDisposable held, bool resumed)
    {
        (_database, _redactor, _clock, _held, Id, Folder, IsResumed) = (database, redactor, clock, held, id, folder.Path, resumed);
        _sequence = database.Read(connection => JournalDatabase.Rows(connection, "SELECT coalesce(max(sequence), 0) FROM events WHERE run = $1", row => row.GetInt64(0), id)[0]);
        _events = new EventCopy(folder, since => database.Read(connection => RunJournal.EventsOf(connection, id, since)));
        _samples = folder.OpenSamples();
        _flushing = clock.CreateTimer(_ => FlushSamples(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        Event(resumed ? "run-resumed" : "run-started", 0, "", resumed ? "taken up again" : "");
    }

    public string Id { get; }

    public string Folder { get; }

    public bool IsResumed { get; }

    public ChangeRecord? Find(ChangeKey key) => _database.Read(connection => JournalDatabase.Rows(
        connection, $"SELECT {JournalRows.ChangeColumns} FROM changes WHERE {Which}", JournalRows.ChangeOf, Id, key.Step, key.Target, key.Change).SingleOrDefault());

    public IReadOnlyList<ChangeRecord> Of(int step, string target) => _database.Read(connection => JournalDatabase.Rows(
        connection,
        $"SELECT {JournalRows.ChangeColumns} FROM changes WHERE run = $1 AND step = $2 AND target = $3 ORDER BY place",
        JournalRows.ChangeOf,
        Id,
        step,
        target));

    public bool IsCompleted(int step) => _database.Read(connection =>
        JournalDatabase.Rows(connection, "SELECT completed FROM steps WHERE run = $1 AND number = $2", row => row.GetInt32(0), Id, step) is [1]);

    public void StepStarted(StepPlan step) => Keep("step-started", step.Number, "", step.Name, connection =>
        JournalDatabase.Run(connection, "UPDATE steps SET started = coalesce(started, $3), ended = NULL WHERE run = $1 AND number = $2", Id, step.Number, Now()));

    public void StepEnded(StepPlan step, bool completed) => Keep(completed ? "step-ended" : "step-stopped", step.Number, "", step.Name, connection => JournalDatabase.Run(
        connection, "UPDATE steps SET ended = $3, completed = $4 WHERE run = $1 AND number = $2", Id, step.Number, Now(), completed ? 1 : 0));

    public void Replan(StepPlan step, Target target, IReadOnlyList<PlannedChange> changes) => Keep("planned-again", step.Number, target.Name, Listed(changes), connection =>
    {
        JournalDatabase.Run(connection, "DELETE FROM changes WHERE run = $1 AND step = $2 AND target = $3 AND status = 'Pending'", Id, step.Number, target.LockKey);
        foreach (var change in changes)
            RunJournal.InsertChange(connection, _redactor, Id, step.Number, target, change);
    });

    public void Intend(StepPlan step, Target target, PlannedChange change, string? note) => Keep("change-intended", step.Number, target.Name, change.Summary, connection =>
    {
        var key = new ChangeKey(step.Number, target.LockKey, change.Id);
        SetAttempt(connection, key, "status = 'Unknown', detail = 'its process ended first', ended = $5", "AND status = 'Intended'", Now());
        RunJournal.InsertChange(connection, _redactor, Id, step.Number, target, change);
        Set(connection, key, "status = 'Intended', attempts = attempts + 1, note = $5, detail = NULL, started = coalesce(started, $6), ended = NULL", note, Now());
        JournalDatabase.Run(
            connection,
            $"""
            INSERT INTO attempts (run, step, target, change, number, process, started, status, note)
            SELECT $1, $2, $3, $4, attempts, $5, $6, 'Intended', note FROM changes WHERE {Which}
            """,
            Id,
            step.Number,
            target.LockKey,
            change.Id,
            System.Environment.ProcessId,
            Now());
    });

    public void Remember(ChangeKey key, string note) => Keep("change-note", key.Step, NameOf(key), note, connection =>
    {
        Set(connection, key, "note = $5", _redactor.Redact(note));
        SetAttempt(connection, key, "note = $5", "", _redactor.Redact(note));
    });

    public void Outcome(ChangeKey key, ChangeStatus status, string? after, string? detail) =>
        Keep($"change-{status.ToString().ToLowerInvariant()}", key.Step, NameOf(key), detail ?? after ?? "", connection =>
        {
            var text = detail is null ? null : _redactor.Redact(detail);
            Set(connection, key, "status = $5, after = coalesce($6, after), detail = $7, ended = $8", status.ToString(), after is null ? null : _redactor.Redact(after), text, Now());
            SetAttempt(connection, key, "status = $5, detail = $6, ended = $7", "", status.ToString(), text, Now());
        });

    public void Event(string kind, int step, string target, string text) => Keep(kind, step, target, text, static _ => { });

    public string OutputFolder
    {
        get
        {
            var folder = Path.Combine(Folder, RunFolder.OutputFolder);
            PrivateFiles.CreateFolder(folder);
            return folder;
        }
    }

    public void Keep(string file, string text)
    {
        var folder = OutputFolder;
        if (Path.GetFileName(file) != file || file.StartsWith('.'))
            throw new ArgumentException($"{file} is no name of a file", nameof(file));
        try
        {
            lock (_order)
                File.AppendAllText(Path.Combine(folder, file), _redactor.Redact(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpsKitException(FailureKind.Failed, $"cannot be written: {e.Message}", Path.Combine(folder, file), innerException: e);
        }
    }

    /// <summary>A sampler is not stopped by a full disk: the next event tells it.</summary>
    public void Sample(GuardSample sample)
    {
        try
        {
            _samples.Add(json => RunFolder.Write(json, sample), flush: false);
        }
        catch (OpsKitException full)
        {
            _lostSamples ??= full;
        }
    }

    public void End(RunStatus status, string? reason)
    {
        FlushSamples();
        if (_lostSamples is { } lost)
            Event("samples-lost", 0, "", lost.Message);
        Keep("run-ended", 0, "", reason is null ? status.ToString().ToLowerInvariant() : $"{status.ToString().ToLowerInvariant()}: {reason}", connection =>
        {
            JournalDatabase.Run(connection, "UPDATE runs SET status = $2, reason = $3, ended = $4 WHERE id = $1", Id, status.ToString(), reason is null ? null : _redactor.Redact(reason), Now());
            RunLocks.Release(connection, Id);
        });
        _ended = true;
    }

    public async ValueTask DisposeAsync()
    {
        await _flushing.DisposeAsync().ConfigureAwait(false);
        try
        {
            if (!_ended)
                End(RunStatus.Interrupted, "the run ended by a failure of opskit itself");
        }
        catch (OpsKitException)
        {
            // The journal cannot be written any more: it says Running, and that no process lives; resuming looks and goes on.
        }
        finally
        {
            _samples.Dispose();
            _events.Dispose();
            _held.Dispose();
        }
    }

    /// <summary>What happened and what it does to the tables become durable together, or not at all.</summary>
    private void Keep(string kind, int step, string target, string text, Action<SqliteConnection> work)
    {
        lock (_order)
        {
            var happened = new RunEvent(_sequence + 1, _clock.GetUtcNow(), kind, step, target, _redactor.Redact(text));
            _database.Write(connection =>
            {
                work(connection);
                JournalDatabase.Run(
                    connection,
                    "INSERT INTO events (run, sequence, at, kind, step, target, text) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                    Id,
                    happened.Sequence,
                    JournalRows.Text(happened.At),
                    kind,
                    step,
                    target,
                    happened.Text);
            });
            _sequence++;
            _events.CatchUp(happened);
        }
    }

    private void Set(SqliteConnection connection, ChangeKey key, string what, params ReadOnlySpan<object?> values) =>
        JournalDatabase.Run(connection, $"UPDATE changes SET {what} WHERE {Which}", [Id, key.Step, key.Target, key.Change, .. values]);

    private void SetAttempt(SqliteConnection connection, ChangeKey key, string what, string where, params ReadOnlySpan<object?> values) => JournalDatabase.Run(
        connection,
        $"UPDATE attempts SET {what} WHERE {Which} AND number = (SELECT max(number) FROM attempts WHERE {Which}) {where}",
        [Id, key.Step, key.Target, key.Change, .. values]);

    private string NameOf(ChangeKey key) => Find(key)?.TargetName ?? key.Target;

    private static string Listed(IReadOnlyList<PlannedChange> changes) => changes.Count == 0 ? "nothing to do" : string.Join("; ", changes.Select(change => change.Summary));

    private void FlushSamples()
    {
        try
        {
            _samples.Flush();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            _lostSamples ??= new OpsKitException(FailureKind.Failed, $"samples cannot be written: {e.Message}", Folder, innerException: e);
        }
    }

    private string Now() => JournalRows.Text(_clock.GetUtcNow());
}
