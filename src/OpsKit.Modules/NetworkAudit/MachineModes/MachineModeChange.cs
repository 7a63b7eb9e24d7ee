using OpsKit.Connections;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Tasks;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Applies one change to a virtual machine and proves it.</summary>
internal sealed class MachineModeChange(IApplyingDoors doors, Target target, TimeSpan shutdownTimeout)
{
    private const string Asked = "asked the guest to shut down";
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private ManagedObjectReference Machine => target.Reference ?? throw new OpsKitException(FailureKind.Usage, "is in no vCenter", target.Name);

    public async Task<ChangeResult> ApplyAsync(PlannedChange change, CancellationToken cancellationToken)
    {
        var session = await doors.SessionAsync(target.VCenter ?? "", cancellationToken).ConfigureAwait(false);
        return change.Id switch
        {
            MachineModePlanner.ShutDownId => await ShutDownAsync(session, cancellationToken).ConfigureAwait(false),
            MachineModePlanner.SetId => await SetAsync(session, change, cancellationToken).ConfigureAwait(false),
            MachineModePlanner.StartId => await StartAsync(session, cancellationToken).ConfigureAwait(false),
            _ => throw new OpsKitException(FailureKind.Usage, $"the plan names a change this version does not know: {change.Id}", target.Name),
        };
    }

    /// <summary>Whether a change whose outcome was lost has taken effect. Pure.</summary>
    public static Standing StandingOf(PlannedChange change, string? note, MachineModeState state)
    {
        var done = change.Id switch
        {
            MachineModePlanner.ShutDownId => state.PowerState == "poweredOff",
            MachineModePlanner.StartId => state.PowerState == "poweredOn",
            _ => state.Exec == change.Arguments[MachineModePlanner.ExecArgument] && state.Mmu == change.Arguments[MachineModePlanner.MmuArgument],
        };
        var seen = $"{state.PowerState}, {state.Exec}, {state.Mmu}";
        if (done)
            return new Standing(Effect.Done, seen);
        if (note is null)
            return new Standing(Effect.NotDone, "it was not asked for yet");
        if (change.Id == MachineModePlanner.ShutDownId)
            return new Standing(Effect.UnderWay, $"the guest was asked to shut down, and is {state.PowerState}");
        return TaskTrail.Parse(note).Own(TasksOf(change.Id, state.Tasks)) switch
        {
            { State: RecentTaskState.UnderWay } task => new Standing(Effect.UnderWay, $"{task.Id} is under way"),
            { } task => new Standing(Effect.NotDone, $"{seen}; {task.Id} is over{(task.Error is { } error ? $": {error}" : "")}"),
            null => new Standing(Effect.NotDone, $"{seen}; vCenter has no task of it") { MayStillCome = TaskTrail.Parse(note).Task is null },
        };
    }

    private static IReadOnlyList<RecentTask> TasksOf(string change, IEnumerable<RecentTask> tasks) =>
        [.. tasks.Where(task => task.Operation.Contains(change == MachineModePlanner.StartId ? "powerOn" : "reconfig", StringComparison.OrdinalIgnoreCase))];

    private async Task<ChangeResult> ShutDownAsync(VSphereSession session, CancellationToken cancellationToken)
    {
        if (doors.Note is null)
        {
            doors.Remember(Asked);
            await session.Changes.ShutdownGuestAsync(Machine, cancellationToken).ConfigureAwait(false);
        }

        var clock = doors.JumpHost.Clock;
        var began = clock.GetTimestamp();
        while ((await LookAsync(cancellationToken).ConfigureAwait(false)).PowerState is var power && power != "poweredOff")
        {
            if (clock.GetElapsedTime(began) >= shutdownTimeout)
                throw new OpsKitException(FailureKind.Failed, $"the guest was asked to shut down and is still {power} after {Connections.Yaml.Durations.Format(shutdownTimeout)}; nothing else was done", target.Name, "look at its console") { OutcomeUnknown = true };
            doors.Progress("the guest shuts down", Math.Min(1, clock.GetElapsedTime(began) / shutdownTimeout));
            await Task.Delay(Look, clock, cancellationToken).ConfigureAwait(false);
        }

        return new ChangeResult("poweredOff");
    }

    private async Task<ChangeResult> SetAsync(VSphereSession session, PlannedChange change, CancellationToken cancellationToken)
    {
        var (exec, mmu) = (change.Arguments[MachineModePlanner.ExecArgument], change.Arguments[MachineModePlanner.MmuArgument]);
        var spec = new VirtualMachineConfigSpec { Flags = new VirtualMachineFlagInfo { VirtualExecUsage = exec, VirtualMmuUsage = mmu } };
        var now = await RunAsync(session, change.Id, () => session.Changes.ReconfigVMTaskAsync(Machine, spec, cancellationToken), cancellationToken).ConfigureAwait(false);
        return now.Exec == exec && now.Mmu == mmu
            ? new ChangeResult($"{exec}, {mmu}")
            : throw new OpsKitException(FailureKind.Failed, $"the task ended without an error, but the machine has {now.Exec}, {now.Mmu}", target.Name);
    }

    private async Task<ChangeResult> StartAsync(VSphereSession session, CancellationToken cancellationToken)
    {
        var now = await RunAsync(session, MachineModePlanner.StartId, () => session.Changes.PowerOnVMTaskAsync(Machine, null, cancellationToken), cancellationToken).ConfigureAwait(false);
        return now.PowerState == "poweredOn"
            ? new ChangeResult("poweredOn")
            : throw new OpsKitException(FailureKind.Failed, $"the task ended without an error, but the machine is {now.PowerState}", target.Name, "switch it on in vCenter");
    }

    private async Task<MachineModeState> RunAsync(VSphereSession session, string change, Func<Task<ManagedObjectReference?>> ask, CancellationToken cancellationToken)
    {
        var course = new TaskCourse(doors, target, async token => TasksOf(change, await MachineModeReader.TasksAsync(doors, target, token).ConfigureAwait(false)));
        ManagedObjectReference? task;
        if (course.IsAttached)
        {
            task = await course.FoundAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await course.PrepareAsync(fact: null, cancellationToken).ConfigureAwait(false);
            task = await course.StartedAsync(ask()).ConfigureAwait(false);
        }

        return await course.EndAsync(session, task, _ => { }, () => LookAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private Task<MachineModeState> LookAsync(CancellationToken cancellationToken) => MachineModeReader.LookAsync(doors, target, cancellationToken);
}
