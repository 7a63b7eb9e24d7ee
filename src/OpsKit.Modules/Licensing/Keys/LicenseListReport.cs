using OpsKit.Engine.Reports;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Modules.Licensing.LicenseEntry>;

namespace OpsKit.Modules.Licensing;

/// <summary>The list of licence keys.</summary>
public static class LicenseListReport
{
    /// <summary>Makes the table.</summary>
    /// <param name="listing">The keys.</param>
    /// <param name="showKeys">Show licence keys in full; every view masks them otherwise.</param>
    public static ReportTable Of(LicenseListing listing, bool showKeys = false)
    {
        ArgumentNullException.ThrowIfNull(listing);
        var table = ReportTable.From(
            "license-list",
            listing.Entries,
            Column.Text("vCenter", row => row.Site, "vCenter, or Linked Mode group whose vCenters share the key"),
            Column.Text("LicenseKey", row => showKeys ? row.License.Key : LicenseKeyMask.Mask(row.License.Key)),
            Column.Text("Name", row => row.License.Name),
            Column.Text("Edition", row => EditionOf(row)),
            Column.Text("CostUnit", row => row.License.CostUnit, "what is counted; cpuPackage:32core is a licence for each 32 cores of a processor"),
            Column.Integer("Total", row => row.Limit == LicenseLimit.Counted ? row.License.Total : null, description: "units the key holds; see Limit where empty"),
            Column.Text("Limit", row => LimitOf(row)),
            Column.Integer("Used", row => row.License.Used),
            Column.Text("AssignedTo", row => string.Join("; ", row.AssignedTo), "hosts, clusters and vCenters; empty where unassigned"),
            Column.Timestamp("ExpirationDate", row => row.License.Expires),
            Column.Integer("DaysLeft", row => row.DaysLeft, description: "whole days; negative once expired"),
            Column.Text("Labels", row => string.Join("; ", row.License.Labels)),
            Column.Text("EditionKey", row => row.License.EditionKey));
        return table with { NotAssessed = listing.NotAssessed, Notes = Notes(listing, showKeys) };
    }

    private static string EditionOf(LicenseEntry row) => row.Match.Kind switch
    {
        LicenseKind.Host => row.Match.Edition!,
        LicenseKind.Evaluation => "Evaluation",
        LicenseKind.UnknownEdition => "(unknown)",
        _ => "(other product)",
    };

    private static string LimitOf(LicenseEntry row) => row.Limit switch
    {
        LicenseLimit.Counted => "counted",
        LicenseLimit.Unlimited => "unlimited",
        LicenseLimit.Evaluation => "evaluation",
        _ => "not reported",
    };

    private static List<string> Notes(LicenseListing listing, bool showKeys)
    {
        var notes = new List<string>();
        if (!showKeys && listing.Entries.Any(entry => entry.License.Key is not ("" or LicenseKeyMask.Evaluation)))
            notes.Add("Licence keys are masked; --show-keys shows them.");
        var unassigned = listing.Entries.Count(entry => entry.AssignedTo.Count == 0 && entry.Match.Kind != LicenseKind.Evaluation);
        if (unassigned > 0)
            notes.Add($"{Counted.Of(unassigned, "key")} assigned to nothing.");
        var expired = listing.Entries.Count(entry => entry.DaysLeft < 0);
        if (expired > 0)
            notes.Add($"{Counted.Of(expired, "key")} expired.");
        return notes;
    }
}
