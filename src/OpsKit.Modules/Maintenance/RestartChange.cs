using System.Globalization;
using OpsKit.Connections;
using OpsKit.Connections.VSphere;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Tasks;
using OpsKit.Vim25;

namespace OpsKit.Modules.Maintenance;

/// <summary>Restarts a host and waits until it is ready: a new boot time, connected, and steadily so. "Up" is not "ready".</summary>
internal sealed class RestartChange(IApplyingDoors doors, Target target, ManagedObjectReference host, TimeSpan settle)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    public async Task<ChangeResult> RunAsync(VSphereSession session, TaskCourse course, CancellationToken cancellationToken)
    {
        ManagedObjectReference? task;
        if (course.IsAttached)
        {
            task = await course.FoundAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var queries = await doors.QueriesAsync(target.VCenter ?? "", cancellationToken).ConfigureAwait(false);
            var now = await MaintenanceReader.GlanceAsync(queries, host, cancellationToken).ConfigureAwait(false);
            await course.PrepareAsync(now.BootTime is { } booted ? MaintenancePlanner.Instant(booted) : null, cancellationToken).ConfigureAwait(false);
            task = await course.StartedAsync(session.Changes.RebootHostTaskAsync(host, force: false, cancellationToken)).ConfigureAwait(false);
        }

        var before = BootTimeBefore(course.Trail);
        return await course.EndAsync(session, task, _ => { }, () => WaitUntilReadyAsync(before, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>When the host had started before it was asked to restart; null where the server did not say.</summary>
    internal static DateTimeOffset? BootTimeBefore(TaskTrail trail) =>
        DateTimeOffset.TryParse(trail.Fact, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>Servers recompute the boot time from the uptime, so that it moves by a second or two without a restart.</summary>
    internal static bool HasRestarted(DateTimeOffset? before, DateTimeOffset? now) => before is not null && now is not null && now - before > TimeSpan.FromSeconds(30);

    private async Task<ChangeResult> WaitUntilReadyAsync(DateTimeOffset? before, CancellationToken cancellationToken)
    {
        var clock = doors.JumpHost.Clock;
        var began = clock.GetTimestamp();
        long? steadySince = null;
        var gone = false;
        while (true)
        {
            var state = await GlanceAsync(cancellationToken).ConfigureAwait(false);
            gone |= state is not { ConnectionState: "connected" };
            var ready = state is { ConnectionState: "connected" } && (before is null ? gone : HasRestarted(before, state.BootTime));
            steadySince = ready ? steadySince ?? clock.GetTimestamp() : null;
            if (steadySince is { } since && clock.GetElapsedTime(since) >= settle)
                return new ChangeResult($"restarted {(state!.BootTime is { } booted ? MaintenancePlanner.Instant(booted) : "")}".TrimEnd(), $"ready after {Durations.Format(Whole(clock.GetElapsedTime(began)))}");
            doors.Progress(ready ? "up again, settling" : state is null ? "no answer from vCenter" : $"restarting, {state.ConnectionState} for vCenter");
            await Task.Delay(Look, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>While the host is away, vCenter may refuse to answer for it: that is no reason to give up before the time is over.</summary>
    private async Task<MaintenanceState?> GlanceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var queries = await doors.QueriesAsync(target.VCenter ?? "", cancellationToken).ConfigureAwait(false);
            return await MaintenanceReader.GlanceAsync(queries, host, cancellationToken).ConfigureAwait(false);
        }
        catch (VimException)
        {
            return null;
        }
        catch (OpsKitException failure) when (failure.Kind == FailureKind.Unreachable)
        {
            return null;
        }
    }

    private static TimeSpan Whole(TimeSpan time) => TimeSpan.FromSeconds(Math.Round(time.TotalSeconds));
}
