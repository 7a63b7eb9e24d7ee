using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Maintenance;

namespace OpsKit.Modules.Vibs;

/// <summary>Carries out one change of a host's plan.</summary>
internal sealed class VibInstallChange(IApplyingDoors doors, Target target, VibInstallOptions options)
{
    /// <summary>What helps is told with what went wrong: a run shows no more than that.</summary>
    public async Task<ChangeResult> ApplyAsync(PlannedChange change, CancellationToken cancellationToken)
    {
        try
        {
            return await OneAsync(change, cancellationToken).ConfigureAwait(false);
        }
        catch (OpsKitException failure) when (failure.Next is { } next)
        {
            throw new OpsKitException(failure.Kind, $"{failure.What}\nnext: {next}", target.Name, innerException: failure) { OutcomeUnknown = failure.OutcomeUnknown };
        }
    }

    private Task<ChangeResult> OneAsync(PlannedChange change, CancellationToken cancellationToken)
    {
        if (change.Id == AcceptancePlanner.SetId)
            return AcceptanceChange.ApplyAsync(doors, target, change, cancellationToken);
        var order = VibOrder.Of(change);
        var modes = new HostModes(doors, target, options);
        return change.Id switch
        {
            VibInstallPlanner.UploadId => new UploadChange(doors, target, order).ApplyAsync(cancellationToken),
            VibInstallPlanner.RehearseId => new RehearsalChange(doors, target, order).ApplyAsync(cancellationToken),
            VibInstallPlanner.InstallId => new InstallChange(doors, target, order, modes).ApplyAsync(cancellationToken),
            VibInstallPlanner.VerifyId => new VerifyChange(doors, target, order).ApplyAsync(cancellationToken),
            VibInstallPlanner.CleanUpId => CleanUpAsync(order, cancellationToken),
            MaintenancePlanner.EnterId or MaintenancePlanner.RebootId or MaintenancePlanner.ExitId => modes.ApplyAsync(change, order, cancellationToken),
            _ => throw new OpsKitException(FailureKind.Usage, $"the plan names a change this version does not know: {change.Id}", target.Name),
        };
    }

    private async Task<ChangeResult> CleanUpAsync(VibOrder order, CancellationToken cancellationToken)
    {
        var session = await doors.SshAsync(HostShells.NameOf(doors, target), cancellationToken).ConfigureAwait(false);
        var said = await session.RunAsync($"{PosixShell.Command("rm", "-rf", order.Path)} {RunNote.All(target.Name, order.Folder)}", cancellationToken).ConfigureAwait(false);
        return said.Succeeded
            ? new ChangeResult("removed")
            : throw new OpsKitException(FailureKind.Failed, $"{order.Path} cannot be removed: {(said.Error + said.Output).Trim().ReplaceLineEndings("; ")}", target.Name, "remove it by hand");
    }
}
