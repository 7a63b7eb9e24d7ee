using System.Globalization;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>State and options to resets, a change for each module. Pure.</summary>
internal static class ResetPlanner
{
    public const string IdPrefix = "reset-";
    public const string Bay = "bay";
    public const string Version = "version";
    public const string Before = "before";

    /// <summary>The resets in order; none where every module runs the version.</summary>
    public static IReadOnlyList<PlannedChange> Changes(EnclosureState state, RolloutOptions options) =>
        [.. Ordered(state, options).Select(module => Change(module, options))];

    /// <summary>What is wrong with the order; nothing where none was asked for.</summary>
    public static IEnumerable<string> Blockers(EnclosureState state, RolloutOptions options) =>
        ResetOrder.WhyNot(state, StagePlanner.Old(state, options.Stage.Version), options.Order) is { } why ? [why] : [];

    /// <summary>What the operator should know.</summary>
    public static IEnumerable<string> Warnings(EnclosureState state, RolloutOptions options)
    {
        var ordered = Ordered(state, options);
        if (ordered.Count == 0)
            yield break;
        if (ResetOrder.Doubt(state, ordered) is { } doubt)
            yield return doubt;
        if (options.Settle < TimeSpan.FromMinutes(5))
            yield return $"between modules {Durations.Format(options.Settle)} are waited; five minutes is what the field and HPE's test benches hold for the least";
        var others = state.Modules.Where(module => module.IsVirtualConnect && ordered.All(each => each.Bay != module.Bay)).ToList();
        if (others.Count > 0)
            yield return $"{ModuleWords.Bays(others)} {(others.Count == 1 ? "runs" : "run")} {options.Stage.Version} already and {(others.Count == 1 ? "is" : "are")} not reset";
    }

    private static IReadOnlyList<ModuleState> Ordered(EnclosureState state, RolloutOptions options) =>
        ResetOrder.Of(StagePlanner.Old(state, options.Stage.Version), state.Primary?.Bay, options.Order);

    private static PlannedChange Change(ModuleState module, RolloutOptions options)
    {
        var (bay, version) = (module.Bay.ToString(CultureInfo.InvariantCulture), options.Stage.Version);
        return new PlannedChange
        {
            Id = IdPrefix + bay,
            Summary = $"reset bay {bay}{(module.IsPrimary ? ", which runs Virtual Connect Manager" : "")}, and wait until it runs {version} and every path is back for {Durations.Format(options.Settle)}",
            Before = $"{module.Product} runs {module.Firmware ?? "an unknown version"}",
            After = $"runs {version}, OK",
            Impact = Impact.NetworkPath,
            Arguments = new SortedDictionary<string, string>(StringComparer.Ordinal) { [Bay] = bay, [Version] = version, [Before] = module.Firmware ?? "" },
        };
    }
}
