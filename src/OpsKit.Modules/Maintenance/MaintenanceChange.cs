using System.Globalization;
using OpsKit.Connections;
using OpsKit.Connections.VSphere;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Tasks;
using OpsKit.Vim25;

namespace OpsKit.Modules.Maintenance;

/// <summary>Applies one change to a host and proves it.</summary>
/// <param name="doors">The change's doors.</param>
/// <param name="target">The host.</param>
/// <param name="options">What the step asks for.</param>
/// <param name="within">Whether it is a part of another change, whose note it leaves alone.</param>
internal sealed class MaintenanceChange(IApplyingDoors doors, Target target, MaintenanceOptions options, bool within = false)
{
    /// <summary>How often the machines that remain are counted.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    private ManagedObjectReference Host => target.Reference ?? throw new OpsKitException(FailureKind.Usage, "is in no vCenter", target.Name);

    public async Task<ChangeResult> ApplyAsync(PlannedChange change, CancellationToken cancellationToken)
    {
        var session = await doors.SessionAsync(target.VCenter ?? "", cancellationToken).ConfigureAwait(false);
        return change.Id switch
        {
            MaintenancePlanner.EnterId => await EnterAsync(session, cancellationToken).ConfigureAwait(false),
            MaintenancePlanner.RebootId => await new RestartChange(doors, target, Host, options.Settle).RunAsync(session, CourseOf(change.Id), cancellationToken).ConfigureAwait(false),
            MaintenancePlanner.HoldId => await HoldAsync(cancellationToken).ConfigureAwait(false),
            MaintenancePlanner.ExitId => await ExitAsync(session, cancellationToken).ConfigureAwait(false),
            _ => throw new OpsKitException(FailureKind.Usage, $"the plan names a change this version does not know: {change.Id}", target.Name),
        };
    }

    private async Task<ChangeResult> EnterAsync(VSphereSession session, CancellationToken cancellationToken)
    {
        var course = CourseOf(MaintenancePlanner.EnterId);
        var task = await FoundOrPreparedAsync(course, cancellationToken).ConfigureAwait(false);
        if (!course.IsAttached)
        {
            task = await course.StartedAsync(session.Changes.EnterMaintenanceModeTaskAsync(
                Host, (int)options.EvacuationTimeout.TotalSeconds, options.EvacuatePoweredOff, cancellationToken: cancellationToken)).ConfigureAwait(false);
        }

        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        double? share = null;
        var telling = TellRemainingAsync(() => share, done.Token);
        try
        {
            return await EndAsync(session, course, task, inside: true, part => share = part, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
            await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ChangeResult> ExitAsync(VSphereSession session, CancellationToken cancellationToken)
    {
        var course = CourseOf(MaintenancePlanner.ExitId);
        var task = await FoundOrPreparedAsync(course, cancellationToken).ConfigureAwait(false);
        if (!course.IsAttached)
            task = await course.StartedAsync(session.Changes.ExitMaintenanceModeTaskAsync(Host, 0, cancellationToken)).ConfigureAwait(false);
        return await EndAsync(session, course, task, inside: false, static _ => { }, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ManagedObjectReference?> FoundOrPreparedAsync(TaskCourse course, CancellationToken cancellationToken)
    {
        if (course.IsAttached)
            return await course.FoundAsync(cancellationToken).ConfigureAwait(false);
        await course.PrepareAsync(fact: null, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private TaskCourse CourseOf(string change) => new(doors, target, async token =>
        HostOperations.Of(change, await MaintenanceReader.TasksAsync(await QueriesAsync(token).ConfigureAwait(false), Host, token).ConfigureAwait(false)), within);

    private Task<VSphereQueries> QueriesAsync(CancellationToken cancellationToken) => doors.QueriesAsync(target.VCenter ?? "", cancellationToken);

    private async Task<ChangeResult> HoldAsync(CancellationToken cancellationToken)
    {
        var clock = doors.JumpHost.Clock;
        var hold = options.Hold ?? TimeSpan.Zero;
        var began = clock.GetTimestamp();
        while (hold - clock.GetElapsedTime(began) is { Ticks: > 0 } left)
        {
            doors.Progress($"in maintenance mode, {Durations.Words(TimeSpan.FromSeconds(Math.Ceiling(left.TotalSeconds)))} to go", 1 - left / hold);
            await Task.Delay(left < LookAgain ? left : LookAgain, clock, cancellationToken).ConfigureAwait(false);
        }

        return new ChangeResult($"waited {Durations.Format(hold)}");
    }

    private async Task<ChangeResult> EndAsync(
        VSphereSession session, TaskCourse course, ManagedObjectReference? task, bool inside, Action<double> share, CancellationToken cancellationToken)
    {
        var state = await course.EndAsync(session, task, Tell, LookAsync, cancellationToken).ConfigureAwait(false);
        return state.InMaintenanceMode == inside
            ? new ChangeResult(inside ? "in maintenance mode" : "in service")
            : throw new OpsKitException(
                FailureKind.Failed, $"the task ended without an error, but the host is {(inside ? "not in" : "still in")} maintenance mode", target.Name, "look at the host in vCenter");

        void Tell(double part)
        {
            share(part);
            doors.Progress(string.Create(CultureInfo.InvariantCulture, $"task {part * 100:0} %"), part);
        }

        async Task<MaintenanceState> LookAsync() =>
            await MaintenanceReader.GlanceAsync(await QueriesAsync(cancellationToken).ConfigureAwait(false), Host, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Which machines are still there is what an operator wants to know while it takes long.</summary>
    private async Task TellRemainingAsync(Func<double?> share, CancellationToken cancellationToken)
    {
        var queries = await QueriesAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            await Task.Delay(LookAgain, doors.JumpHost.Clock, cancellationToken).ConfigureAwait(false);
            var left = await MaintenanceReader.RunningAsync(queries, Host, cancellationToken).ConfigureAwait(false);
            if (left.Count > 0)
                doors.Progress($"{(left.Count == 1 ? "1 VM remains" : $"{left.Count} VMs remain")}: {string.Join(", ", left.Take(3))}{(left.Count > 3 ? " …" : "")}", share());
        }
    }
}
