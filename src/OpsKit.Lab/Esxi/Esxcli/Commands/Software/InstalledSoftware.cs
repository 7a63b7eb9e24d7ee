using OpsKit.Lab.Estate;
using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Software;

/// <summary>What is installed, or will be after the next restart.</summary>
internal static class InstalledSoftware
{
    private const string NothingPending = "No pending image profile available.";

    public static EsxcliValue Vibs(EsxcliCall call) => EsxcliList.OfRecords((Image(call)?.Vibs ?? []).Select(vib => VibRecords.Row(call, vib)));

    public static EsxcliValue Vib(EsxcliCall call)
    {
        var vibs = Image(call)?.Vibs ?? [];
        var names = call.Options.Texts("--vibname");
        return EsxcliList.OfRecords((names.Count == 0 ? vibs : names.SelectMany(name => SoftwareSources.Matching(vibs, name))).Select(vib => VibRecords.Details(call, vib)));
    }

    public static EsxcliValue Profile(EsxcliCall call) => VibRecords.Profile(Image(call) ?? new LabImage(NothingPending, "", default, default, "", []));

    public static EsxcliValue Acceptance(EsxcliCall call) => call.Host.Software.AcceptanceLevel;

    public static EsxcliValue Signatures(EsxcliCall call) => EsxcliList.OfRecords((Image(call)?.Vibs ?? []).Select(vib =>
    {
        var fields = new List<EsxcliField>
        {
            ("Name", vib.Name), ("Version", vib.Version), ("Vendor", vib.Vendor), ("Acceptance Level", vib.AcceptanceLevel),
            ("Signature Verification", vib.Signed ? "Succeeded" : "Signature Not Available: Host may have been upgraded from an older ESXi version"), new("ID", vib.Id, InText: false),
        };
        if (call.IsAtLeast(8))
            fields.Add(("Platforms", "host"));
        return new EsxcliRecord("VIBSignatureVerify", null, fields);
    }));

    /// <summary>A component is what was packed together: the base system, the tools, and every driver or agent by itself.</summary>
    public static EsxcliValue Components(EsxcliCall call) => EsxcliList.OfRecords((Image(call)?.Vibs ?? [])
        .GroupBy(ComponentOf, StringComparer.Ordinal).OrderBy(component => component.Key, StringComparer.Ordinal).Select(component =>
        {
            var vib = component.First();
            return new EsxcliRecord(
                "Component", ("Name", component.Key), ("Display Name", vib.Summary), ("Version", vib.Version), ("Display Version", vib.Version.Split('-')[0]), ("Vendor", vib.Vendor),
                ("Creation Date", VibRecords.Date(vib.Created)), ("Acceptance Level", vib.AcceptanceLevel));
        }));

    private static LabImage? Image(EsxcliCall call) => call.Options.Has("--rebooting-image") ? call.Host.Software.Staged : call.Host.Software.Running;

    private static string ComponentOf(LabVib vib) => vib switch
    {
        { Name: "tools-light" } => "VMware-VM-Tools",
        { Vendor: "VMware" } => "ESXi",
        _ => $"{(vib.Vendor == "VMW" ? "VMware" : vib.Vendor)}-{vib.Name}",
    };
}
