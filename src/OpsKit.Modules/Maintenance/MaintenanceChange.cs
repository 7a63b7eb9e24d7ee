using OpsKit.Connections;
using OpsKit.Connections.VSphere;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Modules.Maintenance;

/// <summary>Applies one change to a host and proves it.</summary>
internal sealed class MaintenanceChange(IApplyingDoors doors, Target target, MaintenanceOptions options)
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
            MaintenancePlanner.RebootId => await new RestartChange(doors, target, Host, options.Settle).RunAsync(session, change, cancellationToken).ConfigureAwait(false),
            MaintenancePlanner.HoldId => await HoldAsync(cancellationToken).ConfigureAwait(false),
            MaintenancePlanner.ExitId => await ExitAsync(session, cancellationToken).ConfigureAwait(false),
            _ => throw new OpsKitException(FailureKind.Usage, $"the plan names a change this version does not know: {change.Id}", target.Name),
        };
    }

    private async Task<ChangeResult> EnterAsync(VSphereSession session, CancellationToken cancellationToken)
    {
        var task = Remembered() ?? await StartAsync(
            session.Changes.EnterMaintenanceModeTaskAsync(Host, (int)options.EvacuationTimeout.TotalSeconds, options.EvacuatePoweredOff, cancellationToken: cancellationToken)).ConfigureAwait(false);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        double? share = null;
        var telling = TellRemainingAsync(() => share, done.Token);
        try
        {
            await WaitAsync(session, task, percent => share = percent, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
            await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await ProveAsync(inside: true, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ChangeResult> ExitAsync(VSphereSession session, CancellationToken cancellationToken)
    {
        var task = Remembered() ?? await StartAsync(session.Changes.ExitMaintenanceModeTaskAsync(Host, 0, cancellationToken)).ConfigureAwait(false);
        await WaitAsync(session, task, _ => { }, cancellationToken).ConfigureAwait(false);
        return await ProveAsync(inside: false, cancellationToken).ConfigureAwait(false);
    }

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

    private async Task<ChangeResult> ProveAsync(bool inside, CancellationToken cancellationToken)
    {
        var state = await MaintenanceReader.GlanceAsync(await doors.QueriesAsync(target.VCenter ?? "", cancellationToken).ConfigureAwait(false), Host, cancellationToken).ConfigureAwait(false);
        return state.InMaintenanceMode == inside
            ? new ChangeResult(inside ? "in maintenance mode" : "in service")
            : throw new OpsKitException(
                FailureKind.Failed, $"the task ended without an error, but the host is {(inside ? "not in" : "still in")} maintenance mode", target.Name, "look at the host in vCenter");
    }

    private ManagedObjectReference? Remembered() => doors.Note is { Length: > 0 } id ? new ManagedObjectReference("Task", id) : null;

    private async Task<ManagedObjectReference> StartAsync(Task<ManagedObjectReference?> start)
    {
        var task = await start.ConfigureAwait(false) ?? throw new VimProtocolException("the server named no task");
        doors.Remember(task.Value);
        return task;
    }

    private async Task WaitAsync(VSphereSession session, ManagedObjectReference task, Action<double> share, CancellationToken cancellationToken)
    {
        var progress = new Telling(percent =>
        {
            share(percent / 100.0);
            doors.Progress($"task {percent} %", percent / 100.0);
        });
        await session.Tasks.WaitAsync(task, progress: progress, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Which machines are still there is what an operator wants to know while it takes long.</summary>
    private async Task TellRemainingAsync(Func<double?> share, CancellationToken cancellationToken)
    {
        var queries = await doors.QueriesAsync(target.VCenter ?? "", cancellationToken).ConfigureAwait(false);
        while (true)
        {
            await Task.Delay(LookAgain, doors.JumpHost.Clock, cancellationToken).ConfigureAwait(false);
            var left = await MaintenanceReader.RunningAsync(queries, Host, cancellationToken).ConfigureAwait(false);
            if (left.Count > 0)
                doors.Progress($"{(left.Count == 1 ? "1 VM remains" : $"{left.Count} VMs remain")}: {string.Join(", ", left.Take(3))}{(left.Count > 3 ? " …" : "")}", share());
        }
    }

    private sealed class Telling(Action<int> tell) : IProgress<TaskProgress>
    {
        public void Report(TaskProgress value)
        {
            if (value.Percent is { } percent)
                tell(percent);
        }
    }
}
