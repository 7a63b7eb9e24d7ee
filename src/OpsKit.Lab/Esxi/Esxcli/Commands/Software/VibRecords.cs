using OpsKit.Lab.Estate;
using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Software;

/// <summary>Packages and image profiles as answers.</summary>
internal static class VibRecords
{
    private const string Platforms = "host";

    public static string Date(DateTimeOffset? date) => date?.ToString("yyyy-MM-dd") ?? "";

    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss");

    public static EsxcliRecord Row(EsxcliCall call, LabVib vib)
    {
        var fields = new List<EsxcliField>
        {
            ("Name", vib.Name), ("Version", vib.Version), ("Vendor", vib.Vendor), ("Acceptance Level", vib.AcceptanceLevel), ("Install Date", Date(vib.Installed)),
            new("Creation Date", Date(vib.Created), InText: false), new("ID", vib.Id, InText: false), new("Status", "", InText: false),
        };
        if (call.IsAtLeast(8))
            fields.Add(("Platforms", Platforms));
        return new EsxcliRecord("VIBSummaryExt", null, fields);
    }

    public static EsxcliRecord Details(EsxcliCall call, LabVib vib)
    {
        var fields = new List<EsxcliField>
        {
            ("Name", vib.Name), ("Version", vib.Version), ("Type", vib.Type), ("Vendor", vib.Vendor), ("Acceptance Level", vib.AcceptanceLevel), ("Summary", vib.Summary), ("Description", vib.Description),
            ("ReferenceURLs", EsxcliList.OfText(vib.Urls.Select(url => $"{url.Key}|{url.Url}"))), ("Creation Date", Date(vib.Created)), ("Depends", Relations(vib.Depends)),
            ("Conflicts", Relations(vib.Conflicts)), ("Replaces", Relations(vib.Replaces)), ("Provides", Relations(vib.Provides)), ("Maintenance Mode Required", Flag(vib.MaintenanceModeRequired)),
            ("Hardware Platforms Required", EsxcliList.OfText([])), ("Live Install Allowed", Flag(vib.LiveInstallAllowed)), ("Live Remove Allowed", Flag(vib.LiveRemoveAllowed)),
            ("Stateless Ready", Flag(vib.StatelessReady)), ("Overlay", Flag(vib.Overlay)), ("Tags", EsxcliList.OfText(vib.Tags)), ("Payloads", EsxcliList.OfText(vib.Payloads)),
            new("ID", vib.Id, InText: false),
        };
        if (call.IsAtLeast(8))
            fields.Add(("Platforms", Platforms));
        return new EsxcliRecord("VIBExt", vib.Id, fields);
    }

    public static EsxcliRecord Profile(LabImage image) => new(
        "ImageProfile", image.Name,
        [
            ("Name", image.Name), ("Vendor", image.Vendor), ("Creation Time", Time(image.Created)), ("Modification Time", Time(image.Modified)), ("Stateless Ready", Flag(image.Vibs.All(vib => vib.StatelessReady))),

            // A blank line follows the description.
            ("Description", image.Description + "\n"), ("VIBs", EsxcliList.OfText(image.Vibs.Select(vib => $"{vib.Name} {vib.Version}"))),
        ]);

    private static EsxcliBoolean Flag(bool value) => new(value) { IsPythonic = true };

    private static EsxcliList Relations(IEnumerable<VibRelation> relations) => EsxcliList.OfText(relations.Select(relation => relation.ToString()));
}
