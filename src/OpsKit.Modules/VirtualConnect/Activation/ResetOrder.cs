using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>In which order modules are reset. Pure.</summary>
internal static class ResetOrder
{
    /// <summary>The modules in order: one side after the other, the side with the module that runs Virtual Connect Manager last, and that module last of all.</summary>
    /// <param name="modules">The modules to reset.</param>
    /// <param name="primary">The bay of the module that runs Virtual Connect Manager; null where it is not known.</param>
    /// <param name="asked">The order that was asked for; empty for none.</param>
    public static IReadOnlyList<ModuleState> Of(IReadOnlyList<ModuleState> modules, int? primary, IReadOnlyList<int> asked)
    {
        if (asked.Count > 0)
            return [.. asked.Distinct().Select(bay => modules.FirstOrDefault(module => module.Bay == bay)).OfType<ModuleState>()];
        var last = (primary ?? 1) % 2;
        return [.. modules.OrderBy(module => module.Bay % 2 == last).ThenBy(module => module.Bay == primary).ThenBy(module => module.Bay)];
    }

    /// <summary>What is wrong with an order that was asked for; null for nothing.</summary>
    public static string? WhyNot(EnclosureState state, IReadOnlyList<ModuleState> modules, IReadOnlyList<int> asked)
    {
        if (asked.Count == 0)
            return null;
        if (asked.FirstOrDefault(bay => state.ModuleIn(bay) is not { IsVirtualConnect: true }) is > 0 and var wrong)
            return $"the order names bay {wrong}, in which there is no Virtual Connect module";
        var missing = modules.Select(module => module.Bay).Except(asked).ToList();
        return missing.Count == 0 ? null : $"the order leaves out {ModuleWords.Bays(missing)}, which would stay at the old version";
    }

    /// <summary>What speaks for another order; null for nothing.</summary>
    public static string? Doubt(EnclosureState state, IReadOnlyList<ModuleState> ordered) => state.Primary is { } primary && ordered.Count > 1 && ordered[^1].Bay != primary.Bay && ordered.Any(module => module.Bay == primary.Bay)
        ? $"bay {primary.Bay} runs Virtual Connect Manager and is not the last: it changes over more than once"
        : null;
}
