using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Esxcli;
using OpsKit.Modules.Maintenance;

namespace OpsKit.Modules.Vibs;

/// <summary>Whether a change whose outcome was lost has taken effect.</summary>
internal static class VibInstallStanding
{
    public static async Task<Standing> OfAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken)
    {
        if (change.Id is MaintenancePlanner.EnterId or MaintenancePlanner.ExitId or MaintenancePlanner.RebootId && target is { VCenter: { } vCenter, Reference: { } reference })
        {
            // While it restarts, the host itself answers nobody.
            var queries = await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false);
            return MaintenanceStanding.Of(change, note, await MaintenanceReader.LookAsync(queries, reference, cancellationToken).ConfigureAwait(false));
        }

        return change.Id switch
        {
            AcceptancePlanner.SetId => AcceptancePlanner.Standing(change, await HostSoftwareReader.LevelAsync(await ShellAsync().ConfigureAwait(false), cancellationToken).ConfigureAwait(false)),
            VibInstallPlanner.UploadId => Upload(VibOrder.Of(change), await UploadChange.IsThereAsync(await ShellAsync().ConfigureAwait(false), VibOrder.Of(change), cancellationToken).ConfigureAwait(false)),
            VibInstallPlanner.InstallId => await InstallationAsync(await ShellAsync().ConfigureAwait(false), VibOrder.Of(change), RunNote.Parse(note), cancellationToken).ConfigureAwait(false),
            MaintenancePlanner.RebootId => await RestartAsync(doors, target, note, cancellationToken).ConfigureAwait(false),
            MaintenancePlanner.EnterId or MaintenancePlanner.ExitId => Mode(change.Id, note, await HostSoftwareReader.ModeAsync(await ShellAsync().ConfigureAwait(false), cancellationToken).ConfigureAwait(false)),
            _ => new Standing(Effect.NotDone, "it is done again, which does no harm"),
        };

        Task<ShellQueries> ShellAsync() => HostShells.OpenAsync(doors, target, cancellationToken);
    }

    private static Standing Upload(VibOrder order, bool isThere) =>
        isThere ? new Standing(Effect.Done, $"{order.Path} is there, with its digest") : new Standing(Effect.NotDone, $"{order.Path} is not there");

    private static async Task<Standing> InstallationAsync(ShellQueries shell, VibOrder order, RunNote? note, CancellationToken cancellationToken)
    {
        // The run first, then what it did: one that ends in between is seen to have ended by the next look.
        var run = note is null ? null : await SeenRun.LookAsync(shell, note, cancellationToken).ConfigureAwait(false);
        return Installation(order, await HostSoftwareReader.ImagesAsync(shell, cancellationToken).ConfigureAwait(false), run);
    }

    /// <summary>A host that is asked to restart, and answers nobody, does so.</summary>
    private static async Task<Standing> RestartAsync(IPlanningDoors doors, Target target, string? note, CancellationToken cancellationToken)
    {
        try
        {
            var shell = await HostShells.OpenAsync(doors, target, cancellationToken).ConfigureAwait(false);
            return Restart(note, await HostSoftwareReader.ModeAsync(shell, cancellationToken).ConfigureAwait(false), doors.JumpHost.Clock.GetUtcNow());
        }
        catch (OpsKitException away) when (away.Kind == FailureKind.Unreachable && note is not null && ShellMaintenance.Parse(note) is not null)
        {
            return new Standing(Effect.UnderWay, $"the host does not answer: {away.What}");
        }
    }

    /// <summary>What the host has comes first; then what is seen of the run.</summary>
    /// <param name="order">What is wanted.</param>
    /// <param name="host">What the host has.</param>
    /// <param name="run">What is seen of the run; null where none was begun.</param>
    public static Standing Installation(VibOrder order, HostSoftware host, SeenRun? run) => run switch
    {
        { IsThere: true, ExitStatus: null } => new Standing(Effect.UnderWay, $"the command is under way on the host, in {run.Path}"),
        { ExitStatus: not null } when InstallChange.IsUnsafe(EsxcliFailure.Parse(run.Output)) => new Standing(Effect.Unknown, "the running system is half changed: restart the host"),
        _ when HostImages.IsMet(order, host) => new Standing(Effect.Done, HostImages.Words(order, host)),
        null => new Standing(Effect.NotDone, "it was not asked for yet"),
        { ExitStatus: { } status } => new Standing(Effect.NotDone, $"the command ended with exit status {status}; {HostImages.Words(order, host)}"),
        _ => new Standing(Effect.NotDone, $"{HostImages.Words(order, host)}, and of the command nothing is there") { MayStillCome = true },
    };

    public static Standing Mode(string change, string? note, HostSoftware host)
    {
        var seen = host.InMaintenanceMode ? "in maintenance mode" : "in service";
        return host.InMaintenanceMode == (change == MaintenancePlanner.EnterId)
            ? new Standing(Effect.Done, seen)
            : new Standing(Effect.NotDone, seen) { MayStillCome = note is not null };
    }

    public static Standing Restart(string? note, HostSoftware host, DateTimeOffset now)
    {
        if (note is null || ShellMaintenance.Parse(note) is not { } before)
            return new Standing(Effect.NotDone, "it was not asked for yet");
        if (ShellMaintenance.BootTime(host, now) is not { } booted)
            return new Standing(Effect.Unknown, "a restart was asked for, and the host does not say how long it has run");
        return RestartChange.HasRestarted(before, booted)
            ? new Standing(Effect.UnderWay, $"started {MaintenancePlanner.Instant(booted)}")
            : new Standing(Effect.NotDone, $"runs since {MaintenancePlanner.Instant(booted)}") { MayStillCome = true };
    }
}

/// <summary>What is seen of a command that runs on a host by itself.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="IsThere">Whether the folder is there.</param>
/// <param name="ExitStatus">How it ended; null where it has not.</param>
/// <param name="Output">What it said, once it has ended.</param>
internal sealed record SeenRun(string Path, bool IsThere, int? ExitStatus, string Output)
{
    public static async Task<SeenRun> LookAsync(ShellQueries shell, RunNote note, CancellationToken cancellationToken)
    {
        var seen = await shell.RunAllAsync(
            [ReadingCommand.Program("ls", "-d", note.Path), ReadingCommand.Program("cat", $"{note.Path}/exit"), ReadingCommand.Program("cat", $"{note.Path}/output")], cancellationToken).ConfigureAwait(false);
        var exit = seen[1].Succeeded && int.TryParse(seen[1].Output.Trim(), out var status) ? status : (int?)null;
        return new SeenRun(note.Path, seen[0].Succeeded, exit, exit is null ? "" : seen[2].Output);
    }
}
