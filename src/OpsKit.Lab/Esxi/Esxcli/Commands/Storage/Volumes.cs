using OpsKit.Lab.Esxi.Esxcli.Commands.Systems;
using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;
using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Storage;

/// <summary>Volumes: the datastores the host sees, and its boot banks.</summary>
internal static class Volumes
{
    private const long BootBankBytes = 261_853_184;

    public static EsxcliValue List(EsxcliCall call)
    {
        var boot = SystemFacts.BootVolume(call);
        return EsxcliList.OfRecords(Datastores(call).Select(datastore => Row(
                $"/vmfs/volumes/{DatastoreView.Uuid(datastore)}", datastore.Name, DatastoreView.Uuid(datastore), TypeOf(datastore), datastore.CapacityBytes, datastore.FreeBytes))
            .Append(Row($"/vmfs/volumes/{boot}", call.IsAtLeast(7) ? "BOOTBANK1" : "", boot, "vfat", BootBankBytes, BootBankBytes / 3)));
    }

    public static EsxcliValue Extents(EsxcliCall call) => EsxcliList.OfRecords(Datastores(call).Where(datastore => !DatastoreView.IsNfs(datastore)).Select(datastore => new EsxcliRecord(
        "VmfsExtent", ("Volume Name", datastore.Name), ("VMFS UUID", DatastoreView.Uuid(datastore)), ("Extent Number", 0), ("Device Name", $"naa.{DatastoreView.NaaOf(datastore)}"), ("Partition", 1))));

    public static EsxcliValue Nfs(EsxcliCall call) => EsxcliList.OfRecords(Datastores(call).Where(DatastoreView.IsNfs).Select(datastore => new EsxcliRecord(
        "NFS", ("Volume Name", datastore.Name), ("Host", "nas01.lab.example"), ("Share", $"/export/{datastore.Name}"), ("Accessible", true), ("Mounted", true), ("Read-Only", false),
        ("Hardware Acceleration", "Not Supported"))));

    public static IEnumerable<LabDatastore> Datastores(EsxcliCall call) => call.Estate.Datastores.Where(datastore => datastore.Hosts.Contains(call.Host));

    private static string TypeOf(LabDatastore datastore) => DatastoreView.IsNfs(datastore) ? "NFS" : "VMFS-5";

    private static EsxcliRecord Row(string mount, string name, string uuid, string type, long size, long free) =>
        new("FilesystemVolume", ("Mount Point", mount), ("Volume Name", name), ("UUID", uuid), ("Mounted", true), ("Type", type), ("Size", size), ("Free", free));
}
