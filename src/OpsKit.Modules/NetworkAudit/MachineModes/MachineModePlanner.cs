using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Tasks;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>State and rules to changes: a machine that is switched off is set; one that runs is shut down, set and started again, where that is asked for. Pure.</summary>
public static class MachineModePlanner
{
    internal const string ShutDownId = "shut-down";
    internal const string SetId = "set";
    internal const string StartId = "start";
    internal const string ExecArgument = "exec";
    internal const string MmuArgument = "mmu";

    /// <summary>What the step would do to the machine.</summary>
    /// <param name="target">The machine.</param>
    /// <param name="state">How it is.</param>
    /// <param name="rules">The rules; the first that fits counts.</param>
    /// <param name="powerCycle">Whether machines that run are shut down for it and started again.</param>
    public static TargetPlan Plan(Target target, MachineModeState state, IReadOnlyList<MachineModeRule> rules, bool powerCycle)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(rules);
        var rule = rules.FirstOrDefault(one => one.IsFor(state.GuestId));
        var gains = rule is not null && (state.Exec != rule.Exec || state.Mmu != rule.Mmu) && !state.IsTemplate;
        var runs = state.PowerState != "poweredOff";
        var changes = !gains || (runs && !powerCycle) ? [] : Changes(state, rule!, runs).ToList();
        return new TargetPlan
        {
            Target = target,
            Observed = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["guest"] = state.GuestId, ["power"] = state.PowerState, ["virtualExecUsage"] = state.Exec, ["virtualMmuUsage"] = state.Mmu,
            },
            Changes = changes,
            Blockers = changes.Count == 0 ? [] : [.. Blockers(state, runs)],
            Warnings = gains && changes.Count == 0 ? ["it would gain, and runs: with power-cycle it is shut down, set and started again; else set it when it is switched off"] : [],
        };
    }

    private static IEnumerable<PlannedChange> Changes(MachineModeState state, MachineModeRule rule, bool runs)
    {
        if (runs)
            yield return new PlannedChange { Id = ShutDownId, Summary = "shut the guest down and wait until it is switched off", Before = state.PowerState, After = "poweredOff", Impact = Impact.MachineRestart };
        yield return new PlannedChange
        {
            Id = SetId,
            Summary = $"set CPU/MMU virtualisation to {rule.Exec}, {rule.Mmu}",
            Before = $"{state.Exec}, {state.Mmu}",
            After = $"{rule.Exec}, {rule.Mmu}",
            Impact = Impact.None,
            Arguments = new SortedDictionary<string, string>(StringComparer.Ordinal) { [ExecArgument] = rule.Exec, [MmuArgument] = rule.Mmu },
        };
        if (runs)
            yield return new PlannedChange { Id = StartId, Summary = "start it again", Before = "poweredOff", After = "poweredOn", Impact = Impact.None };
    }

    private static IEnumerable<string> Blockers(MachineModeState state, bool runs)
    {
        if (state.HostKnows == false)
            yield return "its host does not know of the choice";
        if (runs && state.PowerState != "poweredOn")
            yield return $"it is {state.PowerState}: resume it, or switch it off, first";
        else if (runs && !state.ToolsRun)
            yield return "VMware Tools do not run in it, through which it would be shut down: shut it down yourself, then set it";
        if (state.Tasks.FirstOrDefault(task => task.State == RecentTaskState.UnderWay) is { } task)
            yield return $"a task is under way on it: {task.Operation} ({task.Id})";
    }
}
