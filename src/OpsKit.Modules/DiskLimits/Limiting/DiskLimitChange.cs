using System.Globalization;
using OpsKit.Connections;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Tasks;
using OpsKit.Modules.VirtualDisks;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.DiskLimits;

/// <summary>Reconfigures one machine, all of its disks at once, and reads back what came of it.</summary>
internal sealed class DiskLimitChange(IApplyingDoors doors, Target target, TimeSpan prove, InFlight flights, UndoWriter undo)
{
    /// <summary>Another task of the machine, such as a backup's snapshot, keeps it for a while; the server refuses meanwhile and has done nothing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private ManagedObjectReference Machine => target.Reference ?? throw new OpsKitException(FailureKind.Usage, "is in no vCenter", target.Name);

    public async Task<ChangeResult> ApplyAsync(PlannedChange change, CancellationToken cancellationToken)
    {
        var order = LimitOrder.From(change);
        var session = await doors.SessionAsync(target.VCenter ?? "", cancellationToken).ConfigureAwait(false);
        var queries = await doors.QueriesAsync(target.VCenter ?? "", cancellationToken).ConfigureAwait(false);
        var proof = prove > TimeSpan.Zero && doors.Note is null ? new LimitProof(doors, queries, Machine, prove) : null;
        if (proof is not null)
            await proof.BeforeAsync(cancellationToken).ConfigureAwait(false);
        using (await flights.EnterAsync(queries.VCenter, order.Host, cancellationToken).ConfigureAwait(false))
            await ReconfigureAsync(session, queries, order, cancellationToken).ConfigureAwait(false);
        var kept = $"old values are in {UndoWriter.FileIn(doors.RunFolder)}";
        return new ChangeResult(LimitPlan.After(order), proof is null ? kept : $"{await proof.AfterAsync(order, cancellationToken).ConfigureAwait(false)}; {kept}");
    }

    private async Task ReconfigureAsync(VSphereSession session, VSphereQueries queries, LimitOrder order, CancellationToken cancellationToken)
    {
        var clock = doors.JumpHost.Clock;
        var course = new TaskCourse(doors, target, token => ReconfigurationTasks.ReadAsync(queries, Machine, token));
        var attach = course.IsAttached;
        for (var began = clock.GetTimestamp(); ; await Task.Delay(LookAgain, clock, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await OnceAsync(session, queries, course, attach, order, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (VimFaultException busy) when (busy.Fault is TaskInProgress or ConcurrentAccess && clock.GetElapsedTime(began) < Patience)
            {
                attach = false;
                doors.Progress(busy.Fault is TaskInProgress ? "waits for another task of the machine" : "its configuration was changed meanwhile, reads it again");
            }
        }
    }

    private async Task OnceAsync(VSphereSession session, VSphereQueries queries, TaskCourse course, bool attach, LimitOrder order, CancellationToken cancellationToken)
    {
        ManagedObjectReference? task;
        if (attach)
        {
            task = await course.FoundAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var now = await MachineNow.ReadAsync(queries, Machine, cancellationToken).ConfigureAwait(false);
            var spec = ReconfigureSpec.Of(target.Name, now, order);
            undo.Add(doors.RunFolder, UndoEntry.Of(target, now, order));
            await course.PrepareAsync(fact: null, cancellationToken).ConfigureAwait(false);
            task = await course.StartedAsync(session.Changes.ReconfigVMTaskAsync(Machine, spec, cancellationToken)).ConfigureAwait(false);
        }

        await course.EndAsync(session, task, share => doors.Progress(string.Create(CultureInfo.InvariantCulture, $"task {share * 100:0} %"), share), LookAsync, cancellationToken).ConfigureAwait(false);

        async Task<bool> LookAsync()
        {
            var came = await MachineNow.ReadAsync(queries, Machine, cancellationToken).ConfigureAwait(false);
            return LimitStanding.Missing(order, came) is { } missing
                ? throw new OpsKitException(FailureKind.Failed, $"the task ended without an error, but {missing}", target.Name, "look at the machine in vCenter")
                : true;
        }
    }
}
