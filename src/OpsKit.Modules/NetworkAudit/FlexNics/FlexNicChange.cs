using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Maintenance;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Applies one change and proves it. NICs are looked at again before they are hidden: one that has come into use since stops it.</summary>
internal sealed class FlexNicChange(IApplyingDoors doors, Target target, FlexNicOptions options)
{
    public async Task<ChangeResult> ApplyAsync(PlannedChange change, CancellationToken cancellationToken)
    {
        if (change.Id == FlexNicPlanner.HideId)
            return await HideAsync(DevicesOf(change), cancellationToken).ConfigureAwait(false);
        var result = await new MaintenanceChange(doors, target, FlexNicPlanner.Maintenance(options)).ApplyAsync(change, cancellationToken).ConfigureAwait(false);
        if (change.Id == MaintenancePlanner.RebootId)
            await ProveHiddenAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    /// <summary>Whether marking has taken effect.</summary>
    public static Standing StandingOf(PlannedChange change, FlexNicState state)
    {
        var left = DevicesOf(change).Where(id => !state.Devices.Any(device => device.Id == id && device.Enabled)).ToList();
        return left.Count == 0 ? new Standing(Effect.Done, "all of them are marked") : new Standing(Effect.NotDone, $"not marked: {string.Join(", ", left)}") { MayStillCome = true };
    }

    private static string[] DevicesOf(PlannedChange change) => change.Arguments[FlexNicPlanner.DevicesArgument].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private async Task<ChangeResult> HideAsync(string[] ids, CancellationToken cancellationToken)
    {
        var judged = FlexNicJudge.Of(await StateAsync(cancellationToken).ConfigureAwait(false), options.AnyUnused);
        var hide = new List<PassthroughDevice>();
        foreach (var id in ids)
        {
            var nic = judged.FirstOrDefault(one => one.Device?.Id == id);
            if (nic is { Standing: FlexNicStanding.CanBeHidden })
                hide.Add(nic.Device!);
            else if (nic?.Standing is not (FlexNicStanding.HiddenAfterRestart or FlexNicStanding.Hidden))
                throw new OpsKitException(FailureKind.Failed, $"{nic?.Nic?.Device ?? id} can no longer be hidden: {nic?.Reason ?? "it is gone"}; nothing was changed", target.Name, "make a new plan");
        }

        if (hide.Count > 0)
        {
            doors.Remember("marking");
            var session = await doors.SessionAsync(target.VCenter ?? "", cancellationToken).ConfigureAwait(false);
            var queries = await doors.QueriesAsync(target.VCenter ?? "", cancellationToken).ConfigureAwait(false);
            var system = await queries.Properties.GetAsync(target.Reference!, HostSystemProperties.ConfigManagerPciPassthruSystem, cancellationToken).ConfigureAwait(false)
                ?? throw new OpsKitException(FailureKind.Failed, "has no passthrough system", target.Name);
            // The call is for the device that the VMkernel lets go of, which may be a bridge over several functions.
            var config = hide.Select(device => device.DependentDevice).Distinct(StringComparer.Ordinal).Select(id => new HostPciPassthruConfig { Id = id, PassthruEnabled = true });
            await session.Changes.UpdatePassthruConfigAsync(system, [.. config], cancellationToken).ConfigureAwait(false);
        }

        var now = await StateAsync(cancellationToken).ConfigureAwait(false);
        var missing = ids.Where(id => !now.Devices.Any(device => device.Id == id && device.Enabled)).ToList();
        if (missing.Count > 0)
            throw new OpsKitException(FailureKind.Failed, $"the call ended without an error, but these are not marked: {string.Join(", ", missing)}", target.Name);
        var active = ids.Count(id => now.Devices.Any(device => device.Id == id && device.Active));
        return new ChangeResult(active == ids.Length ? "hidden" : "hidden with the next restart");
    }

    private async Task ProveHiddenAsync(CancellationToken cancellationToken)
    {
        var waiting = (await StateAsync(cancellationToken).ConfigureAwait(false)).Devices.Where(device => device is { Enabled: true, Active: false }).Select(device => device.Id).ToList();
        if (waiting.Count > 0)
            throw new OpsKitException(FailureKind.Failed, $"the host has restarted, and these are still not hidden: {string.Join(", ", waiting)}", target.Name, "look at the host's PCI devices in vCenter");
    }

    private async Task<FlexNicState> StateAsync(CancellationToken cancellationToken)
    {
        var read = await FlexNicReader.ReadAsync(doors, [target], cancellationToken).ConfigureAwait(false);
        return read[0].State ?? throw new OpsKitException(FailureKind.Failed, read[0].Failure ?? "not read", target.Name);
    }
}
