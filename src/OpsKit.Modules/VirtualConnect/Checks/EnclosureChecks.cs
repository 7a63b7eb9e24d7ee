using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.VirtualConnect.Checks;

/// <summary>The Onboard Administrators and the Virtual Connect domain. Pure.</summary>
internal static class EnclosureChecks
{
    public static IEnumerable<CheckFinding> Of(RolloutFacts facts) =>
        [.. Administrators(facts.Enclosure), .. Firmware(facts.Enclosure), .. Domain(facts.Enclosure), .. Sources(facts.Enclosure)];

    private static IEnumerable<CheckFinding> Administrators(EnclosureState enclosure)
    {
        const string check = "Onboard Administrator";
        if (enclosure.Administrators.FirstOrDefault(administrator => administrator.IsActive) is not { } active)
        {
            yield return new(check, enclosure.Name, CheckVerdict.Blocker, "none of the pair says that it is active", "wait until roles have settled: SHOW OA STATUS ALL");
            yield break;
        }

        yield return active.Status is null or ModuleState.Ok
            ? new(check, enclosure.Name, CheckVerdict.Pass, $"{active.Name ?? $"bay {active.Bay}"} in bay {active.Bay} is active")
            : new(check, enclosure.Name, CheckVerdict.Blocker, $"the active one, in bay {active.Bay}, is {active.Status}", "mend it first: SHOW OA STATUS ALL, SHOW SYSLOG OA");
        var standby = enclosure.Administrators.FirstOrDefault(administrator => string.Equals(administrator.Role, "Standby", StringComparison.OrdinalIgnoreCase));
        yield return standby is not null
            ? new("Onboard Administrator pair", enclosure.Name, CheckVerdict.Pass, $"bay {standby.Bay} stands by")
            : new("Onboard Administrator pair", enclosure.Name, CheckVerdict.Warning, "no standby is seen: if the active one fails in the middle, nobody can reset or see modules", "seat or mend the second one, or go on without it knowingly");
    }

    private static IEnumerable<CheckFinding> Firmware(EnclosureState enclosure)
    {
        const string check = "Onboard Administrator firmware";
        var versions = enclosure.Administrators.Select(administrator => administrator.Firmware).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var mismatch = enclosure.Administrators.FirstOrDefault(administrator => administrator.FirmwareMismatch is { } word && !word.Equals(ModuleState.Ok, StringComparison.OrdinalIgnoreCase));
        if (versions.Count > 1 || mismatch is not null)
            yield return new(check, enclosure.Name, CheckVerdict.Blocker, versions.Count > 1 ? $"the pair runs {string.Join(" and ", versions)}" : $"the pair's firmware check says {mismatch!.FirmwareMismatch}", "bring both to the same version first: UPDATE IMAGE, then SHOW OA STATUS ALL");
        else if (versions.Count == 0)
            yield return new(check, enclosure.Name, CheckVerdict.Warning, "no version could be read", "look: SHOW OA INFO ALL");
        else
            yield return new(check, enclosure.Name, CheckVerdict.Pass, $"{versions[0]}{(enclosure.Administrators.Count > 1 ? ", the same on both" : "")}");
    }

    private static IEnumerable<CheckFinding> Domain(EnclosureState enclosure)
    {
        const string check = "Virtual Connect domain";
        var mode = enclosure.VirtualConnect;
        if (!mode.Enabled)
            yield return new(check, enclosure.Name, CheckVerdict.Blocker, "Virtual Connect mode is disabled: no domain runs this enclosure", "this enclosure has nothing to roll out to; check the inventory");
        else if (mode.Manager is null)
            yield return new(check, enclosure.Name, CheckVerdict.Blocker, "it does not say where Virtual Connect Manager runs: the primary module is not known", "wait until the manager is up, then look: SHOW VCMODE");
        else if (enclosure.Primary is { } primary)
            yield return new(check, enclosure.Name, CheckVerdict.Pass, $"{mode.Domain ?? "no name"}, managed by the module in bay {primary.Bay}");
        else
            yield return new(check, enclosure.Name, CheckVerdict.Blocker, $"Virtual Connect Manager is at {mode.Manager}, which is no module of this enclosure: it is managed elsewhere (OneView, VCEM, another enclosure of the domain)", "update it with what manages it, or name the enclosure that has the primary module");
    }

    private static IEnumerable<CheckFinding> Sources(EnclosureState enclosure)
    {
        foreach (var contradiction in enclosure.Contradictions)
            yield return new("agreement of sources", enclosure.Name, CheckVerdict.Blocker, contradiction, "look at both, and wait until they agree");
        foreach (var note in enclosure.Notes)
            yield return new("sources", enclosure.Name, CheckVerdict.Warning, note);
    }
}
