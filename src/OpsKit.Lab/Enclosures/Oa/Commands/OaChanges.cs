namespace OpsKit.Lab.Enclosures.Oa.Commands;

/// <summary>What is done to the Onboard Administrators themselves.</summary>
internal static class OaChanges
{
    public static IReadOnlyList<OaCommand> List { get; } =
    [
        OaCommand.Acting("FORCE TAKEOVER", "", "Makes the standby Onboard Administrator the active one", TakeOver)
            with { Question = "Are you sure you want to switch the roles of the Onboard Administrators?" },
        OaCommand.Acting("RESTART OA", "{ ACTIVE | STANDBY | <bay number> }", "Restarts an Onboard Administrator", Restart)
            with { Question = "Are you sure you want to restart the Onboard Administrator?", OnStandby = true },
    ];

    private static void TakeOver(OaCall call)
    {
        call.Line();
        if (call.Site.Pair.PartnerOf(call.Oa) is not { } partner)
        {
            call.Line("Force takeover failed: there is no redundant Onboard Administrator.");
            return;
        }

        call.Line("Logging out");
        call.Session.Ended = true;
        call.Site.Syslog.Add($"Takeover was forced by {call.Session.User}.");
        call.Site.Pair.TakeOver(call.Oa, partner);
    }

    private static void Restart(OaCall call)
    {
        var which = call.Arguments is [var one] ? one.ToUpperInvariant() : "";
        var chosen = call.Enclosure.Oas.FindAll(oa => which == "ACTIVE" ? oa.Active : which == "STANDBY" ? !oa.Active : which == $"{oa.Bay}");
        if (chosen.Count == 0)
        {
            call.WrongUsage();
            return;
        }

        call.Line();
        foreach (var oa in chosen)
        {
            call.Line($"Restarting Onboard Administrator in bay {oa.Bay}...");
            call.Session.Ended |= oa == call.Oa;
            call.Site.Syslog.Add($"Onboard Administrator in bay {oa.Bay} was restarted by {call.Session.User}.");
            call.Site.Pair.Restart(oa);
        }
    }
}
