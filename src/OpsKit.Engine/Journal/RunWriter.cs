using Microsoft.Data.Sqlite;
using OpsKit.Connections;
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
    private readonly RunFolder.JsonLines _events;
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
        _events = folder.OpenEvents();
        _samples = folder.OpenSamples();
        _flushing = clock.CreateTimer(_ => FlushSamples(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        Event(resumed ? "run-resumed" : "run-started", 0, "", resumed ? "taken up again" : "");
    }

    public string Id { get; }

    public string Folder { get; }

    public bool IsResumed { get; }

    public ChangeRecord? Find(ChangeKey key) => _database.Read(connection => JournalDatabase.Rows(
        connection, $"SELECT {JournalRows.ChangeColumns} FROM changes WHERE {Which}", JournalRows.ChangeOf, Id, key.Step, key.Target, key.Change).SingleOrDefault());

    public IReadOnlyList<ChangeRecord> LeftOpen(int step, string target) => _database.Read(connection => JournalDatabase.Rows(
        connection,
        $"SELECT {JournalRows.ChangeColumns} FROM changes WHERE run = $1 AND step = $2 AND target = $3 AND status IN ('Intended', 'Unknown') ORDER BY place",
        JournalRows.ChangeOf,
        Id,
        step,
        target));

    public bool IsCompleted(int step) => _database.Read(connection =>
        JournalDatabase.Rows(connection, "SELECT completed FROM steps WHERE run = $1 AND number = $2", row => row.GetInt32(0), Id, step) is [1]);

    public void StepStarted(StepPlan step)
    {
        _database.Write(connection => JournalDatabase.Run(connection, "UPDATE steps SET started = coalesce(started, $3), ended = NULL WHERE run = $1 AND number = $2", Id, step.Number, Now()));
        Event("step-started", step.Number, "", step.Name);
    }

    public void StepEnded(StepPlan step, bool completed)
    {
        _database.Write(connection => JournalDatabase.Run(
            connection, "UPDATE steps SET ended = $3, completed = $4 WHERE run = $1 AND number = $2", Id, step.Number, Now(), completed ? 1 : 0));
        Event(completed ? "step-ended" : "step-stopped", step.Number, "", step.Name);
    }

    public void Intend(StepPlan step, Target target, PlannedChange change)
    {
        _database.Write(connection =>
        {
            RunJournal.InsertChange(connection, _redactor, Id, step.Number, target, change);
            JournalDatabase.Run(
                connection,
                $"UPDATE changes SET status = 'Intended', attempts = attempts + 1, detail = NULL, started = coalesce(started, $5), ended = NULL WHERE {Which}",
                Id,
                step.Number,
                target.LockKey,
                change.Id,
                Now());
            JournalDatabase.Run(
                connection,
                $"INSERT INTO attempts (run, step, target, change, number, process, started, status) SELECT $1, $2, $3, $4, attempts, $5, $6, 'Intended' FROM changes WHERE {Which}",
                Id,
                step.Number,
                target.LockKey,
                change.Id,
                System.Environment.ProcessId,
                Now());
        });
        Event("change-intended", step.Number, target.Name, change.Summary);
    }

    public void Remember(ChangeKey key, string note)
    {
        _database.Write(connection =>
        {
            Set(connection, key, "note = $5", _redactor.Redact(note));
            SetAttempt(connection, key, "note = $5", _redactor.Redact(note));
        });
        Event("change-note", key.Step, NameOf(key), note);
    }

    public void Outcome(ChangeKey key, ChangeStatus status, string? after, string? detail)
    {
        _database.Write(connection =>
        {
            var text = detail is null ? null : _redactor.Redact(detail);
            Set(connection, key, "status = $5, after = coalesce($6, after), detail = $7, ended = $8", status.ToString(), after is null ? null : _redactor.Redact(after), text, Now());
            SetAttempt(connection, key, "status = $5, detail = $6, ended = $7", status.ToString(), text, Now());
        });
        Event($"change-{status.ToString().ToLowerInvariant()}", key.Step, NameOf(key), detail ?? after ?? "");
    }

    public void Event(string kind, int step, string target, string text)
    {
        lock (_order)
        {
            var happened = new RunEvent(_sequence + 1, _clock.GetUtcNow(), kind, step, target, _redactor.Redact(text));
            _database.Write(connection => JournalDatabase.Run(
                connection,
                "INSERT INTO events (run, sequence, at, kind, step, target, text) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                Id,
                happened.Sequence,
                JournalRows.Text(happened.At),
                kind,
                step,
                target,
                happened.Text));
            _sequence++;
            _events.Add(json => RunFolder.Write(json, happened), flush: true);
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
        _database.Write(connection =>
        {
            JournalDatabase.Run(connection, "UPDATE runs SET status = $2, reason = $3, ended = $4 WHERE id = $1", Id, status.ToString(), reason is null ? null : _redactor.Redact(reason), Now());
            RunLocks.Release(connection, Id);
        });
        _ended = true;
        Event("run-ended", 0, "", reason is null ? status.ToString().ToLowerInvariant() : $"{status.ToString().ToLowerInvariant()}: {reason}");
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

    private void Set(SqliteConnection connection, ChangeKey key, string what, params ReadOnlySpan<object?> values) =>
        JournalDatabase.Run(connection, $"UPDATE changes SET {what} WHERE {Which}", [Id, key.Step, key.Target, key.Change, .. values]);

    private void SetAttempt(SqliteConnection connection, ChangeKey key, string what, params ReadOnlySpan<object?> values) => JournalDatabase.Run(
        connection,
        $"UPDATE attempts SET {what} WHERE {Which} AND number = (SELECT max(number) FROM attempts WHERE {Which})",
        [Id, key.Step, key.Target, key.Change, .. values]);

    private string NameOf(ChangeKey key) => Find(key)?.TargetName ?? key.Target;

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
