using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Journal;

/// <summary>
/// The journal in the state folder: one SQLite file for all runs (<c>journal.db</c>, WAL, every commit on the disk before it counts), and a folder
/// for each run (<c>runs/ID</c>). What order things happened in is told by numbers, never by the clock, which may be set back.
/// </summary>
public sealed class RunJournal : IRunJournal, IDisposable
{
    private const int IdLetters = 4;
    private static readonly char[] Letters = [.. "abcdefghjkmnpqrstvwxyz"];

    private readonly JumpHost _jumpHost;
    private readonly Redactor _redactor;
    private readonly JournalDatabase _database;

    /// <summary>Opens the journal, and makes it where there is none.</summary>
    /// <param name="jumpHost">Its state folder and clock.</param>
    /// <param name="redactor">Takes secrets out of all that is written.</param>
    /// <exception cref="OpsKitException">It cannot be opened, or a newer opskit has written it.</exception>
    public RunJournal(JumpHost jumpHost, Redactor redactor)
    {
        ArgumentNullException.ThrowIfNull(jumpHost);
        ArgumentNullException.ThrowIfNull(redactor);
        (_jumpHost, _redactor) = (jumpHost, redactor);
        _database = new JournalDatabase(jumpHost.StateDirectory);
    }

    /// <inheritdoc/>
    public IRunWriter Begin(RunStart start, Plan plan)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(plan);
        start = start with { PlanJson = _redactor.Redact(start.PlanJson), PlaybookText = _redactor.Redact(start.PlaybookText) };
        while (true)
        {
            var id = NewId();
            var folder = new RunFolder(_jumpHost.StateDirectory, id);
            if (Directory.Exists(folder.Path))
                continue;
            folder.Create(start);
            var held = folder.TryLock(_jumpHost.Clock) ?? throw new OpsKitException(FailureKind.Locked, "is held by another process", folder.LockFile);
            try
            {
                _database.Write(connection => Insert(connection, id, start, plan));
                return new RunWriter(_database, _redactor, _jumpHost.Clock, id, folder, held, resumed: false);
            }
            catch
            {
                held.Dispose();
                Discard(folder);
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public IRunWriter Resume(string id)
    {
        var run = Find(id);
        var folder = FolderOf(run.Id);
        RequireUnfinished(run.Id, run.Status);
        PrivateFiles.CreateFolder(folder.Path);
        var held = folder.TryLock(_jumpHost.Clock)
            ?? throw new OpsKitException(FailureKind.Locked, $"run {run.Id} is under way in another process", next: $"opskit runs show {run.Id}");
        try
        {
            _database.Write(connection =>
            {
                // Another process may have ended it while this one waited for the lock.
                RequireUnfinished(run.Id, StatusOf(connection, run.Id));
                RunLocks.Take(connection, run.Id, run.Start.LockKeys, IsAlive);
                JournalDatabase.Run(connection, "UPDATE runs SET status = 'Running', reason = NULL, ended = NULL, process = $2 WHERE id = $1", run.Id, System.Environment.ProcessId);
            });
            return new RunWriter(_database, _redactor, _jumpHost.Clock, run.Id, folder, held, resumed: true);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Abort(string id)
    {
        var run = Find(id);
        RequireUnfinished(run.Id, run.Status);
        using var held = RequireDead(run.Id);
        _database.Write(connection =>
        {
            RequireUnfinished(run.Id, StatusOf(connection, run.Id));
            RunLocks.ReleaseAll(connection, run.Id);
            JournalDatabase.Run(connection, "UPDATE runs SET status = 'Aborted', reason = 'given up by the operator', ended = $2 WHERE id = $1", run.Id, JournalRows.Text(_jumpHost.Clock.GetUtcNow()));
        });
    }

    /// <inheritdoc/>
    public int Unlock(string id)
    {
        var run = Find(id);
        using var held = RequireDead(run.Id);
        return _database.Write(connection => RunLocks.ReleaseAll(connection, run.Id));
    }

    /// <inheritdoc/>
    public RunRecord Find(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var found = _database.Read(connection => id == "last"
            ? Runs(connection, "ORDER BY number DESC LIMIT 1")
            : Runs(connection, "WHERE substr(id, 1, length($1)) = $1 OR substr(id, -length($1)) = $1 ORDER BY number DESC", id));
        var run = found switch
        {
            [] => throw new OpsKitException(FailureKind.Usage, id == "last" ? "there is no run yet" : $"there is no run {id}", next: "opskit runs list"),
            [var one] => one,
            _ => found.FirstOrDefault(candidate => candidate.Id == id)
                ?? throw new OpsKitException(FailureKind.Usage, $"{id} may be {string.Join(", ", found.Take(5).Select(candidate => candidate.Id))}", next: "name more of it"),
        };
        return _database.Read(connection => run with
        {
            Steps = JournalDatabase.Rows(connection, "SELECT number, name, verb, started, ended, completed FROM steps WHERE run = $1 ORDER BY number", JournalRows.StepOf, run.Id),
            Changes = JournalDatabase.Rows(connection, $"SELECT {JournalRows.ChangeColumns} FROM changes WHERE run = $1 ORDER BY step, place", JournalRows.ChangeOf, run.Id),
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<RunRecord> List() => _database.Read(connection => Runs(connection, "ORDER BY number DESC"));

    /// <inheritdoc/>
    public IReadOnlyList<RunEvent> Events(string id)
    {
        var run = Find(id).Id;
        return _database.Read(connection => EventsOf(connection, run, after: 0));
    }

    /// <inheritdoc/>
    public IEnumerable<GuardSample> Samples(string id) => FolderOf(Find(id).Id).ReadSamples();

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private List<RunRecord> Runs(SqliteConnection connection, string which, params ReadOnlySpan<object?> values) => JournalDatabase.Rows(
        connection,
        $"SELECT id, playbook, file, inventory, vars, playbook_text, plan, started_by, lock_keys, status, reason, started, ended FROM runs {which}",
        RunOf,
        values);

    private RunRecord RunOf(SqliteDataReader row)
    {
        var id = row.GetString(0);
        var status = Enum.Parse<RunStatus>(row.GetString(9));
        return new RunRecord
        {
            Id = id,
            Start = new RunStart
            {
                Playbook = row.GetString(1),
                File = JournalRows.Optional(row, 2),
                Inventory = JournalRows.Optional(row, 3),
                Vars = JournalRows.Map(row.GetString(4)),
                PlaybookText = row.GetString(5),
                PlanJson = row.GetString(6),
                StartedBy = row.GetString(7),
                LockKeys = [.. JournalRows.Map(row.GetString(8)).Keys],
            },
            Status = status,
            Reason = JournalRows.Optional(row, 10),
            Started = JournalRows.Time(row, 11) ?? default,
            Ended = JournalRows.Time(row, 12),
            Alive = status == RunStatus.Running && IsAlive(id),
            Folder = FolderOf(id).Path,
        };
    }

    private void Insert(SqliteConnection connection, string id, RunStart start, Plan plan)
    {
        JournalDatabase.Run(
            connection,
            """
            INSERT INTO runs (id, number, playbook, file, inventory, vars, playbook_text, plan, started_by, lock_keys, status, started, process)
            VALUES ($1, (SELECT coalesce(max(number), 0) + 1 FROM runs), $2, $3, $4, $5, $6, $7, $8, $9, 'Running', $10, $11)
            """,
            id,
            _redactor.Redact(start.Playbook),
            start.File,
            start.Inventory,
            JournalRows.Text(start.Vars),
            start.PlaybookText,
            start.PlanJson,
            start.StartedBy,
            JournalRows.Text(start.LockKeys.Distinct(StringComparer.Ordinal).ToDictionary(key => key, _ => "", StringComparer.Ordinal)),
            JournalRows.Text(_jumpHost.Clock.GetUtcNow()),
            System.Environment.ProcessId);
        RunLocks.Take(connection, id, start.LockKeys, IsAlive);
        foreach (var step in plan.Steps)
        {
            JournalDatabase.Run(connection, "INSERT INTO steps (run, number, name, verb) VALUES ($1, $2, $3, $4)", id, step.Number, _redactor.Redact(step.Name), step.Verb);
            foreach (var target in step.Targets)
            {
                foreach (var change in target.Changes)
                    InsertChange(connection, _redactor, id, step.Number, target.Target, change);
            }
        }
    }

    internal static void InsertChange(SqliteConnection connection, Redactor redactor, string run, int step, Target target, PlannedChange change) => JournalDatabase.Run(
        connection,
        """
        INSERT INTO changes (run, step, target, change, place, target_name, summary, before, after, impact, arguments, status)
        VALUES ($1, $2, $3, $4, (SELECT coalesce(max(place), 0) + 1 FROM changes WHERE run = $1), $5, $6, $7, $8, $9, $10, 'Pending')
        ON CONFLICT (run, step, target, change) DO UPDATE SET summary = $6, before = $7, after = $8, impact = $9, arguments = $10
        """,
        run,
        step,
        target.LockKey,
        change.Id,
        target.Name,
        redactor.Redact(change.Summary),
        redactor.Redact(change.Before),
        redactor.Redact(change.After),
        change.Impact.Word(),
        redactor.Redact(JournalRows.Text(change.Arguments)));

    private static void RequireUnfinished(string id, RunStatus status)
    {
        if (status is RunStatus.Done or RunStatus.Aborted)
            throw new OpsKitException(FailureKind.Usage, $"run {id} is {(status == RunStatus.Done ? "done" : "given up")}; there is nothing to resume or give up", next: "opskit runs list shows what can be resumed");
    }

    private static RunStatus StatusOf(SqliteConnection connection, string id) =>
        Enum.Parse<RunStatus>(JournalDatabase.Rows(connection, "SELECT status FROM runs WHERE id = $1", row => row.GetString(0), id)[0]);

    internal static IReadOnlyList<RunEvent> EventsOf(SqliteConnection connection, string run, long after) => JournalDatabase.Rows(
        connection, "SELECT sequence, at, kind, step, target, text FROM events WHERE run = $1 AND sequence > $2 ORDER BY sequence", JournalRows.EventOf, run, after);

    private RunFolder FolderOf(string id) => new(_jumpHost.StateDirectory, id);

    private bool IsAlive(string id) => FolderOf(id).IsLocked();

    private IDisposable RequireDead(string id)
    {
        var folder = FolderOf(id);
        PrivateFiles.CreateFolder(folder.Path);
        return folder.TryLock(_jumpHost.Clock)
            ?? throw new OpsKitException(FailureKind.Locked, $"run {id} is under way in another process", next: "end that process first (Ctrl-C there)");
    }

    private string NewId() => string.Create(
        CultureInfo.InvariantCulture, $"{_jumpHost.Clock.GetUtcNow():yyyyMMdd-HHmm}-{RandomNumberGenerator.GetString(Letters, IdLetters)}");

    private static void Discard(RunFolder folder)
    {
        try
        {
            Directory.Delete(folder.Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An empty folder is left over; the failure that led here is the one to tell.
        }
    }
}
