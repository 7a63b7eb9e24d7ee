using System.Globalization;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures.Oa.Commands;

/// <summary>Settings of the enclosure: the login banner, the XML reply, the session timeout.</summary>
internal static class SettingCommands
{
    private const int LongestTimeout = 1440;
    private const int LongestBanner = 1500;

    public static IReadOnlyList<OaCommand> List { get; } =
    [
        Setting("ENABLE LOGIN_BANNER", "Shows the login banner", enclosure => enclosure.ShowsLoginBanner = true, "The login banner has been enabled."),
        Setting("DISABLE LOGIN_BANNER", "Does not show the login banner", enclosure => enclosure.ShowsLoginBanner = false, "The login banner has been disabled."),
        Setting("CLEAR LOGIN_BANNER_TEXT", "Removes the text of the login banner", enclosure => enclosure.LoginBanner = "", "The login banner text has been cleared."),
        OaCommand.Acting("SET LOGIN_BANNER_TEXT", "<text>", "Sets the text of the login banner", SetBanner),
        OaCommand.Showing("SHOW LOGIN_BANNER", "", "Displays the login banner", ShowBanner),
        Setting("ENABLE XMLREPLY", "Tells of the enclosure over HTTP without a login", enclosure => enclosure.XmlReply = true, "XML reply has been enabled."),
        Setting("DISABLE XMLREPLY", "Tells nothing over HTTP without a login", enclosure => enclosure.XmlReply = false, "XML reply has been disabled."),
        OaCommand.Acting("SET SESSION TIMEOUT", "{ 10 - 1440 } minutes", "Sets how long a session may be idle", SetTimeout),
        OaCommand.Showing("SHOW SESSION TIMEOUT", "", "Displays how long a session may be idle", call => call.Line(string.Create(CultureInfo.InvariantCulture, $"\nSession Timeout: {call.Enclosure.SessionTimeout.TotalMinutes:0} minutes"))),
    ];

    private static OaCommand Setting(string words, string summary, Action<LabEnclosure> set, string answer) => OaCommand.Acting(words, "", summary, call =>
    {
        lock (call.Site.Estate.Gate)
            set(call.Enclosure);
        call.Line("\n" + answer);
    });

    private static void SetBanner(OaCall call)
    {
        var text = call.Rest.Trim().Trim('"').Replace("\\n", "\n", StringComparison.Ordinal);
        if (text.Length is 0 or > LongestBanner)
        {
            call.WrongUsage();
            return;
        }

        lock (call.Site.Estate.Gate)
            call.Enclosure.LoginBanner = text;
        call.Line("\nThe login banner text has been set.");
    }

    private static void ShowBanner(OaCall call)
    {
        call.Line($"\nLogin Banner: {(call.Enclosure.ShowsLoginBanner ? "Enabled" : "Disabled")}");
        call.Line($"Login Banner Text:\n{call.Enclosure.LoginBanner}");
    }

    private static void SetTimeout(OaCall call)
    {
        if (call.Arguments is not [var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes is < 10 or > LongestTimeout)
        {
            call.WrongUsage();
            return;
        }

        lock (call.Site.Estate.Gate)
            call.Enclosure.SessionTimeout = TimeSpan.FromMinutes(minutes);
        call.Line($"\nSession timeout was set to {minutes} minutes.");
    }
}
