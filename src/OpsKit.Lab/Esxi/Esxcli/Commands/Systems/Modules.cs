using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Systems;

/// <summary>Modules of the VMkernel: those of the base system, and one for every driver package.</summary>
internal static class Modules
{
    private static readonly string[] OfBase = ["vmkernel", "chardevs", "user", "procfs", "vsanapi", "etherswitch", "tcpip3", "vmfs3", "nfsclient"];

    public static EsxcliValue List(EsxcliCall call) => EsxcliList.OfRecords(All(call.Host)
        .Select(module => (module.Name, Loaded: IsLoaded(call.Host, module)))
        .Where(module => (call.Options.Boolean("--loaded") ?? module.Loaded) == module.Loaded && call.Options.Boolean("--enabled") != false)
        .Select(module => new EsxcliRecord("Module", ("Name", module.Name), ("Is Loaded", module.Loaded), ("Is Enabled", true))));

    public static EsxcliValue Get(EsxcliCall call)
    {
        var name = call.Options.Text("--module");
        if (All(call.Host).FirstOrDefault(module => module.Name == name) is not { Name: not null } module)
            throw new EsxcliException($"Unable to find module {name}");
        return new EsxcliRecord(
            "ModuleDetails", ("Module", module.Name), ("Module File", $"/usr/lib/vmware/vmkmod/{module.Name}"), ("License", module.Vib is null ? "VMware" : "GPL"),
            ("Version", module.Vib?.Version ?? $"Version {call.Host.Version}, Build: {call.Host.Build}"), ("Signed Status", "VMware Signed"), ("Signature Issuer", "VMware, Inc."),
            ("Signature Digest", ""), ("Signature FingerPrint", ""), ("Provided Namespaces", ""), ("Required Namespaces", "com.vmware.vmkapi"),
            ("Containing VIB", module.Vib?.Name ?? "esx-base"));
    }

    private static IEnumerable<(string Name, LabVib? Vib)> All(LabHost host) => OfBase.Select(name => (name, (LabVib?)null))
        .Concat(host.Software.Running.Vibs.Where(vib => vib.Tags.Contains("module")).Select(vib => (NameOf(vib), (LabVib?)vib)));

    /// <summary>Packages of Linux drivers have their kind before the name: <c>net-be2net</c>, <c>scsi-hpsa</c>.</summary>
    private static string NameOf(LabVib vib)
    {
        string[] kinds = ["ata-", "block-", "ehci-", "misc-", "net-", "ohci-", "sata-", "scsi-", "uhci-"];
        return (kinds.FirstOrDefault(kind => vib.Name.StartsWith(kind, StringComparison.Ordinal)) is { } kind ? vib.Name[kind.Length..] : vib.Name).Replace('-', '_');
    }

    private static bool IsLoaded(LabHost host, (string Name, LabVib? Vib) module) =>
        module.Vib is null || host.PNics.Exists(nic => nic.Driver == module.Name) || module.Name is "hpsa" or "lpfc" or "lpfc820" or "vmkusb" or "usb" or "ehci_hcd";
}
