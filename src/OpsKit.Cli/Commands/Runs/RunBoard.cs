using OpsKit.Engine.Guards;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Verbs;

namespace OpsKit.Cli.Commands.Runs;

/// <summary>One target of the step under way.</summary>
internal sealed record BoardRow(string Name, TargetPhase Phase, string Text, double? Share, long Since);

/// <summary>How a run under way stands: what both consoles show. Safe to call from several threads.</summary>
internal sealed class RunBoard(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, BoardRow> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GuardState> _guards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Verdict> _told = new(StringComparer.Ordinal);
    private Dictionary<string, Verdict> _seen = new(StringComparer.Ordinal);

    public StepPlan? Step { get; private set; }

    public long StepSince { get; private set; }

    public IReadOnlyList<BoardRow> Rows
    {
        get
        {
            lock (_lock)
                return [.. _rows.Values];
        }
    }

    public IReadOnlyList<GuardState> Guards
    {
        get
        {
            lock (_lock)
                return [.. _guards.Values];
        }
    }

    public void Begin(StepPlan step)
    {
        lock (_lock)
        {
            Step = step;
            StepSince = clock.GetTimestamp();
            _rows.Clear();
            foreach (var target in step.Targets)
                _rows[target.Target.LockKey] = new BoardRow(target.Target.Name, TargetPhase.Waiting, "", null, StepSince);
        }
    }

    /// <summary>Whether this is news: another phase or other words, not merely another share.</summary>
    public bool Move(Target target, TargetPhase phase, string text, double? share)
    {
        lock (_lock)
        {
            var known = _rows.GetValueOrDefault(target.LockKey);
            var since = known is { Phase: TargetPhase.Working } && phase == TargetPhase.Working && (known.Text == text || share is not null) ? known.Since : clock.GetTimestamp();
            _rows[target.LockKey] = new BoardRow(target.Name, phase, text, share, since);
            return known is null || known.Phase != phase || known.Text != text;
        }
    }

    public void Move(GuardState state)
    {
        lock (_lock)
            _guards[state.Guard] = state;
    }

    /// <summary>
    /// The guards that changed their mind and did not change it back since the last call: a moment's doubt is no news. A breach is always
    /// news, and is handed out once.
    /// </summary>
    public IReadOnlyList<GuardState> News()
    {
        lock (_lock)
        {
            var before = _seen;
            _seen = _guards.ToDictionary(guard => guard.Key, guard => guard.Value.Verdict, StringComparer.Ordinal);
            var news = _guards.Values
                .Where(state => _told.GetValueOrDefault(state.Guard, Verdict.Healthy) != state.Verdict)
                .Where(state => state.Verdict == Verdict.Breached || (before.TryGetValue(state.Guard, out var then) && then == state.Verdict))
                .ToList();
            foreach (var state in news)
                _told[state.Guard] = state.Verdict;
            return news;
        }
    }

    public void End()
    {
        lock (_lock)
            Step = null;
    }

    /// <summary>Such as <c>3 done, 1 working, 8 waiting</c>.</summary>
    public string Counts()
    {
        var rows = Rows;
        var parts = new (TargetPhase Phase, string Word)[]
        {
            (TargetPhase.Done, "done"), (TargetPhase.Read, "read"), (TargetPhase.Unchanged, "nothing to do"), (TargetPhase.Failed, "failed"), (TargetPhase.NotAssessed, "not assessed"),
            (TargetPhase.Skipped, "not begun"), (TargetPhase.Working, "working"), (TargetPhase.Waiting, "waiting"),
        };
        return string.Join(", ", parts.Select(part => (Count: rows.Count(row => row.Phase == part.Phase), part.Word)).Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Word}"));
    }
}
