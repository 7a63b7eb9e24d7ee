using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Tests.Runs.Report;

/// <summary>
/// A firmware activation on two enclosures, module by module, under a ping guard, as it goes in the field: a module that is cut off costs a probe or two, one
/// that restarts gracefully without telling its links costs fifteen seconds.
/// </summary>
internal sealed class SimulatedRun
{
    private const double CrashSecond = 400;
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(26);

    private const string Playbook = """
        name: Virtual Connect 4.85, both enclosures
        guards:
        - name: vmkernel
          ping: { targets: [enclosure:enc1, enclosure:enc2], interval: @INTERVAL, timeout: 1s, consecutive-losses: @LOSSES }
        - name: change window
          window: { from: "22:00", to: "05:00", time-zone: Europe/Berlin }
        steps: []
        """;

    private static readonly DateTimeOffset Began = new(2026, 11, 24, 1, 5, 0, TimeSpan.Zero);
    private readonly List<RunEvent> _events = [];
    private readonly List<ChangeRecord> _changes = [];
    private readonly List<StepRecord> _steps = [];
    private readonly List<(int From, int To, double Second, double LengthMs)> _outages = [];
    private readonly double _crash;
    private readonly double _end;

    private SimulatedRun(int hosts, bool breached, bool crashed, double stretch)
    {
        Hosts = hosts;
        Stretch = stretch;
        _crash = crashed ? CrashSecond : double.PositiveInfinity;
        Say(0, "run-started", 0, "", "");
        var last = Activate(breached, crashed);
        _end = last + 15;
        Run = new RunRecord
        {
            Id = "20261124-0105-kfzt",
            Start = new RunStart
            {
                Playbook = "Virtual Connect 4.85, both enclosures",
                File = "/srv/playbooks/virtual-connect.yaml",
                Inventory = "/srv/playbooks/opskit.yaml",
                PlaybookText = "",
                PlanJson = PlanJson.Write(PlanOf()),
                StartedBy = "a.meier",
                LockKeys = ["enclosure:/enc1", "enclosure:/enc2"],
            },
            Status = breached ? RunStatus.Stopped : RunStatus.Done,
            Reason = breached ? "guard vmkernel: esx05 does not answer: 5 probes in a row lost" : null,
            Started = Began,
            Ended = Wall(_end),
            Folder = "/srv/opskit/state/runs/20261124-0105-kfzt",
            Steps = _steps,
            Changes = _changes,
        };
        Say(last + 15, "run-ended", 0, "", breached ? $"stopped: {Run.Reason}" : "done");
    }

    public int Hosts { get; }

    public double Stretch { get; }

    public TimeSpan Interval { get; private init; } = TimeSpan.FromSeconds(1);

    public RunRecord Run { get; private init; }

    public IReadOnlyList<RunEvent> Events => [.. _events.OrderBy(happened => happened.At).Select((happened, place) => happened with { Sequence = place + 1 })];

    /// <summary>The samples in the order their outcomes come.</summary>
    public IEnumerable<GuardSample> Samples
    {
        get
        {
            for (long round = 0; (Interval * round).TotalSeconds < _end * Stretch; round++)
            {
                for (var host = 0; host < Hosts; host++)
                    yield return Sample(host, round, (Interval * round) + (Interval * host / Hosts));
            }
        }
    }

    /// <summary>A run with <paramref name="hosts"/> hosts under watch.</summary>
    /// <param name="hosts">How many.</param>
    /// <param name="breached">Whether the second enclosure's module costs a host fifteen seconds, which breaches the guard.</param>
    /// <param name="crashed">Whether the jump host went down in the middle, and the run was taken up again.</param>
    /// <param name="stretch">How much longer than a quarter of an hour it takes.</param>
    /// <param name="interval">From one probe to the next; null for a second.</param>
    public static SimulatedRun Of(int hosts, bool breached = false, bool crashed = false, double stretch = 1, TimeSpan? interval = null)
    {
        var every = interval ?? TimeSpan.FromSeconds(1);
        var run = new SimulatedRun(hosts, breached, crashed, stretch) { Interval = every };
        var text = Playbook
            .Replace("@INTERVAL", $"{every.TotalMilliseconds:0}ms", StringComparison.Ordinal)
            .Replace("@LOSSES", breached ? "5" : "60", StringComparison.Ordinal);
        return new SimulatedRun(hosts, breached, crashed, stretch) { Interval = every, Run = run.Run with { Start = run.Run.Start with { PlaybookText = text } } };
    }

    private int Activate(bool breached, bool crashed)
    {
        Step(1, "Stage the firmware", "vc.stage", 10, 215, completed: true);
        Change(1, "enc1", "stage 4.85 on bays 1 and 2", "4.50 staged", "4.85 staged", Impact.None, 12, 110);
        Change(1, "enc2", "stage 4.85 on bays 1 and 2", "4.50 staged", "4.85 staged", Impact.None, 112, 214);
        Step(2, "Activate side B, one enclosure after the other", "vc.activate", 220, 860, completed: !breached);
        Change(2, "enc1", "activate bay 2", "4.50 active", "4.85 active, status OK", Impact.NetworkPath, 222, 535, attempts: crashed ? 2 : 1);
        Say(299, "mark", 2, "enc1", "reset of bay 2");
        _outages.Add((0, Math.Max(1, Hosts / 2), 300, 1_400));
        if (crashed)
        {
            Say(CrashSecond, "run-resumed", 0, "", "taken up again");
            Say(CrashSecond + 11, "observed", 2, "enc1", "activate bay 2: under way, the module restarts");
            Say(CrashSecond + 11, "change-intended", 2, "enc1", "activate bay 2");
        }

        Change(2, "enc2", "activate bay 2", "4.50 active", "4.85 active, status OK", Impact.NetworkPath, 540, 855);
        if (Hosts > 4)
            _outages.Add((4, 5, 620, 15_000));
        if (breached)
        {
            Say(626, "guard", 0, "vmkernel", "breached: esx05 does not answer: 5 probes in a row lost");
            Say(856, "guard-breached", 0, "", "guard vmkernel: esx05 does not answer: 5 probes in a row lost");
            Pending(3, "enc1", "activate bay 1");
            Pending(3, "enc2", "activate bay 1");
            _steps.Add(new StepRecord { Number = 3, Name = "Activate side A, one enclosure after the other", Verb = "vc.activate" });
            return 860;
        }

        Say(870, "guard", 0, "vmkernel", "inconclusive: this machine is held up: nothing was heard in time of esx01");
        Say(870, "paused", 0, "", "guard vmkernel: this machine is held up: nothing was heard in time of esx01");
        Say(885, "guard", 0, "vmkernel", $"healthy: all {Hosts} targets answer");
        Step(3, "Activate side A, one enclosure after the other", "vc.activate", 886, 1500, completed: true);
        Change(3, "enc1", "activate bay 1", "4.50 active", "4.85 active, status OK", Impact.NetworkPath, 888, 1190);
        Say(959, "mark", 3, "enc1", "reset of bay 1");
        _outages.Add((Hosts / 3, Math.Max(1, Hosts / 3 * 2), 960, 2_300));
        Change(3, "enc2", "activate bay 1", "4.50 active", "4.85 active, status OK", Impact.NetworkPath, 1195, 1499);
        return 1500;
    }

    private void Step(int number, string name, string verb, double from, double to, bool completed)
    {
        _steps.Add(new StepRecord { Number = number, Name = name, Verb = verb, Started = Wall(from), Ended = Wall(to), Completed = completed });
        Say(from, "step-started", number, "", name);
    }

    private void Change(int step, string target, string summary, string before, string after, Impact impact, double from, double to, int attempts = 1)
    {
        Say(from, "change-intended", step, target, summary);
        Say(to, "change-done", step, target, after);
        _changes.Add(new ChangeRecord
        {
            Key = new ChangeKey(step, $"enclosure:/{target}", summary),
            TargetName = target,
            Summary = summary,
            Before = before,
            After = after,
            Impact = impact,
            Status = ChangeStatus.Done,
            Attempts = attempts,
            Started = Wall(from),
            Ended = Wall(to),
        });
    }

    private void Pending(int step, string target, string summary) => _changes.Add(new ChangeRecord
    {
        Key = new ChangeKey(step, $"enclosure:/{target}", summary),
        TargetName = target,
        Summary = summary,
        Before = "4.50 active",
        After = "4.85 active, status OK",
        Impact = Impact.NetworkPath,
        Status = ChangeStatus.Pending,
    });

    private void Say(double second, string kind, int step, string target, string text) =>
        _events.Add(new RunEvent(0, Wall(second), kind, step, target, text));

    /// <summary>The wall time of a second of the run's course; a crash makes all that follows later.</summary>
    private DateTimeOffset Wall(double second) => Began + TimeSpan.FromSeconds(second * Stretch) + (second >= _crash ? Away : TimeSpan.Zero);

    private GuardSample Sample(int host, long round, TimeSpan due)
    {
        var noise = Noise(host, round);
        var late = noise < 0.001 ? 240.0 : noise * 1.8;
        var unsent = noise > 0.99995;
        var second = due.TotalSeconds / Stretch;
        var lost = !unsent && _outages.Any(outage => host >= outage.From && host < outage.To && second >= outage.Second && second < outage.Second + (outage.LengthMs / 1000.0 / Stretch));
        var roundTrip = 0.35 + (0.4 * Noise(host + 1000, round)) + (noise > 0.995 ? 4 : 0);
        // The clock of a watch begins anew with the process.
        var offset = due.TotalMilliseconds + late - (second >= _crash ? _crash * Stretch * 1000 : 0);
        return new GuardSample(
            "vmkernel", $"esx{host + 1:00}", offset, Wall(second) + TimeSpan.FromMilliseconds(late), !lost && !unsent, lost || unsent ? null : roundTrip, unsent ? 1200 : late, !unsent);
    }

    /// <summary>A number from 0 to 1 that looks random and is the same every time.</summary>
    private static double Noise(int host, long round)
    {
        var mixed = unchecked((ulong)((host * 7919) + (round * 104729) + 12345) * 0x9E3779B97F4A7C15UL);
        mixed ^= mixed >> 29;
        mixed = unchecked(mixed * 0xBF58476D1CE4E5B9UL);
        return (mixed >> 11) / (double)(1UL << 53);
    }

    private static Plan PlanOf()
    {
        static TargetPlan Of(string name, params string[] warnings) => new() { Target = new Target { Kind = TargetKind.Enclosure, Name = name }, Warnings = warnings };
        return new Plan
        {
            Playbook = "Virtual Connect 4.85, both enclosures",
            File = "virtual-connect.yaml",
            PlaybookSha256 = "00",
            Inventory = "opskit.yaml",
            InventorySha256 = "00",
            Made = Began - TimeSpan.FromMinutes(4),
            Steps =
            [
                new StepPlan { Number = 1, Name = "Stage the firmware", Verb = "vc.stage", Targets = [Of("enc1"), Of("enc2", "esx05 has one uplink on side B only: its teaming gives it no second path")], Batches = [[0], [1]], Timeout = TimeSpan.FromMinutes(30) },
            ],
        };
    }
}
