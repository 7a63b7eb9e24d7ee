using System.Globalization;
using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>Modules in words.</summary>
internal static class ModuleWords
{
    /// <summary>Such as <c>bay 2</c> or <c>bays 1, 2</c>.</summary>
    public static string Bays(IEnumerable<ModuleState> modules) => Bays(modules.Select(module => module.Bay));

    public static string Bays(IEnumerable<int> bays)
    {
        var list = bays.Select(bay => bay.ToString(CultureInfo.InvariantCulture)).ToList();
        return $"{(list.Count == 1 ? "bay" : "bays")} {string.Join(", ", list)}";
    }

    /// <summary>Such as <c>3.18</c>, or <c>3.18 in bay 1, 3.30 in bay 2</c> where they differ.</summary>
    public static string Versions(IReadOnlyList<ModuleState> modules)
    {
        var versions = modules.Select(module => module.Firmware ?? "an unknown version").Distinct(StringComparer.Ordinal).ToList();
        return versions.Count == 1 ? $"run {versions[0]}" : "run " + string.Join(", ", modules.Select(module => $"{module.Firmware ?? "an unknown version"} in bay {module.Bay}"));
    }

    /// <summary>Health, power where it is off, and what is diagnosed.</summary>
    public static string Health(ModuleState module) => string.Join(", ", new[] { module.Health }
        .Concat(module.Power.Equals("On", StringComparison.OrdinalIgnoreCase) ? [] : [$"powered {module.Power}"])
        .Concat(module.Faults));
}
