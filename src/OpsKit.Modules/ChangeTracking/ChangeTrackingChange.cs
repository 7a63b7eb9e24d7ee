using OpsKit.Connections;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Tasks;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>Applies one change to a machine and proves it.</summary>
internal sealed class ChangeTrackingChange(IApplyingDoors doors, Target target, ChangeTrackingOptions options, ChangeTrackingFacts facts)
{
    private ManagedObjectReference Machine => target.Reference ?? throw new OpsKitException(FailureKind.Usage, "is in no vCenter", target.Name);

    private MachineCalm NewCalm => new(doors, target, Machine, options, facts);

    public async Task<ChangeResult> ApplyAsync(PlannedChange change, CancellationToken cancellationToken)
    {
        var session = await doors.SessionAsync(target.VCenter ?? "", cancellationToken).ConfigureAwait(false);
        return change.Id switch
        {
            ChangeTrackingPlanner.ClearId => await ClearAsync(session, cancellationToken).ConfigureAwait(false),
            ChangeTrackingPlanner.OnId => await SetAsync(session, on: true, cancellationToken).ConfigureAwait(false),
            ChangeTrackingPlanner.OffId => await SetAsync(session, on: false, cancellationToken).ConfigureAwait(false),
            ChangeTrackingPlanner.CycleOnId => await new StunChange(doors, session, target, Machine, NewCalm).RunAsync(tracked: true, cancellationToken).ConfigureAwait(false),
            ChangeTrackingPlanner.CycleOffId => await new StunChange(doors, session, target, Machine, NewCalm).RunAsync(tracked: false, cancellationToken).ConfigureAwait(false),
            _ => throw new OpsKitException(FailureKind.Usage, $"the plan names a change this version does not know: {change.Id}", target.Name),
        };
    }

    private async Task<ChangeResult> SetAsync(VSphereSession session, bool on, CancellationToken cancellationToken)
    {
        var calm = NewCalm;
        var course = new TaskCourse(doors, target, async token => [.. (await calm.LookAsync(token).ConfigureAwait(false)).Tasks.Where(MachineTasks.Reconfigures)]);
        if (course.IsAttached)
            return await EndAsync(await course.FoundAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        while (true)
        {
            await calm.WaitAsync(stuns: false, cancellationToken).ConfigureAwait(false);
            await course.PrepareAsync(fact: null, cancellationToken).ConfigureAwait(false);
            try
            {
                var spec = new VirtualMachineConfigSpec { ChangeTrackingEnabled = on };
                return await EndAsync(await course.StartedAsync(session.Changes.ReconfigVMTaskAsync(Machine, spec, cancellationToken)).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (VimFaultException refused) when (MachineCalm.IsBusy(refused))
            {
                await calm.PauseAsync("another task of it is under way", refused, cancellationToken).ConfigureAwait(false);
            }
        }

        async Task<ChangeResult> EndAsync(ManagedObjectReference? task)
        {
            var state = await course.EndAsync(session, task, share => doors.Progress("reconfigures it", share), () => calm.LookAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
            return state.Flag == on
                ? new ChangeResult($"flag {(on ? "on" : "off")}; {ChangeTrackingPlanner.Effect(state)}")
                : throw new OpsKitException(FailureKind.Failed, $"the task ended without an error, but the flag is {ChangeTrackingPlanner.FlagOf(state)}", target.Name, "look at the machine in vCenter");
        }
    }

    private async Task<ChangeResult> ClearAsync(VSphereSession session, CancellationToken cancellationToken)
    {
        var calm = NewCalm;
        var removal = new SnapshotRemovalChange(doors, session, target, Machine, calm);
        var state = await calm.LookAsync(cancellationToken).ConfigureAwait(false);
        foreach (var snapshot in SnapshotKinds.Of(state.Snapshots, facts).Own)
            await removal.RemoveAsync(snapshot.Name, static _ => { }, cancellationToken).ConfigureAwait(false);
        return new ChangeResult("none left", await removal.ConsolidateAsync(cancellationToken).ConfigureAwait(false) ? "its disks were consolidated" : null);
    }
}
