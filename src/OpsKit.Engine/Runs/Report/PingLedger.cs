using OpsKit.Engine.Guards;
using OpsKit.Engine.Playbooks;

namespace OpsKit.Engine.Runs.Report;

/// <summary>The samples of a run, read once and kept as counts and slots of time.</summary>
internal sealed class PingLedger
{
    private const int MostSlots = 1024;
    private const double LongestOffsetMs = 1e11;
    private static readonly TimeSpan ShortestPatience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<(string Guard, string Target), TargetPings> _targets = [];
    private readonly Dictionary<string, CommandRuns> _commands = new(StringComparer.Ordinal);

    private PingLedger()
    {
    }

    /// <summary>The addresses, worst first: the longest outage, then losses, then names.</summary>
    public IReadOnlyList<TargetPings> Targets { get; private set; } = [];

    /// <summary>What the programs of command guards said, by guard.</summary>
    public IReadOnlyDictionary<string, CommandRuns> Commands => _commands;

    /// <summary>Reads the samples.</summary>
    /// <param name="samples">In the order they were kept.</param>
    /// <param name="lives">The lives of the run; told how long they gave signs.</param>
    /// <param name="guards">The guards of its playbook.</param>
    public static PingLedger Read(IEnumerable<GuardSample> samples, IReadOnlyList<RunLife> lives, IReadOnlyList<GuardSpec> guards)
    {
        var ledger = new PingLedger();
        var specs = guards.ToDictionary(guard => guard.Name, StringComparer.Ordinal);
        var slots = Math.Max(64, MostSlots / lives.Count);
        foreach (var sample in samples)
        {
            if (!(Math.Abs(sample.OffsetMs) < LongestOffsetMs && Math.Abs(sample.LateMs) < LongestOffsetMs))
                continue;
            var life = LifeAt(lives, sample.At);
            lives[life].Saw(sample.At);
            if (specs.GetValueOrDefault(sample.Guard) is CommandGuardSpec)
                ledger._commands[sample.Guard] = (ledger._commands.GetValueOrDefault(sample.Guard) ?? new CommandRuns(0, 0, 0)).With(sample);
            else
                ledger.TargetOf(sample, specs).Add(sample, life, lives[life].Began, slots);
        }

        foreach (var target in ledger._targets.Values)
            target.Finish();
        ledger.Targets =
        [
            .. ledger._targets.Values
                .OrderByDescending(target => target.LongestOutage)
                .ThenByDescending(target => target.Lost)
                .ThenBy(target => target.Answered > 0)
                .ThenBy(target => target.Target, NaturalOrder.Instance),
        ];
        return ledger;
    }

    private TargetPings TargetOf(GuardSample sample, Dictionary<string, GuardSpec> specs)
    {
        if (_targets.TryGetValue((sample.Guard, sample.Target), out var known))
            return known;
        var spec = specs.GetValueOrDefault(sample.Guard) as PingGuardSpec;
        var patience = spec is null ? ShortestPatience : (spec.Timeout * 3) + spec.Interval + ShortestPatience;
        return _targets[(sample.Guard, sample.Target)] = new TargetPings(sample.Guard, sample.Target, spec?.Interval ?? (sample.Guard == OutageWatch.GuardName ? OutageWatch.Interval : null), patience);
    }

    private static int LifeAt(IReadOnlyList<RunLife> lives, DateTimeOffset at)
    {
        var life = lives.Count - 1;
        while (life > 0 && lives[life].Began > at)
            life--;
        return life;
    }

    /// <summary>How often a guard's program ran, and what it said.</summary>
    internal sealed record CommandRuns(long Healthy, long Breached, long Inconclusive)
    {
        public CommandRuns With(GuardSample sample) => sample switch
        {
            { Sent: false } => this with { Inconclusive = Inconclusive + 1 },
            { Answered: true } => this with { Healthy = Healthy + 1 },
            _ => this with { Breached = Breached + 1 },
        };
    }
}
