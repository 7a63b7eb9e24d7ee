using OpsKit.Connections;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Modules.Tasks;

/// <summary>The course of a task that a change starts or attaches to: remembered before it is asked for, waited for, and never taken for failed when only the waiting failed.</summary>
/// <param name="doors">The change's doors.</param>
/// <param name="target">What errors name.</param>
/// <param name="tasks">The recent tasks of the target that are of the change's kind.</param>
/// <param name="within">Whether it is a part of another change, whose note it neither reads nor replaces; such a part is safe to begin anew.</param>
internal sealed class TaskCourse(IApplyingDoors doors, Target target, Func<CancellationToken, Task<IReadOnlyList<RecentTask>>> tasks, bool within = false)
{
    /// <summary>What is remembered.</summary>
    public TaskTrail Trail { get; private set; } = doors.Note is { } note && !within ? TaskTrail.Parse(note) : new TaskTrail();

    /// <summary>Whether an earlier attempt asked for it already.</summary>
    public bool IsAttached => doors.Note is not null && !within;

    /// <summary>Remembers what there is just before the change is asked for.</summary>
    /// <param name="fact">What is seen of the target; null for nothing.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task PrepareAsync(string? fact, CancellationToken cancellationToken)
    {
        var before = await tasks(cancellationToken).ConfigureAwait(false);
        Keep(new TaskTrail { Before = [.. before.Select(task => task.Id)], Fact = fact });
    }

    /// <summary>Remembers the task that was started.</summary>
    public async Task<ManagedObjectReference> StartedAsync(Task<ManagedObjectReference?> call)
    {
        var task = await call.ConfigureAwait(false) ?? throw new VimProtocolException("the server named no task");
        Keep(Trail with { Task = task.Value });
        return task;
    }

    /// <summary>The task that an earlier attempt started; null where it is over and forgotten.</summary>
    public async Task<ManagedObjectReference?> FoundAsync(CancellationToken cancellationToken)
    {
        if (Trail.Own(await tasks(cancellationToken).ConfigureAwait(false)) is not { } own)
            return null;
        if (Trail.Task is null)
            Keep(Trail with { Task = own.Id });
        return new ManagedObjectReference("Task", own.Id);
    }

    /// <summary>Waits for the task, then looks at what came of it.</summary>
    /// <exception cref="VimTaskException">It ended in an error.</exception>
    /// <exception cref="OpsKitException">It could not be waited for or looked at; its outcome is unknown.</exception>
    public async Task<T> EndAsync<T>(VSphereSession session, ManagedObjectReference? task, Action<double> share, Func<Task<T>> look, CancellationToken cancellationToken)
    {
        try
        {
            if (task is not null)
                await session.Tasks.WaitAsync(task, progress: new Shares(share), cancellationToken: cancellationToken).ConfigureAwait(false);
            return await look().ConfigureAwait(false);
        }
        catch (VimException lost) when (lost is not VimTaskException)
        {
            throw Open(FailureKind.Failed, lost.Message, target.Name, null, lost);
        }
        catch (OpsKitException lost) when (!lost.OutcomeUnknown)
        {
            throw Open(lost.Kind, lost.What, lost.Target, lost.Next, lost);
        }
    }

    private static OpsKitException Open(FailureKind kind, string what, string? at, string? next, Exception cause) =>
        new(kind, $"{what}; what was asked for goes on without being watched", at, next, cause) { OutcomeUnknown = true };

    private void Keep(TaskTrail trail)
    {
        Trail = trail;
        if (!within)
            doors.Remember(trail.ToString());
    }

    private sealed class Shares(Action<double> share) : IProgress<TaskProgress>
    {
        public void Report(TaskProgress value)
        {
            if (value.Percent is { } percent)
                share(percent / 100.0);
        }
    }
}
