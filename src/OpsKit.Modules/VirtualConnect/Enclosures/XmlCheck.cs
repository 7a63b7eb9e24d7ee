using OpsKit.Modules.VirtualConnect.Texts;

namespace OpsKit.Modules.VirtualConnect.Enclosures;

/// <summary>Holds what the command line says against <c>xmldata</c>. Pure.</summary>
internal static class XmlCheck
{
    /// <summary>Roles and versions they tell differently. What one of them does not tell contradicts nothing.</summary>
    public static IEnumerable<string> Contradictions(IReadOnlyList<OaState> administrators, IReadOnlyList<ModuleState> modules, XmlData? xml)
    {
        foreach (var other in xml?.Administrators ?? [])
        {
            var own = administrators.FirstOrDefault(administrator => administrator.Bay == other.Bay);
            if (own?.Role is { } role && other.Role is { } otherRole && !role.Equals(otherRole, StringComparison.OrdinalIgnoreCase))
                yield return $"Onboard Administrator {other.Bay} is {role} by its command line, {otherRole} by xmldata";
            if (own?.Firmware is { } version && other.Firmware is { } otherVersion && version.Split(' ')[0] != otherVersion.Split(' ')[0])
                yield return $"Onboard Administrator {other.Bay} runs {version} by its command line, {otherVersion} by xmldata";
        }

        foreach (var other in xml?.Modules ?? [])
        {
            if (modules.FirstOrDefault(module => module.Bay == other.Bay)?.Firmware is { } version && other.Firmware is { } otherVersion && version != otherVersion)
                yield return $"module {other.Bay} runs {version} by the command line, {otherVersion} by xmldata";
        }
    }
}
