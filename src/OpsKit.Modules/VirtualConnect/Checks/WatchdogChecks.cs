namespace OpsKit.Modules.VirtualConnect.Checks;

/// <summary>What a watchdog would see, and what would blur it. Pure.</summary>
internal static class WatchdogChecks
{
    public static IEnumerable<CheckFinding> Of(RolloutFacts facts)
    {
        const string check = "watchdog";
        var name = facts.Enclosure.Name;
        if (facts.Watched.Count == 0)
            yield return new(check, name, CheckVerdict.Blocker, "there is no address to watch: no host of the enclosure has a VMkernel address that is known", "name addresses to watch");
        var lost = facts.Watched.Where(watched => watched.Loss is not null).ToList();
        if (facts.Watched.Count > 0 && lost.Count < facts.Watched.Count)
            yield return new(check, name, CheckVerdict.Pass, $"{facts.Watched.Count - lost.Count} of {facts.Watched.Count} addresses answer");
        if (lost.Count > 0 && lost.Count == facts.Watched.Count)
            yield return new(check, name, CheckVerdict.Blocker, $"none of {lost.Count} addresses answers ({lost[0].Loss}): this jump host may not reach them", "see whether ICMP is let through from here; ping one by hand");
        else
            foreach (var watched in lost)
                yield return new(check, watched.Name, CheckVerdict.Blocker, $"{watched.Address} does not answer: {watched.Loss}", "a loss during the reset could not be told from this one; mend it, or leave it out");
        foreach (var activity in facts.Activity)
            yield return new("activity", name, CheckVerdict.Warning, activity, "wait until it is over: machines on the move lose pings, too");
        foreach (var automation in facts.Automation)
            yield return new("automation", name, CheckVerdict.Warning, automation);
        if (facts.Activity.Count == 0)
            yield return new("activity", name, CheckVerdict.Pass, "no machine is on the move");
    }
}
