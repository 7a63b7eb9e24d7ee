using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Runs;

/// <summary>The journal of one run under way. Safe to call from several threads. Disposing releases the locks.</summary>
public interface IRunWriter : IAsyncDisposable
{
    /// <summary>The run's id.</summary>
    string Id { get; }

    /// <summary>The run's folder.</summary>
    string Folder { get; }

    /// <summary>Whether an earlier process began the run.</summary>
    bool IsResumed { get; }

    /// <summary>How a change stood when the run was opened, or stands now.</summary>
    ChangeRecord? Find(ChangeKey key);

    /// <summary>The changes of a target in a step, in the order of its plan.</summary>
    /// <param name="step">The step's number.</param>
    /// <param name="target">The target's <see cref="Target.LockKey"/>.</param>
    IReadOnlyList<ChangeRecord> Of(int step, string target);

    /// <summary>Puts other changes in the place of those planned for a target of which none has begun: a crash in their midst takes up these.</summary>
    void Replan(StepPlan step, Target target, IReadOnlyList<PlannedChange> changes);

    /// <summary>Whether a step was completed, in this process or an earlier one.</summary>
    bool IsCompleted(int step);

    /// <summary>A step begins.</summary>
    void StepStarted(StepPlan step);

    /// <summary>A step ended.</summary>
    void StepEnded(StepPlan step, bool completed);

    /// <summary>Makes it durable that a change is about to be made.</summary>
    /// <param name="step">The step.</param>
    /// <param name="target">The target.</param>
    /// <param name="change">The change.</param>
    /// <param name="note">What the earlier attempt remembered to which this one attaches; null for one that begins anew.</param>
    /// <exception cref="OpsKitException">It cannot be made durable (disk full, read-only folder): the change must not be made.</exception>
    void Intend(StepPlan step, Target target, PlannedChange change, string? note);

    /// <summary>Makes a fact about the change under way durable.</summary>
    void Remember(ChangeKey key, string note);

    /// <summary>Makes the outcome durable.</summary>
    void Outcome(ChangeKey key, ChangeStatus status, string? after, string? detail);

    /// <summary>Something happened.</summary>
    void Event(string kind, int step, string target, string text);

    /// <summary>The folder of what programs leave behind: <c>output</c> in the run's. It is made when it is asked for.</summary>
    /// <exception cref="OpsKitException">It cannot be made.</exception>
    string OutputFolder { get; }

    /// <summary>Adds lines to a file in the run's folder, in <c>output</c>; secrets are taken out.</summary>
    /// <param name="file">The file's name, without a path.</param>
    /// <param name="text">Whole lines.</param>
    /// <exception cref="OpsKitException">It cannot be written.</exception>
    void Keep(string file, string text);

    /// <summary>Keeps a sample.</summary>
    void Sample(GuardSample sample);

    /// <summary>The run ended.</summary>
    void End(RunStatus status, string? reason);
}

/// <summary>The journal of all runs.</summary>
public interface IRunJournal
{
    /// <summary>Begins a run: takes its locks, all or none, and writes what it is about.</summary>
    /// <exception cref="OpsKitException">Kind Locked, naming the other run; or the journal cannot be written.</exception>
    IRunWriter Begin(RunStart start, Plan plan);

    /// <summary>Takes up a run that ended early; its locks are taken again.</summary>
    /// <exception cref="OpsKitException">Kind Locked where its process lives; kind Usage where it is done or aborted.</exception>
    IRunWriter Resume(string id);

    /// <summary>Gives a run up: it cannot be resumed any more, and its locks are free. What was done stays done.</summary>
    /// <exception cref="OpsKitException">Kind Locked where its process lives; kind Usage where it is over.</exception>
    void Abort(string id);

    /// <summary>Lets go of a run's locks without giving it up; how many there were.</summary>
    /// <exception cref="OpsKitException">Kind Locked where its process lives.</exception>
    int Unlock(string id);

    /// <summary>A run by id, the beginning of an id, or <c>last</c>.</summary>
    /// <exception cref="OpsKitException">Kind Usage: there is none, or several begin so.</exception>
    RunRecord Find(string id);

    /// <summary>All runs, newest first, without steps and changes.</summary>
    IReadOnlyList<RunRecord> List();

    /// <summary>What happened in a run, in order.</summary>
    IReadOnlyList<RunEvent> Events(string id);

    /// <summary>The samples of a run's guards, in order.</summary>
    IEnumerable<GuardSample> Samples(string id);
}
