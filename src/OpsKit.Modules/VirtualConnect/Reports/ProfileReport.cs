using OpsKit.Engine.Reports;
using OpsKit.Modules.VirtualConnect.Profiles;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Modules.VirtualConnect.Profiles.ProfileStanding>;

namespace OpsKit.Modules.VirtualConnect.Reports;

/// <summary>The table of <c>vc.profiles</c>.</summary>
public static class ProfileReport
{
    /// <summary>Makes the table of one enclosure.</summary>
    public static ReportTable Of(string enclosure, IReadOnlyList<ProfileStanding> standings)
    {
        ArgumentNullException.ThrowIfNull(standings);
        return ReportTable.From(
            "vc-profiles",
            standings,
            Column.Text("Enclosure", _ => enclosure),
            Column.Integer("BladeBay", row => row.Blade),
            Column.Text("VMHost", row => row.Host),
            Column.Text("Profile", row => row.Profile),
            Column.Text("Addresses", row => Words(row.Verdict), "whose MAC addresses the blade runs with"),
            Column.Text("SeenBy", row => row.SeenBy, "who told the blade's addresses"),
            Column.Text("Missing", row => string.Join("; ", row.Missing), "addresses of the profile that none of its NICs has"),
            Column.Text("Instead", row => string.Join("; ", row.Instead), "addresses it has instead")) with
        {
            Notes = [.. standings.Where(row => row.Verdict is ProfileVerdict.Factory or ProfileVerdict.Partly).Select(row => $"{enclosure} blade {row.Blade} runs {(row.Verdict == ProfileVerdict.Factory ? "without" : "with a part of")} its profile: opskit vc reset-ilo {enclosure} {row.Blade}")],
        };
    }

    private static string Words(ProfileVerdict verdict) => verdict switch
    {
        ProfileVerdict.Applied => "profile",
        ProfileVerdict.Factory => "factory",
        ProfileVerdict.Partly => "mixed",
        ProfileVerdict.None => "no profile",
        _ => "not known",
    };
}
