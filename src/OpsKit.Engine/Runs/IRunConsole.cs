using OpsKit.Engine.Guards;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Runs;

/// <summary>What a human in front of a run sees and is asked. Called from several threads.</summary>
public interface IRunConsole
{
    /// <summary>A step begins.</summary>
    void StepStarted(StepPlan step);

    /// <summary>A target of a step stands so.</summary>
    void TargetMoved(StepPlan step, Target target, TargetPhase phase, string text, double? share = null);

    /// <summary>A step ended.</summary>
    void StepEnded(StepPlan step, bool completed);

    /// <summary>A guard changed its mind.</summary>
    void GuardMoved(GuardState state);

    /// <summary>A line worth telling.</summary>
    void Say(string text);

    /// <summary>Asks whether to go on although a guard cannot tell; what was agreed to in advance does not count. False where nobody can be asked.</summary>
    Task<bool> GoOnAsync(string question, CancellationToken cancellationToken);

    /// <summary>Shows what a <c>pause</c> or a step with <c>confirm: always</c> has to say and waits for the operator. False where he declines or nobody can be asked.</summary>
    Task<bool> ContinueAsync(string instructions, CancellationToken cancellationToken);
}

/// <summary>How a target of a step stands.</summary>
public enum TargetPhase
{
    /// <summary>Not begun.</summary>
    Waiting,

    /// <summary>A change is under way.</summary>
    Working,

    /// <summary>Nothing was to do.</summary>
    Unchanged,

    /// <summary>It was read, by a step that only reads.</summary>
    Read,

    /// <summary>All its changes are done.</summary>
    Done,

    /// <summary>A change failed.</summary>
    Failed,

    /// <summary>It could not be read.</summary>
    NotAssessed,

    /// <summary>Not begun as the run stopped first.</summary>
    Skipped,
}
