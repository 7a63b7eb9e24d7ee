using OpsKit.Lab.Estate;
using OpsKit.Lab.Esxi.Esxcli.Commands.Systems;
using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;
using OpsKit.Lab.Esxi.Vibs;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Software;

/// <summary>What depots and package files hold.</summary>
internal static class SoftwareDepots
{
    public static Task<EsxcliValue> VibsAsync(EsxcliCall call)
    {
        var installed = call.UnderGate(on => on.Host.Software.Running);
        return Task.FromResult<EsxcliValue>(EsxcliList.OfRecords(SoftwareSources.All(call).Select(each => each.Vib).OrderBy(vib => vib.Name, StringComparer.Ordinal).Select(vib => new EsxcliRecord(
            "VIBSummary", ("Name", vib.Name), ("Version", vib.Version), ("Vendor", vib.Vendor), ("Creation Date", VibRecords.Date(vib.Created)), ("Acceptance Level", vib.AcceptanceLevel),
            ("Status", Status(installed, vib))))));
    }

    public static Task<EsxcliValue> VibAsync(EsxcliCall call) =>
        Task.FromResult<EsxcliValue>(EsxcliList.OfRecords(SoftwareSources.All(call).Select(each => VibRecords.Details(call, each.Vib))));

    public static Task<EsxcliValue> ProfilesAsync(EsxcliCall call) => Task.FromResult<EsxcliValue>(EsxcliList.OfRecords(AllProfiles(call).Select(profile =>
    {
        var fields = new List<EsxcliField> { ("Name", profile.Name), ("Vendor", profile.Vendor), ("Acceptance Level", profile.AcceptanceLevel) };
        if (call.Version >= new Version(7, 0, 3))
            fields.AddRange([("Creation Time", VibRecords.Time(profile.Created)), ("Modification Time", VibRecords.Time(profile.Modified))]);
        return new EsxcliRecord("ImageProfileSummary", null, fields);
    })));

    public static Task<EsxcliValue> ProfileDetailsAsync(EsxcliCall call)
    {
        var profile = Profile(call);
        var vibs = SoftwareSources.All(call).Where(each => profile.VibIds.Contains(each.Vib.Id)).Select(each => each.Vib).ToList();
        var image = new LabImage(profile.Name, profile.Vendor, profile.Created, profile.Modified, profile.Description, vibs);
        return Task.FromResult<EsxcliValue>(VibRecords.Profile(image));
    }

    public static DepotProfile Profile(EsxcliCall call)
    {
        var name = call.Options.Text("--profile");
        return AllProfiles(call).FirstOrDefault(profile => profile.Name == name) ?? throw EsxupdateError.Of("NoMatchError", $"No image profile found with name '{name}'", ("id", name ?? ""));
    }

    private static IEnumerable<DepotProfile> AllProfiles(EsxcliCall call) =>
        call.Options.Texts("--depot").SelectMany(depot => SoftwareSources.Depot(call, depot).Profiles).DistinctBy(profile => profile.Name).OrderBy(profile => profile.Name, StringComparer.Ordinal);

    private static string Status(LabImage installed, LabVib vib) => installed.Find(vib.Name) is not { } there ? "New" : VibVersion.Compare(vib.Version, there.Version) switch
    {
        0 => "Installed", > 0 => "Update", _ => "Downgrade",
    };
}
