using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Maintenance;

namespace OpsKit.Modules.Vibs;

/// <summary>Maintenance mode and restarts: through vCenter where one has the host, else by the host's own commands.</summary>
internal sealed class HostModes(IApplyingDoors doors, Target target, VibInstallOptions options)
{
    private bool IsInVCenter => target is { VCenter: not null, Reference: not null };

    private MaintenanceOptions Maintenance => new() { EvacuationTimeout = options.EvacuationTimeout, EvacuatePoweredOff = options.EvacuatePoweredOff, Settle = options.Settle };

    /// <summary>Carries out <c>enter</c>, <c>reboot</c> or <c>exit</c>.</summary>
    public async Task<ChangeResult> ApplyAsync(PlannedChange change, VibOrder order, CancellationToken cancellationToken)
    {
        if (change.Id == MaintenancePlanner.RebootId && doors.Note is null && order.NeedsRestart
            && await HostImages.LookAsync(doors, target, cancellationToken).ConfigureAwait(false) is { Pending: null } now && order.IsMetBy(now.Vibs))
        {
            return new ChangeResult("no restart was needed", "the host took it without one");
        }

        return IsInVCenter
            ? await new MaintenanceChange(doors, target, Maintenance).ApplyAsync(change, cancellationToken).ConfigureAwait(false)
            : await new ShellMaintenance(doors, target, Maintenance).ApplyAsync(change.Id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Enters maintenance mode where the host has left it since, as after an installation that failed.</summary>
    public async Task EnsureInsideAsync(CancellationToken cancellationToken)
    {
        if (!await IsInsideAsync(cancellationToken).ConfigureAwait(false))
            await SwitchAsync(MaintenancePlanner.EnterId, cancellationToken).ConfigureAwait(false);
    }

    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        if (await IsInsideAsync(cancellationToken).ConfigureAwait(false))
            await SwitchAsync(MaintenancePlanner.ExitId, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> IsInsideAsync(CancellationToken cancellationToken)
    {
        if (target is not { VCenter: { } vCenter, Reference: { } reference })
            return await new ShellMaintenance(doors, target, Maintenance).IsInsideAsync(cancellationToken).ConfigureAwait(false);
        return (await MaintenanceReader.GlanceAsync(await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false), reference, cancellationToken).ConfigureAwait(false)).InMaintenanceMode;
    }

    /// <summary>On the way of another change: what is remembered is that change's, and stays.</summary>
    private async Task SwitchAsync(string id, CancellationToken cancellationToken)
    {
        var change = new PlannedChange { Id = id, Summary = id, Before = "", After = "", Impact = Impact.None };
        await (IsInVCenter
            ? new MaintenanceChange(doors, target, Maintenance, within: true).ApplyAsync(change, cancellationToken)
            : new ShellMaintenance(doors, target, Maintenance, within: true).ApplyAsync(id, cancellationToken)).ConfigureAwait(false);
    }
}
