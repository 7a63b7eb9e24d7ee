using System.Globalization;
using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Esxcli;
using OpsKit.Modules.Maintenance;

namespace OpsKit.Modules.Vibs;

/// <summary>Maintenance mode and restart of a host that is in no vCenter, by its own commands: those of 5.1 and newer, and those of 5.0.</summary>
internal sealed class ShellMaintenance(IApplyingDoors doors, Target target, MaintenanceOptions options, bool within = false)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private string Name => HostShells.NameOf(doors, target);

    private TimeProvider Clock => doors.JumpHost.Clock;

    public Task<ChangeResult> ApplyAsync(string id, CancellationToken cancellationToken) => id switch
    {
        MaintenancePlanner.EnterId => EnterAsync(cancellationToken),
        MaintenancePlanner.ExitId => ExitAsync(cancellationToken),
        _ => RestartAsync(cancellationToken),
    };

    public async Task<bool> IsInsideAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken).ConfigureAwait(false)).InMaintenanceMode;

    /// <summary>When the host started, by this machine's clock; null where it does not say.</summary>
    public static DateTimeOffset? BootTime(HostSoftware host, DateTimeOffset now) => host.Uptime is { } uptime ? now - uptime : null;

    private async Task<ChangeResult> EnterAsync(CancellationToken cancellationToken)
    {
        var host = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (!host.InMaintenanceMode)
        {
            Remember("asked");
            var seconds = ((long)options.EvacuationTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await AskAsync(
                host.HasModes ? ["esxcli", "system", "maintenanceMode", "set", "--enable", "true", "--timeout", seconds] : ["vim-cmd", "hostsvc/maintenance_mode_enter"],
                "it did not enter maintenance mode",
                cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await WaitForModeAsync(inside: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception ended) when (ended is OperationCanceledException || (ended is OpsKitException { Kind: FailureKind.Failed } && !host.InMaintenanceMode))
        {
            await GiveUpAsync(host).ConfigureAwait(false);
            throw;
        }

        return new ChangeResult("in maintenance mode");
    }

    private async Task<ChangeResult> ExitAsync(CancellationToken cancellationToken)
    {
        var host = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (host.InMaintenanceMode)
        {
            Remember("asked");
            await AskAsync(Leaving(host), "it did not leave maintenance mode", cancellationToken).ConfigureAwait(false);
            await WaitForModeAsync(inside: false, cancellationToken).ConfigureAwait(false);
        }

        return new ChangeResult("in service");
    }

    private async Task<ChangeResult> RestartAsync(CancellationToken cancellationToken)
    {
        var before = doors.Note is { } note ? Parse(note) : null;
        if (before is null)
        {
            var host = await ReadAsync(cancellationToken).ConfigureAwait(false);
            before = BootTime(host, Clock.GetUtcNow()) ?? throw new OpsKitException(
                FailureKind.Failed, "it does not say how long it has run, so that a restart could not be told from none; it was not restarted", target.Name, "restart it by hand, then opskit runs resume");
            Remember(MaintenancePlanner.Instant(before.Value));
            await AskAsync(host.HasModes ? ["esxcli", "system", "shutdown", "reboot", "--delay", "10", "--reason", "OpsKit: VIBs"] : ["reboot"], "it was not restarted", cancellationToken).ConfigureAwait(false);
        }

        return await WaitUntilReadyAsync(before.Value, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ChangeResult> WaitUntilReadyAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var began = Clock.GetTimestamp();
        long? steadySince = null;
        while (true)
        {
            var booted = await BootedAsync(cancellationToken).ConfigureAwait(false);
            var ready = RestartChange.HasRestarted(before, booted);
            steadySince = ready ? steadySince ?? Clock.GetTimestamp() : null;
            if (steadySince is { } since && Clock.GetElapsedTime(since) >= options.Settle)
                return new ChangeResult($"restarted {MaintenancePlanner.Instant(booted!.Value)}", $"ready after {Durations.Format(TimeSpan.FromSeconds(Math.Round(Clock.GetElapsedTime(began).TotalSeconds)))}");
            doors.Progress(ready ? "up again, settling" : booted is null ? "restarting: no answer yet" : "about to restart");
            await Task.Delay(Look, Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<DateTimeOffset?> BootedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return BootTime(await ReadAsync(cancellationToken).ConfigureAwait(false), Clock.GetUtcNow());
        }
        catch (OpsKitException away) when (away.Kind is FailureKind.Unreachable or FailureKind.Failed)
        {
            return null;
        }
    }

    private async Task WaitForModeAsync(bool inside, CancellationToken cancellationToken)
    {
        var began = Clock.GetTimestamp();
        while (await ReadAsync(cancellationToken).ConfigureAwait(false) is var host && host.InMaintenanceMode != inside)
        {
            if (options.EvacuationTimeout > TimeSpan.Zero && Clock.GetElapsedTime(began) > options.EvacuationTimeout + Look)
                throw new OpsKitException(FailureKind.Failed, $"it is not {(inside ? "in" : "out of")} maintenance mode after {Durations.Format(options.EvacuationTimeout)}{Remaining(host)}", target.Name);
            doors.Progress(host.Running.Count > 0 ? $"waits{Remaining(host)}" : "waits for the host");
            await Task.Delay(Look, Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Remaining(HostSoftware host) => host.Running.Count == 0
        ? ""
        : $"; {(host.Running.Count == 1 ? "1 VM remains" : $"{host.Running.Count} VMs remain")}: {string.Join(", ", host.Running.Take(3))}{(host.Running.Count > 3 ? " …" : "")}";

    private void Remember(string note)
    {
        if (!within)
            doors.Remember(note);
    }

    private async Task AskAsync(string[] command, string failure, CancellationToken cancellationToken)
    {
        var session = await doors.SshAsync(Name, cancellationToken).ConfigureAwait(false);
        var said = await session.RunAsync(new RemoteCommand(PosixShell.Command(command)) { Timeout = options.EvacuationTimeout + TimeSpan.FromMinutes(5) }, cancellationToken).ConfigureAwait(false);
        if (said.ExitStatus is not 0 and not null)
            throw EsxcliFailure.Parse(said.Output + said.Error).ToException(failure, target.Name);
    }

    /// <summary>Whoever gives up leaves the host in the mode it was found in.</summary>
    private async Task GiveUpAsync(HostSoftware host)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), Clock);
        try
        {
            var session = await doors.SshAsync(Name, limit.Token).ConfigureAwait(false);
            await session.RunAsync(PosixShell.Command(Leaving(host)), limit.Token).ConfigureAwait(false);
        }
        catch (Exception left) when (left is OpsKitException or OperationCanceledException)
        {
            // What brought us here is the one to tell.
        }
    }

    private static string[] Leaving(HostSoftware host) =>
        host.HasModes ? ["esxcli", "system", "maintenanceMode", "set", "--enable", "false"] : ["vim-cmd", "hostsvc/maintenance_mode_exit"];

    private async Task<HostSoftware> ReadAsync(CancellationToken cancellationToken) =>
        await HostSoftwareReader.ModeAsync(await HostShells.OpenAsync(doors, target, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    internal static DateTimeOffset? Parse(string note) =>
        DateTimeOffset.TryParse(note, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
