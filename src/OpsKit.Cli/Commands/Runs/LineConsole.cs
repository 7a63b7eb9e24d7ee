using System.Globalization;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Verbs;

namespace OpsKit.Cli.Commands.Runs;

/// <summary>Shows a run where stderr is no terminal: one line an event, and a heartbeat while nothing happens.</summary>
internal sealed class LineConsole : IRunConsole, IAsyncDisposable
{
    /// <summary>How long nothing is said at most.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(30);

    private readonly Terminal _terminal;
    private readonly TimeProvider _clock;
    private readonly TimeProvider _screen;
    private const int MostUnchanged = 20;

    private readonly RunQuestions _questions;
    private readonly RunBoard _board;
    private readonly ITimer _timer;
    private long _lastSaid;

    /// <param name="terminal">The terminal.</param>
    /// <param name="clock">The clock the run goes by.</param>
    /// <param name="screen">The clock of whoever reads along.</param>
    /// <param name="questions">Asks the operator.</param>
    public LineConsole(Terminal terminal, TimeProvider clock, TimeProvider screen, RunQuestions questions)
    {
        (_terminal, _clock, _screen, _questions, _board) = (terminal, clock, screen, questions, new RunBoard(clock));
        _lastSaid = screen.GetTimestamp();
        _timer = screen.CreateTimer(_ => Beat(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public void StepStarted(StepPlan step)
    {
        _board.Begin(step);
        Line($"step {step.Number} started: {step.Name}, {Counted.Of(step.Targets.Count, "target")}");
    }

    public void TargetMoved(StepPlan step, Target target, TargetPhase phase, string text, double? share = null)
    {
        // How far a change is, is no event; the heartbeat tells it. Targets that were read, and hundreds on which nothing was to do, are one number, at the step's end.
        if (!_board.Move(target, phase, text, share) || share is not null || phase == TargetPhase.Read || (phase == TargetPhase.Unchanged && step.Targets.Count > MostUnchanged))
            return;
        var lines = phase is TargetPhase.Failed or TargetPhase.NotAssessed ? text.Split('\n') : [text];
        Line($"step {step.Number} {target.Name}: {Word(phase)}{(lines[0].Length > 0 ? $" {lines[0]}" : "")}");

        // What a device said stands beneath, further in than any event.
        foreach (var line in lines.Skip(1))
            _terminal.Say("         " + SafeText.Line(line));
    }

    public void StepEnded(StepPlan step, bool completed)
    {
        Line($"step {step.Number} {(completed ? "ended" : "stopped")}: {_board.Counts()}");
        _board.End();
    }

    public void GuardMoved(GuardState state)
    {
        _board.Move(state);
        if (state.Verdict == Verdict.Breached)
            TellGuards();
    }

    public void Say(string text) => Line(text);

    public Task<bool> GoOnAsync(string question, CancellationToken cancellationToken) => _questions.GoOnAsync(question, cancellationToken);

    public Task<bool> ContinueAsync(string instructions, CancellationToken cancellationToken) => _questions.ContinueAsync(instructions, cancellationToken);

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private static string Word(TargetPhase phase) => phase switch
    {
        TargetPhase.Working => "...",
        TargetPhase.Done => "done,",
        TargetPhase.Unchanged => "unchanged,",
        TargetPhase.Failed => "FAILED,",
        TargetPhase.NotAssessed => "not assessed,",
        _ => "skipped,",
    };

    private void TellGuards()
    {
        foreach (var state in _board.News())
            Line($"guard {state.Guard}: {state.Verdict.ToString().ToLowerInvariant()}, {state.Reason}");
    }

    private void Beat()
    {
        TellGuards();
        if (_board.Step is not { } step || _screen.GetElapsedTime(Interlocked.Read(ref _lastSaid)) < Heartbeat)
            return;
        var working = _board.Rows.Where(row => row.Phase == TargetPhase.Working).ToList();
        var named = string.Join("; ", working.Take(3).Select(row => $"{row.Name}: {row.Text}{(row.Share is { } share ? string.Create(CultureInfo.InvariantCulture, $" {share * 100:0}%") : "")}"));
        Line($"step {step.Number} still at work: {_board.Counts()}{(named.Length > 0 ? $" ({named}{(working.Count > 3 ? ", …" : "")})" : "")}");
    }

    private void Line(string text)
    {
        Interlocked.Exchange(ref _lastSaid, _screen.GetTimestamp());
        _terminal.Say($"{_clock.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {SafeText.Line(text)}");
    }
}
