using Microsoft.Data.Sqlite;
using OpsKit.Connections;
using OpsKit.Engine.Runs;

namespace OpsKit.Engine.Tests.Journal;

public sealed class RunJournalTests : IDisposable
{
    private readonly JournalBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Intent_is_on_record_for_another_process_before_the_act()
    {
        using var journal = _bench.Open();
        await using var writer = journal.Begin(JournalBench.Start("esx01"), JournalBench.Plan("esx01"));
        var plan = JournalBench.Plan("esx01").Steps[0];

        writer.StepStarted(plan);
        writer.Intend(plan, JournalBench.Host("esx01"), JournalBench.Change(), note: null);
        writer.Remember(JournalBench.Key("esx01"), "task-7");

        using var other = _bench.Open();
        var seen = other.Find("last");
        seen.Alive.ShouldBeTrue();
        var change = seen.Changes.ShouldHaveSingleItem();
        (change.Status, change.Attempts, change.Note).ShouldBe((ChangeStatus.Intended, 1, "task-7"));
        other.Events("last").Select(happened => happened.Kind).ShouldBe(["run-started", "step-started", "change-intended", "change-note"]);
        File.ReadAllLines(Path.Combine(seen.Folder, "events.jsonl")).Count(line => line.Length > 0).ShouldBe(4);
    }

    [Fact]
    public async Task Run_that_ended_early_is_taken_up_with_what_it_knew()
    {
        using var journal = _bench.Open();
        var plan = JournalBench.Plan("esx01", "esx02").Steps[0];
        await using (var writer = journal.Begin(JournalBench.Start("esx01", "esx02"), JournalBench.Plan("esx01", "esx02")))
        {
            writer.Intend(plan, JournalBench.Host("esx01"), JournalBench.Change(), note: null);
            writer.Outcome(JournalBench.Key("esx01"), ChangeStatus.Done, "in maintenance mode", null);
            writer.Intend(plan, JournalBench.Host("esx02"), JournalBench.Change(), note: null);
            writer.End(RunStatus.Interrupted, "interrupted");
        }

        await using var again = journal.Resume("last");

        again.IsResumed.ShouldBeTrue();
        again.Find(JournalBench.Key("esx01"))!.Status.ShouldBe(ChangeStatus.Done);
        again.Of(1, JournalBench.Host("esx02").LockKey).ShouldHaveSingleItem().Status.ShouldBe(ChangeStatus.Intended);
        again.Intend(plan, JournalBench.Host("esx02"), JournalBench.Change(), note: null);
        again.Find(JournalBench.Key("esx02"))!.Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task Target_of_a_living_run_is_locked_and_nothing_else_is()
    {
        using var journal = _bench.Open();
        await using var first = journal.Begin(JournalBench.Start("esx01", "esx02"), JournalBench.Plan("esx01", "esx02"));

        var refused = Should.Throw<OpsKitException>(() => journal.Begin(JournalBench.Start("esx03", "esx02"), JournalBench.Plan("esx03", "esx02")));
        refused.Kind.ShouldBe(FailureKind.Locked);
        refused.Message.ShouldContain(first.Id);
        refused.Target.ShouldBe("esx02");

        await using var second = journal.Begin(JournalBench.Start("esx03"), JournalBench.Plan("esx03"));
        second.Id.ShouldNotBe(first.Id);
        Directory.GetDirectories(Path.Combine(_bench.State, "runs")).Length.ShouldBe(2);
        Should.Throw<OpsKitException>(() => journal.Resume(first.Id)).Kind.ShouldBe(FailureKind.Locked);
        Should.Throw<OpsKitException>(() => journal.Abort(first.Id)).Kind.ShouldBe(FailureKind.Locked);
    }

    [Fact]
    public async Task Open_outcome_keeps_its_target_locked_until_resumed_or_given_up()
    {
        using var journal = _bench.Open();
        string id;
        await using (var writer = journal.Begin(JournalBench.Start("esx01", "esx02"), JournalBench.Plan("esx01", "esx02")))
        {
            id = writer.Id;
            writer.Intend(JournalBench.Plan("esx01", "esx02").Steps[0], JournalBench.Host("esx01"), JournalBench.Change(), note: null);
            writer.End(RunStatus.Interrupted, "interrupted");
        }

        await using (journal.Begin(JournalBench.Start("esx02"), JournalBench.Plan("esx02")))
        {
        }

        var refused = Should.Throw<OpsKitException>(() => journal.Begin(JournalBench.Start("esx01"), JournalBench.Plan("esx01")));
        refused.Next.ShouldNotBeNull().ShouldContain($"opskit runs resume {id}");

        journal.Abort(id);
        await using var free = journal.Begin(JournalBench.Start("esx01"), JournalBench.Plan("esx01"));
        Should.Throw<OpsKitException>(() => journal.Resume(id)).Kind.ShouldBe(FailureKind.Usage);
    }

    [Fact]
    public async Task Clock_set_back_changes_no_order()
    {
        using var journal = _bench.Open();
        await using (var first = journal.Begin(JournalBench.Start("esx01"), JournalBench.Plan("esx01")))
        {
            first.Event("note", 0, "", "one");
            first.End(RunStatus.Done, null);
        }

        // FakeTimeProvider refuses to go back; a journal opened with another clock is the same to the file.
        using var journalOfYesterday = new Engine.Journal.RunJournal(
            _bench.JumpHost with { Clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero)) }, _bench.Redactor);
        await using var second = journalOfYesterday.Begin(JournalBench.Start("esx02"), JournalBench.Plan("esx02"));

        journal.Find("last").Id.ShouldBe(second.Id);
        journal.List().Select(run => run.Id).First().ShouldBe(second.Id);
        journal.Events("last").Select(happened => happened.Sequence).ShouldBe([1]);
    }

    [Fact]
    public async Task Secrets_reach_neither_database_nor_files()
    {
        _bench.Redactor.Register(new Connections.Secrets.Secret("hunter2-secret"));
        using var journal = _bench.Open();
        await using (var writer = journal.Begin(JournalBench.Start("esx01"), JournalBench.Plan("esx01")))
        {
            writer.Event("note", 0, "", "password hunter2-secret");
            writer.Intend(JournalBench.Plan("esx01").Steps[0], JournalBench.Host("esx01"), JournalBench.Change() with { Summary = "hunter2-secret" }, note: null);
            writer.Remember(JournalBench.Key("esx01"), "hunter2-secret");
            writer.Outcome(JournalBench.Key("esx01"), ChangeStatus.Failed, null, "hunter2-secret");
            writer.End(RunStatus.Failed, "hunter2-secret");
        }

        foreach (var file in Directory.GetFiles(_bench.State, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldNotContain("hunter2-secret", customMessage: file);
        }
    }

    [Fact]
    public async Task Samples_come_back_in_order_and_a_line_cut_short_is_left_out()
    {
        using var journal = _bench.Open();
        string folder;
        await using (var writer = journal.Begin(JournalBench.Start("esx01"), JournalBench.Plan("esx01")))
        {
            folder = writer.Folder;
            for (var number = 0; number < 3; number++)
                writer.Sample(new GuardSample("ping", "esx01", number * 250, _bench.Clock.GetUtcNow(), number != 1, number != 1 ? 0.5 : null, 0.1));
            writer.End(RunStatus.Done, null);
        }

        await File.AppendAllTextAsync(Path.Combine(folder, "samples.jsonl"), "{\"guard\":\"pi", TestContext.Current.CancellationToken);

        journal.Samples("last").Select(sample => (sample.OffsetMs, sample.Answered)).ShouldBe([(0, true), (250, false), (500, true)]);
    }

    [Fact]
    public void Journal_of_a_newer_opskit_is_left_alone()
    {
        using (_bench.Open())
        {
        }

        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_bench.State, "journal.db")};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version=99";
            command.ExecuteNonQuery();
        }

        Should.Throw<OpsKitException>(_bench.Open).Message.ShouldContain("newer opskit (format 99");
    }

    [Fact]
    public void State_folder_that_is_a_file_is_told()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_bench.State)!);
        File.WriteAllText(_bench.State, "");

        Should.Throw<OpsKitException>(_bench.Open).Next.ShouldNotBeNull().ShouldContain("OPSKIT_STATE_DIR");
    }

    [Fact]
    public void Unknown_run_is_told()
    {
        using var journal = _bench.Open();

        Should.Throw<OpsKitException>(() => journal.Find("last")).Message.ShouldContain("no run yet");
        Should.Throw<OpsKitException>(() => journal.Find("2026")).Kind.ShouldBe(FailureKind.Usage);
    }

    [Fact]
    public async Task Only_the_owner_may_read()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var journal = _bench.Open();
        await using var writer = journal.Begin(JournalBench.Start("esx01"), JournalBench.Plan("esx01"));

        File.GetUnixFileMode(writer.Folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in Directory.GetFiles(_bench.State, "*", SearchOption.AllDirectories))
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }
}
