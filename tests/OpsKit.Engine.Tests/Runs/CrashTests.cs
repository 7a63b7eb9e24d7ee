using OpsKit.Connections;
using OpsKit.Engine.Journal;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Targets;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Tests.Runs;

/// <summary>
/// A run that dies at each point of its life in turn, and each time while it is taken up, over a world that keeps count. The points are every write of the
/// journal, before it and after it, and every act, before the request leaves, while it is on its way, and after it was carried out.
/// </summary>
public sealed class CrashTests
{
    private static readonly string[] Hosts = ["esx01", "esx02"];

    [Fact]
    public async Task Every_point_of_death_leads_to_each_change_made_once()
    {
        var deaths = 0;
        for (var point = 1; ; point++)
        {
            using var bench = new RunBench(Hosts);
            var world = new World();
            if (!await DiesAsync(bench, world, point, bench.BeginAsync))
                break;
            deaths++;
            await FinishAsync(bench, world);
        }

        deaths.ShouldBeGreaterThan(60);
    }

    [Fact]
    public async Task Death_while_taken_up_again_and_again_changes_nothing_of_it()
    {
        foreach (var pace in new[] { 1, 2, 4, 7 })
        {
            using var bench = new RunBench(Hosts);
            var world = new World();
            for (var lives = 0; StatusOf(bench) != RunStatus.Done; lives++)
            {
                // Each process gets a little further than the one before, or it would die in the same place for ever.
                await DiesAsync(bench, world, pace + (lives / 4), StatusOf(bench) is null ? bench.BeginAsync : bench.TakeUpAsync);
                lives.ShouldBeLessThan(400);
            }

            ShouldBeWhole(bench, world);
        }
    }

    private static async Task FinishAsync(RunBench bench, World world)
    {
        if (StatusOf(bench) is not { } status)
        {
            world.Acts.ShouldBeEmpty("nothing is done of which nothing is on record");
            return;
        }

        if (status != RunStatus.Done)
            (await DiesAsync(bench, world, int.MaxValue, bench.TakeUpAsync)).ShouldBeFalse();
        ShouldBeWhole(bench, world);
    }

    private static RunStatus? StatusOf(RunBench bench)
    {
        using var journal = bench.Open();
        return journal.List() is [var run] ? run.Status : null;
    }

    private static void ShouldBeWhole(RunBench bench, World world)
    {
        var record = bench.Record;
        world.Acts.Order(StringComparer.Ordinal).ShouldBe(["esx01 after", "esx01 one", "esx01 two", "esx02 after", "esx02 one", "esx02 two"]);
        record.Status.ShouldBe(RunStatus.Done);
        record.Changes.ShouldAllBe(change => change.Status == ChangeStatus.Done && change.Attempts > 0);
        record.Steps.ShouldAllBe(step => step.Completed);
        bench.Events.Select(happened => happened.Sequence).ShouldBe(Enumerable.Range(1, bench.Events.Count).Select(number => (long)number));
        var copied = File.ReadLines(Path.Combine(record.Folder, "events.jsonl")).Where(line => line.Length > 0).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("sequence").GetInt64());
        copied.ShouldBe(bench.Events.Select(happened => happened.Sequence));
    }

    /// <summary>Lets a process run until it dies at a point; whether it did.</summary>
    private static async Task<bool> DiesAsync(RunBench bench, World world, int point, Func<Playbook, RunJournal, RunDoors, Task<(Plan Plan, IRunWriter Writer)>> open)
    {
        var fate = new Fate(point);
        var playbook = world.Playbook(fate);
        await using var doors = bench.Doors();
        var journal = bench.Open();
        IRunWriter? writer = null;
        try
        {
            fate.Pass();
            Plan plan;
            (plan, writer) = await open(playbook, journal, doors);
            fate.Pass();
            await bench.RunAsync(playbook, plan, doors, new MortalWriter(writer, fate), null);
            return false;
        }
        catch (DeathException)
        {
            return true;
        }
        finally
        {
            // A process that is gone writes nothing more, and its locks fall.
            if (fate.IsDead)
                journal.Dispose();
            try
            {
                if (writer is not null)
                    await writer.DisposeAsync();
            }
            catch (InvalidOperationException)
            {
                // It wanted to write.
            }

            journal.Dispose();
        }
    }

    /// <summary>Hosts on which "one" and "two" are done, then "after" by a second step that is planned in its turn. Done twice is on record twice.</summary>
    private sealed class World
    {
        private readonly List<(string Act, int Looks)> _onItsWay = [];

        public List<string> Acts { get; } = [];

        public Playbook Playbook(Fate fate)
        {
            var first = Verb(fate, "test.first", "one", "two");
            var second = Verb(fate, "test.second", "after");
            return RunBench.Playbook(RunBench.Step(first, batch: "all", stopAfter: 5), RunBench.Step(second, 2));
        }

        private ScriptedVerb Verb(Fate fate, string name, params string[] changes) => new()
        {
            Name = name,
            Plan = target => new TargetPlan { Target = target, Changes = [.. changes.Where(change => !IsDone(target, change)).Select(change => ScriptedVerb.Change(change))] },
            Apply = (doors, target, change, _) =>
            {
                fate.Pass();
                doors.Note.ShouldBeNull("nothing takes time here, so nothing is attached to");
                doors.Remember("asking");
                fate.Pass(() => _onItsWay.Add(($"{target.Name} {change.Id}", 3)));
                lock (Acts)
                    Acts.Add($"{target.Name} {change.Id}");
                fate.Pass();
                doors.Remember("asked");
                fate.Pass();
                return Task.FromResult(new ChangeResult(change.After));
            },
            Observe = (target, change, note) =>
            {
                fate.Pass();
                Arrive();
                return IsDone(target, change.Id) ? new Standing(Effect.Done, "done") : new Standing(Effect.NotDone, "not done") { MayStillCome = note is not null };
            },
        };

        private bool IsDone(Target target, string change)
        {
            lock (Acts)
                return Acts.Contains($"{target.Name} {change}");
        }

        /// <summary>What was on the wire when its sender died is carried out a few looks later.</summary>
        private void Arrive()
        {
            lock (Acts)
            {
                for (var place = _onItsWay.Count - 1; place >= 0; place--)
                {
                    _onItsWay[place] = _onItsWay[place] with { Looks = _onItsWay[place].Looks - 1 };
                    if (_onItsWay[place].Looks > 0)
                        continue;
                    Acts.Add(_onItsWay[place].Act);
                    _onItsWay.RemoveAt(place);
                }
            }
        }
    }

    /// <summary>Counts points and ends the process at one of them. A point on the wire is two: the request is lost, or it arrives later.</summary>
    private sealed class Fate(int point)
    {
        private readonly Lock _lock = new();
        private int _passed;
        private bool _dead;

        public bool IsDead
        {
            get
            {
                lock (_lock)
                    return _dead;
            }
        }

        public void Pass(Action? late = null)
        {
            lock (_lock)
            {
                if (!_dead)
                {
                    _dead = ++_passed == point;
                    if (!_dead && late is not null && ++_passed == point)
                    {
                        _dead = true;
                        late();
                    }
                }

                if (_dead)
                    throw new DeathException();
            }
        }
    }

    private sealed class DeathException() : Exception("the process is gone");

    /// <summary>A journal whose process may die before and after each of its writes.</summary>
    private sealed class MortalWriter(IRunWriter inner, Fate fate) : IRunWriter
    {
        public string Id => inner.Id;

        public string Folder => inner.Folder;

        public bool IsResumed => inner.IsResumed;

        public ChangeRecord? Find(ChangeKey key) => inner.Find(key);

        public IReadOnlyList<ChangeRecord> Of(int step, string target) => inner.Of(step, target);

        public bool IsCompleted(int step) => inner.IsCompleted(step);

        public void StepStarted(StepPlan step) => Write(() => inner.StepStarted(step));

        public void StepEnded(StepPlan step, bool completed) => Write(() => inner.StepEnded(step, completed));

        public void Replan(StepPlan step, Target target, IReadOnlyList<PlannedChange> changes) => Write(() => inner.Replan(step, target, changes));

        public void Intend(StepPlan step, Target target, PlannedChange change, string? note) => Write(() => inner.Intend(step, target, change, note));

        public void Remember(ChangeKey key, string note) => Write(() => inner.Remember(key, note));

        public void Outcome(ChangeKey key, ChangeStatus status, string? after, string? detail) => Write(() => inner.Outcome(key, status, after, detail));

        public void Event(string kind, int step, string target, string text) => Write(() => inner.Event(kind, step, target, text));

        public string OutputFolder => inner.OutputFolder;

        public void Keep(string file, string text) => inner.Keep(file, text);

        public void Sample(GuardSample sample) => inner.Sample(sample);

        public void End(RunStatus status, string? reason) => Write(() => inner.End(status, reason));

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private void Write(Action write)
        {
            fate.Pass();
            write();
            fate.Pass();
        }
    }
}
