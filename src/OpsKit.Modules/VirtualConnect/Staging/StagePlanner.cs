using System.Globalization;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>State and options to the one change that writes firmware. Pure.</summary>
internal static class StagePlanner
{
    public const string Id = "stage";
    public const string Bays = "bays";
    public const string Version = "version";

    /// <summary>The change; null where there is nothing to write, or it was written by hand.</summary>
    public static PlannedChange? Change(EnclosureState state, StageOptions options)
    {
        var modules = Old(state, options.Version);
        if (modules.Count == 0 || options.StagedByHand)
            return null;
        var bays = ModuleWords.Bays(modules);
        return new PlannedChange
        {
            Id = Id,
            Summary = $"write {options.Version} to {bays} with VCSU: health check, configuration backup, update without activation",
            Before = ModuleWords.Versions(modules),
            After = $"{options.Version} written to {bays}, not active",
            Impact = Impact.None,
            Arguments = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                [Bays] = string.Join(',', modules.Select(module => module.Bay.ToString(CultureInfo.InvariantCulture))),
                [Version] = options.Version,
            },
        };
    }

    /// <summary>What stands in the way of writing.</summary>
    public static IEnumerable<string> Blockers(EnclosureState state, StageOptions options, StageMeans means)
    {
        if (!state.VirtualConnect.Enabled)
            yield return "the enclosure is in no Virtual Connect domain";
        if (options.StagedByHand || Old(state, options.Version).Count == 0)
            yield break;
        foreach (var module in VirtualConnectModules(state).Where(module => !module.IsHealthy))
            yield return $"the module in bay {module.Bay} is not well ({ModuleWords.Health(module)}): VCSU writes to no domain that is not healthy";
        if (means.MissingProgram is { } program)
            yield return program;
        if (means.MissingPackage is { } package)
            yield return package;
        if (means.MissingLogin is { } login)
            yield return login;
    }

    /// <summary>What the operator should know.</summary>
    public static IEnumerable<string> Warnings(EnclosureState state, StageOptions options)
    {
        var modules = Old(state, options.Version);
        if (modules.Count == 0)
            yield break;
        if (options.StagedByHand)
            yield return $"{options.Version} counts as written to {ModuleWords.Bays(modules)} by hand; whether it was shows only when a module has been reset";
        else if (options.PasswordsAsArguments)
            yield return "passwords are handed to VCSU as arguments: whoever is on this jump host can see them while it runs";
    }

    /// <summary>Virtual Connect modules that do not run a version.</summary>
    public static IReadOnlyList<ModuleState> Old(EnclosureState state, string version) =>
        [.. VirtualConnectModules(state).Where(module => !FirmwareVersions.AreSame(module.Firmware, version))];

    private static IEnumerable<ModuleState> VirtualConnectModules(EnclosureState state) => state.Modules.Where(module => module.IsVirtualConnect);
}

/// <summary>What of the means to write firmware is missing on the jump host; null for nothing.</summary>
internal sealed record StageMeans(string? MissingProgram, string? MissingPackage, string? MissingLogin);
