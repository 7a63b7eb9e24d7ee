using Microsoft.Data.Sqlite;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Engine.Journal;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.PeerTests.Console;
using OpsKit.TestKit;

namespace OpsKit.Crash.Tests;

/// <summary>A lab in a process of its own, a playbook, and processes of <c>opskit</c> that work on it and are killed.</summary>
internal sealed class CrashBench : IAsyncDisposable
{
    public const string Enter = "EnterMaintenanceMode_Task";
    public const string Exit = "ExitMaintenanceMode_Task";
    public const string Reboot = "RebootHost_Task";

    private readonly string _folder;
    private readonly string _confirm;
    private readonly Valve _valve;

    private CrashBench(string folder, LabProcess lab, string confirm)
    {
        (_folder, Lab, _confirm, _valve) = (folder, lab, confirm, Valve.Before(lab.Port));
        File.WriteAllText(
            Path.Combine(lab.Folder, "valve.yaml"),
            File.ReadAllText(lab.Inventory).Replace($"127.0.0.1:{lab.Port}", $"127.0.0.1:{_valve.Port}", StringComparison.Ordinal));
    }

    public LabProcess Lab { get; }

    public Valve Answers => _valve;

    public OpskitProgram Opskit { get; } = new();

    /// <summary>The state folder as this process sees it.</summary>
    private string StateFolder => Disk?.Folder ?? Opskit.File("state");

    /// <summary>The disk that the state folder is on; null for an ordinary folder.</summary>
    public StateDisk? Disk { get; private set; }

    /// <summary>Starts a lab.</summary>
    /// <param name="playbook">The playbook's text.</param>
    /// <param name="speed">How many times as fast as the real one the lab's clock runs.</param>
    /// <param name="confirm">What the playbook touches, by the name that is asked for.</param>
    /// <param name="more">Further options of the lab, such as <c>--sshd</c>.</param>
    public static async Task<CrashBench> StartAsync(string playbook, int speed, string confirm, params IReadOnlyList<string> more)
    {
        var folder = Directory.CreateTempSubdirectory("opskit-crash-").FullName;
        var bench = new CrashBench(folder, await LabProcess.StartAsync(Path.Combine(folder, "lab"), speed, more: more), confirm);
        bench.Opskit.Write("crash.yaml", playbook);
        return bench;
    }

    /// <summary>Puts the state folder on a disk of its own.</summary>
    public async Task MountAsync(string options)
    {
        Disk = await StateDisk.MountAsync(Opskit.File("state"), options);
        Opskit.Through = Disk.Through;
    }

    /// <summary>Begins the playbook.</summary>
    public RunningProgram Apply() => Opskit.Start("", "apply", "crash.yaml", "--inventory", Path.Combine(Lab.Folder, "valve.yaml"), "--confirm", _confirm);

    /// <summary>Takes the run up.</summary>
    public RunningProgram Resume() => Opskit.Start("", "runs", "resume", "last", "--confirm", _confirm);

    /// <summary>Kills a program at a moment of its life.</summary>
    /// <param name="program">The program; it must live until then.</param>
    /// <param name="moment">Ends when the moment has come.</param>
    public static async Task KillAsync(RunningProgram program, Task moment)
    {
        var end = program.EndAsync();
        if (await Task.WhenAny(moment, end) == end)
            throw new InvalidOperationException($"the program ended with {(await end).ExitCode} before it was killed: {(await end).Error}");
        await moment;
        await program.SignalAsync("KILL");
        (await end).ExitCode.ShouldBe(137, (await end).Error);
    }

    /// <summary>Begins the run, or takes up what there is of it; null where it is done.</summary>
    public RunningProgram? Next()
    {
        using var journal = OpenJournal();
        return journal.List() is not [var run] ? Apply() : run.Status == RunStatus.Done ? null : Resume();
    }

    /// <summary>Lets the run go on to its end without further deaths.</summary>
    public async Task FinishAsync()
    {
        for (var lives = 0; Next() is { } program; lives++)
        {
            lives.ShouldBeLessThan(3, "a run that nobody kills ends");
            using (program)
            {
                var ended = await program.EndAsync();
                ended.ExitCode.ShouldBe(0, ended.Error);
            }
        }
    }

    /// <summary>Waits until the journal's copy of its events has one of a kind whose text contains something.</summary>
    public Task HappensAsync(string kind, string text = "", int times = 1, TimeSpan? limit = null) => Eventually.TrueAsync(
        () => Directory.Exists(Path.Combine(StateFolder, "runs"))
            && Directory.GetFiles(Path.Combine(StateFolder, "runs"), "events.jsonl", SearchOption.AllDirectories)
                .Sum(file => ReadShared(file).Split('\n').Count(line => line.Contains($"\"kind\":\"{kind}\"", StringComparison.Ordinal) && line.Contains(text, StringComparison.Ordinal))) >= times,
        $"event {kind} {text}",
        limit);

    /// <summary>Nothing is open, everything is on record, in order, and nothing is locked; and the lab received each change of the plan once.</summary>
    /// <param name="changes">Operations with the host they are for, such as <c>RebootHost_Task esx01</c>.</param>
    public async Task ShouldBeWholeAsync(params IEnumerable<string> changes)
    {
        Counted(await ReceivedAsync()).ShouldBe(Counted(changes));
        ShouldBeConsistent();
    }

    /// <summary>The changes that the lab received, with the names of the run's hosts.</summary>
    public async Task<IReadOnlyList<string>> ReceivedAsync()
    {
        var names = HostNames();
        return [.. (await Lab.ChangesAsync()).Select(change => change.Split(' ')).Select(words => $"{words[0]} {names.GetValueOrDefault(words[1], words[1])}")];
    }

    /// <summary>Every operation for every host.</summary>
    public static IEnumerable<string> Each(IEnumerable<string> operations, params IReadOnlyList<string> hosts) =>
        operations.SelectMany(operation => hosts.Select(host => $"{operation} {host}"));

    private static IEnumerable<string> Counted(IEnumerable<string> changes) =>
        changes.CountBy(change => change).Select(same => $"{same.Value} {same.Key}").Order(StringComparer.Ordinal);

    /// <summary>The hosts of the run by their ids in vCenter.</summary>
    private Dictionary<string, string> HostNames()
    {
        using var journal = OpenJournal();
        return PlanJson.Read(journal.Find("last").Start.PlanJson).Steps.SelectMany(step => step.Targets).Select(target => target.Target)
            .Where(target => target.Reference is not null).DistinctBy(target => target.Name)
            .ToDictionary(target => target.Reference!.Value, target => target.Name.Split('.')[0], StringComparer.Ordinal);
    }

    public void ShouldBeConsistent()
    {
        using (var journal = OpenJournal())
        {
            var run = journal.Find("last");
            run.Status.ShouldBe(RunStatus.Done);
            run.Changes.ShouldAllBe(change => change.Status == ChangeStatus.Done && change.Attempts > 0 && change.Ended != null);
            run.Steps.ShouldAllBe(step => step.Completed);
            journal.Events(run.Id).Select(happened => happened.Sequence).ShouldBe(Enumerable.Range(1, journal.Events(run.Id).Count).Select(number => (long)number));
        }

        using var database = new SqliteConnection($"Data Source={Path.Combine(ReadableState(), "journal.db")};Pooling=false");
        database.Open();
        Count(database, "SELECT count(*) FROM locks").ShouldBe(0);
        Count(database, "SELECT count(*) FROM attempts WHERE status = 'Intended' OR ended IS NULL").ShouldBe(0);
        Count(database, "SELECT count(*) FROM changes WHERE attempts <> (SELECT count(*) FROM attempts a WHERE a.run = changes.run AND a.step = changes.step AND a.target = changes.target AND a.change = changes.change)").ShouldBe(0);
        Count(database, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'").ShouldBe(1);
    }

    public RunJournal OpenJournal() => new(
        JumpHost.From(new Dictionary<string, string>(StringComparer.Ordinal) { ["OPSKIT_STATE_DIR"] = ReadableState() }, _folder, _folder, windows: false), new Redactor());

    /// <summary>The state folder, or a copy of it where it is in another mount namespace: SQLite follows the path back to this one.</summary>
    private string ReadableState()
    {
        if (Disk is null)
            return StateFolder;
        var copy = Directory.CreateDirectory(Path.Combine(_folder, $"copy-{Guid.NewGuid():N}")).FullName;
        foreach (var file in Directory.GetFiles(StateFolder, "journal.db*"))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        _valve.Dispose();
        if (Disk is not null)
            await Disk.DisposeAsync();
        await Lab.DisposeAsync();
        Opskit.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static long Count(SqliteConnection database, string sql)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static string ReadShared(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }
}
