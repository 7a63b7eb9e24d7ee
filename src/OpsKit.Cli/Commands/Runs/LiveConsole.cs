using OpsKit.Cli.Terminals;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Verbs;

namespace OpsKit.Cli.Commands.Runs;

/// <summary>Shows a run on a terminal: the step under way as a table that moves, what is over above it.</summary>
internal sealed class LiveConsole : IRunConsole, IAsyncDisposable
{
    private const int GlanceFrames = 10;
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    private readonly Terminal _terminal;
    private readonly RunQuestions _questions;
    private readonly RunBoard _board;
    private readonly LiveFrame _frame;
    private readonly ITimer _timer;
    private readonly Lock _drawing = new();
    private int _frames;
    private bool _asking;
    private bool _over;

    /// <param name="terminal">The terminal.</param>
    /// <param name="clock">The clock the run goes by.</param>
    /// <param name="screen">The clock of whoever looks on.</param>
    /// <param name="questions">Asks the operator.</param>
    public LiveConsole(Terminal terminal, TimeProvider clock, TimeProvider screen, RunQuestions questions)
    {
        (_terminal, _questions, _board) = (terminal, questions, new RunBoard(clock));
        _frame = new LiveFrame(clock, screen, terminal.Paint);
        questions.Asking = Asking;
        _timer = screen.CreateTimer(_ => Draw(), null, Frame, Frame);
    }

    public void StepStarted(StepPlan step)
    {
        _board.Begin(step);
        Draw();
    }

    public void TargetMoved(StepPlan step, Target target, TargetPhase phase, string text, double? share = null)
    {
        if (!_board.Move(target, phase, text, share))
            return;
        if (phase is TargetPhase.Failed or TargetPhase.NotAssessed)
            _terminal.Warn($"{target.Name}: {text}");
    }

    public void StepEnded(StepPlan step, bool completed)
    {
        lock (_drawing)
        {
            var lines = _frame.Over(_board, completed, _terminal.LiveSize());
            _board.End();
            _terminal.EndDrawing(keep: false);
            foreach (var line in lines)
                _terminal.SayPainted(line);
        }
    }

    public void GuardMoved(GuardState state)
    {
        _board.Move(state);
        if (state.Verdict == Verdict.Breached)
            TellGuards();
    }

    public void Say(string text) => _terminal.Say(text);

    public Task<bool> GoOnAsync(string question, CancellationToken cancellationToken) => _questions.GoOnAsync(question, cancellationToken);

    public Task<bool> ContinueAsync(string instructions, CancellationToken cancellationToken) => _questions.ContinueAsync(instructions, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        lock (_drawing)
        {
            _over = true;
            _terminal.EndDrawing(keep: true);
        }
    }

    private void Asking(bool asking)
    {
        lock (_drawing)
        {
            _asking = asking;
            if (asking)
                _terminal.EndDrawing(keep: false);
        }
    }

    private void TellGuards()
    {
        foreach (var state in _board.News())
        {
            if (state.Verdict == Verdict.Healthy)
                _terminal.Say($"guard {state.Guard}: healthy again, {state.Reason}");
            else
                _terminal.Warn($"guard {state.Guard}: {state.Reason}");
        }
    }

    private void Draw()
    {
        if (++_frames % GlanceFrames == 0)
            TellGuards();
        lock (_drawing)
        {
            if (!_over && _board.Step is not null && !_asking)
                _terminal.Draw(_frame.Now(_board, _terminal.LiveSize()));
        }
    }
}
