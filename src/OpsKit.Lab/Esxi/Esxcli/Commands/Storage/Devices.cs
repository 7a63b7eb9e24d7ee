using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;
using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Storage;

/// <summary>SCSI adapters and the devices behind them.</summary>
internal static class Devices
{
    public static EsxcliValue Adapters(EsxcliCall call)
    {
        var tail = call.Host.Uuid.Length < 12 ? "000000000000" : call.Host.Uuid[^12..];
        var (fibre, local) = call.IsAtLeast(6) ? ("lpfc", "smartpqi") : ("lpfc820", "hpsa");
        return EsxcliList.OfRecords(
        [
            Adapter("vmhba0", local, "link-n/a", $"sas.5001438{tail[..9]}", "(0000:03:00.0) Smart Array Controller"),
            Adapter("vmhba1", fibre, "link-up", $"fc.2000{tail}:1000{tail}", "(0000:04:00.2) OneConnect FCoE Initiator"),
            Adapter("vmhba2", fibre, "link-up", $"fc.2001{tail}:1001{tail}", "(0000:04:00.3) OneConnect FCoE Initiator"),
        ]);
    }

    public static EsxcliValue List(EsxcliCall call)
    {
        var wanted = call.Options.Text("--device");
        var devices = Volumes.Datastores(call).Where(datastore => !DatastoreView.IsNfs(datastore)).Select(datastore => Device(call, datastore)).Where(device => wanted is null || device.Title == wanted).ToList();
        return wanted is not null && devices.Count == 0 ? throw new EsxcliException($"Unable to find device with name {wanted}") : EsxcliList.OfRecords(devices);
    }

    private static EsxcliRecord Adapter(string name, string driver, string link, string uid, string description) =>
        new("ScsiAdapter", ("HBA Name", name), ("Driver", driver), ("Link State", link), ("UID", uid), ("Description", description));

    private static EsxcliRecord Device(EsxcliCall call, LabDatastore datastore)
    {
        var name = $"naa.{DatastoreView.NaaOf(datastore)}";
        var fields = new List<EsxcliField>
        {
            ("Display Name", $"HP Fibre Channel Disk ({name})"), ("Has Settable Display Name", true), ("Size", datastore.CapacityBytes >> 20), ("Device Type", "Direct-Access"), ("Multipath Plugin", "NMP"),
            ("Devfs Path", $"/vmfs/devices/disks/{name}"), ("Vendor", "HP"), ("Model", "HSV340"), ("Revision", "1000"), ("SCSI Level", 6), ("Is Pseudo", false), ("Status", "on"),
            ("Is RDM Capable", true), ("Is Local", false), ("Is Removable", false),
        };
        if (call.IsAtLeast(5))
            fields.AddRange([("Is SSD", false), ("Is Offline", false), ("Is Perennially Reserved", false), ("Thin Provisioning Status", "unknown"), ("Attached Filters", ""), ("VAAI Status", "supported")]);
        fields.Add(("Other UIDs", EsxcliList.OfText([$"vml.0200{DatastoreView.NaaOf(datastore)[..20]}"])));
        return new EsxcliRecord("ScsiDevice", name, fields);
    }
}
