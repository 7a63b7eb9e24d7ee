namespace OpsKit.Modules.VirtualConnect.Checks;

/// <summary>Everything a rollout of Virtual Connect firmware requires, judged one by one. Pure.</summary>
public static class RolloutCheck
{
    /// <summary>The findings, in the order an operator would look: the Onboard Administrators, the modules, the hosts, the watchdog.</summary>
    public static IReadOnlyList<CheckFinding> Of(RolloutFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return [.. EnclosureChecks.Of(facts), .. ModuleChecks.Of(facts), .. HostChecks.Of(facts), .. WatchdogChecks.Of(facts)];
    }

    /// <summary>What stands in the way, as a plan shows it.</summary>
    public static IReadOnlyList<string> Blockers(IEnumerable<CheckFinding> findings) => Lines(findings, CheckVerdict.Blocker);

    /// <summary>What an operator should know, as a plan shows it.</summary>
    public static IReadOnlyList<string> Warnings(IEnumerable<CheckFinding> findings) => Lines(findings, CheckVerdict.Warning);

    private static List<string> Lines(IEnumerable<CheckFinding> findings, CheckVerdict verdict) =>
        [.. findings.Where(finding => finding.Verdict == verdict).Select(finding => finding.ToString())];
}
