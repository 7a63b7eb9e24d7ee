using OpsKit.Connections;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Runs;

/// <summary>Shows a run as lines of text, for programs without a console of their own. Nobody is asked: a run that would ask stops, and can be resumed.</summary>
/// <param name="output">Gets the lines, one at a time; what would move a terminal's cursor is escaped.</param>
public sealed class TextRunConsole(TextWriter output) : IRunConsole
{
    private readonly Lock _one = new();

    /// <summary>Answers a <c>pause</c>, and a step with <c>confirm: always</c>. By default: no.</summary>
    public Func<string, CancellationToken, Task<bool>> Continue { get; init; } = Nobody;

    /// <summary>Answers whether to go on although a guard cannot tell. By default: no.</summary>
    public Func<string, CancellationToken, Task<bool>> GoOn { get; init; } = Nobody;

    /// <inheritdoc/>
    public void StepStarted(StepPlan step)
    {
        ArgumentNullException.ThrowIfNull(step);
        Say($"step {step.Number} started: {step.Name}");
    }

    /// <summary>Shows what begins and what came of it; how far a change is, is left out.</summary>
    public void TargetMoved(StepPlan step, Target target, TargetPhase phase, string text, double? share = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(text);
        if (share is not null)
            return;
        var lines = phase is TargetPhase.Failed or TargetPhase.NotAssessed ? text.Split('\n') : [text];
        Say($"  {target.Name}: {Word(phase)}{(lines[0].Length > 0 ? $", {lines[0]}" : "")}");

        // What a device said stands beneath, further in than any event.
        foreach (var line in lines.Skip(1))
            Say("      " + line);
    }

    /// <inheritdoc/>
    public void StepEnded(StepPlan step, bool completed)
    {
        ArgumentNullException.ThrowIfNull(step);
        Say($"step {step.Number} {(completed ? "ended" : "stopped")}: {step.Name}");
    }

    /// <inheritdoc/>
    public void GuardMoved(GuardState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Say($"guard {state.Guard}: {state.Verdict.ToString().ToLowerInvariant()}, {state.Reason}");
    }

    /// <inheritdoc/>
    public void Say(string text)
    {
        lock (_one)
            output.WriteLine(SafeText.Line(text));
    }

    /// <inheritdoc/>
    public Task<bool> GoOnAsync(string question, CancellationToken cancellationToken) => AskAsync(GoOn, question, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ContinueAsync(string instructions, CancellationToken cancellationToken) => AskAsync(Continue, instructions, cancellationToken);

    private async Task<bool> AskAsync(Func<string, CancellationToken, Task<bool>> ask, string question, CancellationToken cancellationToken)
    {
        var answer = await ask(question, cancellationToken).ConfigureAwait(false);
        Say($"{question} {(answer ? "yes" : "no")}");
        return answer;
    }

    private static Task<bool> Nobody(string question, CancellationToken cancellationToken) => Task.FromResult(false);

    private static string Word(TargetPhase phase) => phase == TargetPhase.NotAssessed ? "not assessed" : phase.ToString().ToLowerInvariant();
}
