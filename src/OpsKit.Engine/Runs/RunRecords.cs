using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Runs;

/// <summary>How a run stands.</summary>
public enum RunStatus
{
    /// <summary>Under way, or its process is gone.</summary>
    Running,

    /// <summary>All done.</summary>
    Done,

    /// <summary>Ended with failed targets.</summary>
    Failed,

    /// <summary>Stopped by a guard, a failure limit or a human; can be resumed.</summary>
    Stopped,

    /// <summary>Interrupted; can be resumed.</summary>
    Interrupted,

    /// <summary>Given up by the operator; cannot be resumed.</summary>
    Aborted,
}

/// <summary>How a change stands.</summary>
public enum ChangeStatus
{
    /// <summary>Not begun.</summary>
    Pending,

    /// <summary>Intent is durable, the outcome is not: after a crash it is observed, never repeated blindly.</summary>
    Intended,

    /// <summary>Done and verified.</summary>
    Done,

    /// <summary>Failed.</summary>
    Failed,

    /// <summary>The answer was lost; to be observed.</summary>
    Unknown,
}

/// <summary>What a run is about, written when it begins.</summary>
public sealed record RunStart
{
    /// <summary>The playbook's name.</summary>
    public required string Playbook { get; init; }

    /// <summary>The playbook's file, absolute; null for a verb of the console.</summary>
    public string? File { get; init; }

    /// <summary>The inventory's file, absolute.</summary>
    public string? Inventory { get; init; }

    /// <summary>Variables given, for resuming.</summary>
    public IReadOnlyDictionary<string, string> Vars { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The playbook's text, for resuming a run whose file is gone or changed.</summary>
    public required string PlaybookText { get; init; }

    /// <summary>The approved plan as JSON.</summary>
    public required string PlanJson { get; init; }

    /// <summary>Who runs it: the account on the jump host.</summary>
    public required string StartedBy { get; init; }

    /// <summary>Targets that no other run may touch meanwhile (<see cref="Target.LockKey"/>).</summary>
    public required IReadOnlyList<string> LockKeys { get; init; }
}

/// <summary>Which change of which target in which step.</summary>
/// <param name="Step">The step's number.</param>
/// <param name="Target">The target's <see cref="Verbs.Target.LockKey"/>.</param>
/// <param name="Change">The change's id.</param>
public sealed record ChangeKey(int Step, string Target, string Change);

/// <summary>A change as the journal knows it.</summary>
public sealed record ChangeRecord
{
    /// <summary>Which.</summary>
    public required ChangeKey Key { get; init; }

    /// <summary>The target's name.</summary>
    public required string TargetName { get; init; }

    /// <summary>What is done.</summary>
    public required string Summary { get; init; }

    /// <summary>The state before.</summary>
    public required string Before { get; init; }

    /// <summary>The state wanted, or once done the state proven.</summary>
    public required string After { get; init; }

    /// <summary>What it does to what runs.</summary>
    public required Impact Impact { get; init; }

    /// <summary>What the change was given (<see cref="PlannedChange.Arguments"/>), so that it can be observed after a crash.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How it stands.</summary>
    public required ChangeStatus Status { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; init; }

    /// <summary>What the last attempt remembered.</summary>
    public string? Note { get; init; }

    /// <summary>Why it failed, or what else is to be known.</summary>
    public string? Detail { get; init; }

    /// <summary>When the first attempt began.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The change as it was planned.</summary>
    public PlannedChange ToPlanned() =>
        new() { Id = Key.Change, Summary = Summary, Before = Before, After = After, Impact = Impact, Arguments = Arguments };
}

/// <summary>A step as the journal knows it.</summary>
public sealed record StepRecord
{
    /// <summary>Its number.</summary>
    public required int Number { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The verb.</summary>
    public required string Verb { get; init; }

    /// <summary>When it began; null where it has not.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended; null where it has not.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Whether it ended with everything done.</summary>
    public bool Completed { get; init; }
}

/// <summary>Something that happened in a run.</summary>
/// <param name="Sequence">Its number in the run, from 1: the order, whatever the clock says.</param>
/// <param name="At">Wall time.</param>
/// <param name="Kind">A word such as <c>step-started</c>, <c>guard-breached</c>, <c>target-failed</c>, <c>note</c>.</param>
/// <param name="Step">The step's number; 0 for the whole run.</param>
/// <param name="Target">The target's name, or empty.</param>
/// <param name="Text">One line.</param>
public sealed record RunEvent(long Sequence, DateTimeOffset At, string Kind, int Step, string Target, string Text)
{
    /// <summary>The kind of a moment that a change marked on the time line (<see cref="IApplyingDoors.Mark"/>).</summary>
    public const string Mark = "mark";
}

/// <summary>One probe of a guard.</summary>
/// <param name="Guard">The guard's name.</param>
/// <param name="Target">The target's name.</param>
/// <param name="OffsetMs">Milliseconds since the run's process began, on a monotonic clock.</param>
/// <param name="At">Wall time.</param>
/// <param name="Answered">Whether it was answered.</param>
/// <param name="RoundTripMs">Milliseconds to the answer; null where lost.</param>
/// <param name="LateMs">How late the sampler itself was.</param>
/// <param name="Sent">False where this machine was held up and did not send it in time: such a sample says nothing of the target.</param>
public sealed record GuardSample(
    string Guard, string Target, double OffsetMs, DateTimeOffset At, bool Answered, double? RoundTripMs, double LateMs, bool Sent = true);

/// <summary>A run as the journal knows it.</summary>
public sealed record RunRecord
{
    /// <summary>Its id: date, time and four letters, sortable, such as <c>20261124-0105-kfzt</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required RunStart Start { get; init; }

    /// <summary>How it stands.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Why it ended as it did; null for nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended, last time.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Whether the process that runs it lives (its locks are held by a living process of this jump host).</summary>
    public bool Alive { get; init; }

    /// <summary>The folder with events, samples, transcripts and the plan.</summary>
    public required string Folder { get; init; }

    /// <summary>The steps.</summary>
    public IReadOnlyList<StepRecord> Steps { get; init; } = [];

    /// <summary>The changes, in the order of the plan.</summary>
    public IReadOnlyList<ChangeRecord> Changes { get; init; } = [];
}
