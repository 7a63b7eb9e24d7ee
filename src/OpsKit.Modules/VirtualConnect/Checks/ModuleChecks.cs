using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.VirtualConnect.Checks;

/// <summary>The modules and their partners. Pure.</summary>
internal static class ModuleChecks
{
    public static IEnumerable<CheckFinding> Of(RolloutFacts facts)
    {
        foreach (var bay in facts.Bays.Where(bay => facts.Enclosure.ModuleIn(bay) is null))
            yield return new("module", $"{facts.Enclosure.Name} bay {bay}", CheckVerdict.Blocker, "the bay is empty", "name bays that have a Virtual Connect module");
        if (facts.Targets.Count == 0)
            yield return new("module", facts.Enclosure.Name, CheckVerdict.Blocker, "there is no Virtual Connect module");
        foreach (var module in facts.Targets)
        {
            foreach (var finding in Of(facts.Enclosure, module))
                yield return finding;
        }
    }

    private static IEnumerable<CheckFinding> Of(EnclosureState enclosure, ModuleState module)
    {
        var subject = $"{enclosure.Name} bay {module.Bay}";
        if (!module.IsVirtualConnect)
            yield return new("module", subject, CheckVerdict.Blocker, $"{module.Product} is no Virtual Connect module", "leave it out");
        yield return module.IsHealthy
            ? new("module health", subject, CheckVerdict.Pass, $"{module.Product}, {module.Health}, powered {module.Power.ToLowerInvariant()}")
            : new("module health", subject, CheckVerdict.Blocker, State(module), $"mend it first: SHOW INTERCONNECT STATUS {module.Bay}");
        yield return module.Firmware is { } firmware
            ? new("module firmware", subject, CheckVerdict.Pass, firmware)
            : new("module firmware", subject, CheckVerdict.Blocker, "its version cannot be read: it may be restarting, and nothing could tell whether the new one runs", $"wait until SHOW INTERCONNECT INFO {module.Bay} names it");
        yield return module.Address is { } address
            ? new("module address", subject, CheckVerdict.Pass, address)
            : new("module address", subject, CheckVerdict.Blocker, "it has no management address: it may be restarting", "wait until SHOW INTERCONNECT LIST has one");
        yield return Partner(enclosure, module, subject);
    }

    private static CheckFinding Partner(EnclosureState enclosure, ModuleState module, string subject)
    {
        const string check = "partner module";
        var bay = EnclosureState.PartnerBayOf(module.Bay);
        if (enclosure.PartnerOf(module.Bay) is not { } partner)
            return new(check, subject, CheckVerdict.Blocker, $"bay {bay} beside it is empty: nothing takes over for it");
        if (partner.Type != module.Type || !partner.IsVirtualConnect)
            return new(check, subject, CheckVerdict.Blocker, $"bay {bay} beside it has {partner.Product}, which cannot take over for it");
        return partner.IsHealthy
            ? new(check, subject, CheckVerdict.Pass, $"bay {bay} is healthy{(partner.Firmware is { } firmware ? $" with {firmware}" : "")}")
            : new(check, subject, CheckVerdict.Blocker, $"bay {bay}, which would take over for it: {State(partner)}", $"mend it first: SHOW INTERCONNECT STATUS {bay}");
    }

    private static string State(ModuleState module) =>
        $"{module.Product} is {module.Health}, powered {module.Power.ToLowerInvariant()}{(module.Faults.Count > 0 ? $" ({string.Join(", ", module.Faults)})" : "")}";
}
