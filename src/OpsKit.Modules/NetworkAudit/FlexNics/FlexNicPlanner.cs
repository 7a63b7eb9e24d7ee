using System.Globalization;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Maintenance;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>State and options to changes: into maintenance mode, hide, restart, out of it. Where the host rebinds devices without a restart, hide alone. Pure.</summary>
public static class FlexNicPlanner
{
    internal const string HideId = "hide";
    internal const string DevicesArgument = "devices";

    /// <summary>What the step would do to the host.</summary>
    /// <param name="target">The host.</param>
    /// <param name="state">Its NICs.</param>
    /// <param name="maintenance">What entering maintenance mode and restarting have to know.</param>
    /// <param name="options">What is wanted.</param>
    public static TargetPlan Plan(Target target, FlexNicState state, MaintenanceState maintenance, FlexNicOptions options)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(maintenance);
        ArgumentNullException.ThrowIfNull(options);
        var judged = FlexNicJudge.Of(state, options.AnyUnused);
        var hideable = judged.Where(nic => nic.Standing == FlexNicStanding.CanBeHidden).ToList();
        var pending = judged.Count(nic => nic.Standing == FlexNicStanding.HiddenAfterRestart);
        var restarts = options.Restart && !state.RebindsWithoutRestart && (hideable.Count > 0 || pending > 0);
        var around = restarts ? MaintenancePlanner.Plan(target, maintenance, Maintenance(options)) : null;
        var changes = Changes(hideable, around, state).ToList();
        return new TargetPlan
        {
            Target = target,
            Observed = Observed(judged),
            Changes = changes,
            Blockers = around?.Blockers ?? (changes.Count > 0 && maintenance.ConnectionState != "connected" ? [$"the host is {maintenance.ConnectionState}: reconnect it in vCenter first"] : []),
            Warnings = changes.Count == 0 ? [] : [.. around?.Warnings ?? [], .. Warnings(judged, hideable, restarts, state)],
        };
    }

    /// <summary>What of maintenance the step does.</summary>
    internal static MaintenanceOptions Maintenance(FlexNicOptions options) =>
        new() { Enter = true, Reboot = true, Exit = true, EvacuationTimeout = options.EvacuationTimeout, Settle = options.Settle };

    private static SortedDictionary<string, string> Observed(IReadOnlyList<JudgedNic> judged)
    {
        var observed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in judged.GroupBy(nic => nic.Standing))
            observed[FlexNicReport.Words(group.Key)] = string.Join(' ', group.Select(nic => nic.Device?.Id ?? nic.Nic?.Pci ?? nic.Nic?.Device ?? "").Order(StringComparer.Ordinal));
        return observed;
    }

    /// <summary>Marked within maintenance mode: where the host cannot enter it, nothing is left that an unplanned restart would put in force.</summary>
    private static IEnumerable<PlannedChange> Changes(List<JudgedNic> hideable, TargetPlan? around, FlexNicState state)
    {
        var hide = hideable.Count == 0 ? null : Hide(hideable, state);
        if (around is null)
            return hide is null ? [] : [hide];
        var before = around.Changes.TakeWhile(change => change.Id != MaintenancePlanner.RebootId);
        var after = around.Changes.SkipWhile(change => change.Id != MaintenancePlanner.RebootId);
        return hide is null ? [.. before, .. after] : [.. before, hide, .. after];
    }

    private static PlannedChange Hide(List<JudgedNic> nics, FlexNicState state) => new()
    {
        Id = HideId,
        Summary = string.Create(CultureInfo.InvariantCulture, $"hide {(nics.Count == 1 ? "1 unused NIC" : $"{nics.Count} unused NICs")} from the VMkernel: {Names(nics)}"),
        Before = "seen by the VMkernel, without a link",
        After = state.RebindsWithoutRestart ? "hidden" : "hidden with the next restart",
        Impact = Impact.None,
        Arguments = new SortedDictionary<string, string>(StringComparer.Ordinal) { [DevicesArgument] = string.Join(' ', nics.Select(nic => nic.Device!.Id)) },
    };

    private static IEnumerable<string> Warnings(IReadOnlyList<JudgedNic> judged, List<JudgedNic> hideable, bool restarts, FlexNicState state)
    {
        if (!restarts && !state.RebindsWithoutRestart)
            yield return "it takes effect with the host's next restart";
        foreach (var nic in judged.Where(nic => nic is { Standing: FlexNicStanding.CannotBeHidden, Nic: not null }))
            yield return $"{nic.Nic!.Device} stays: {nic.Reason}";
        if (hideable.Count > 0)
            yield return "devices given to passthrough are listed by security audits, and no virtual machine should use these";
    }

    private static string Names(IEnumerable<JudgedNic> nics) => string.Join(", ", nics.Select(nic => nic.Nic!.Device));
}
