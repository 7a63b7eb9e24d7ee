using System.Collections.Concurrent;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Tests.Runs;

/// <summary>Keeps what a run shows, and answers as the test says.</summary>
internal sealed class RecordingConsole : IRunConsole
{
    public ConcurrentQueue<string> Shown { get; } = new();

    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The last phase of each target.</summary>
    public ConcurrentDictionary<string, TargetPhase> Phases { get; } = new();

    public Func<string, CancellationToken, Task<bool>> Answer { get; set; } = (_, _) => Task.FromResult(true);

    public void StepStarted(StepPlan step) => Shown.Enqueue($"step {step.Number} started");

    public void TargetMoved(StepPlan step, Target target, TargetPhase phase, string text, double? share = null)
    {
        Phases[target.Name] = phase;
        Shown.Enqueue($"{target.Name} {phase}: {text}");
    }

    public void StepEnded(StepPlan step, bool completed) => Shown.Enqueue($"step {step.Number} {(completed ? "ended" : "stopped")}");

    public void GuardMoved(GuardState state) => Shown.Enqueue($"guard {state.Guard} {state.Verdict}");

    public void Say(string text) => Shown.Enqueue(text);

    public Task<bool> GoOnAsync(string question, CancellationToken cancellationToken) => AskAsync(question, cancellationToken);

    public Task<bool> ContinueAsync(string instructions, CancellationToken cancellationToken) => AskAsync(instructions, cancellationToken);

    private Task<bool> AskAsync(string question, CancellationToken cancellationToken)
    {
        Asked.Enqueue(question);
        return Answer(question, cancellationToken);
    }
}
