using OpsKit.Lab.Estate;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>Properties of datastores.</summary>
internal static class DatastoreView
{
    public static object? Property(LabInventory inventory, LabDatastore datastore, string name) => name switch
    {
        "name" => Refs.Escaped(datastore.Name),
        "parent" => inventory.Places.DatastoreFolder.Reference,
        "summary" => Summary(datastore),
        "info" => Info(inventory, datastore),
        "host" => datastore.Hosts.Where(host => host.VCenter == inventory.VCenter).Select(host => Mount(datastore, host)).List("DatastoreHostMount"),
        "vm" => inventory.Whereabouts.On(datastore).Select(machine => machine.Reference()).List(),
        "capability" => Capability(datastore),
        _ => inventory.Entity(datastore.Reference(), name),
    };

    public static DatastoreSummary Summary(LabDatastore datastore) => new()
    {
        Datastore = datastore.Reference(),
        Name = datastore.Name,
        Url = datastore.Url,
        Capacity = datastore.CapacityBytes,
        FreeSpace = datastore.FreeBytes,
        Uncommitted = 0,
        Accessible = true,
        MultipleHostAccess = datastore.Hosts.Count > 1,
        Type = datastore.Type,
        MaintenanceMode = "normal",
    };

    public static bool IsNfs(LabDatastore datastore) => datastore.Type.StartsWith("NFS", StringComparison.Ordinal);

    public static string Uuid(LabDatastore datastore) => datastore.Url.TrimEnd('/')[(datastore.Url.TrimEnd('/').LastIndexOf('/') + 1)..];

    private static DatastoreInfo Info(LabInventory inventory, LabDatastore datastore)
    {
        const long largest = 62L << 40;
        if (IsNfs(datastore))
        {
            return new NasDatastoreInfo
            {
                Name = datastore.Name, Url = datastore.Url, FreeSpace = datastore.FreeBytes, MaxFileSize = largest, MaxVirtualDiskCapacity = largest, MaxMemoryFileSize = largest,
                Timestamp = inventory.Clock.GetUtcNow(),
                Nas = new HostNasVolume { Type = "NFS", Name = datastore.Name, Capacity = datastore.CapacityBytes, RemoteHost = "nas01.lab.example", RemotePath = $"/export/{datastore.Name}", SecurityType = "AUTH_SYS" },
            };
        }

        return new VmfsDatastoreInfo
        {
            Name = datastore.Name, Url = datastore.Url, FreeSpace = datastore.FreeBytes, MaxFileSize = largest, MaxVirtualDiskCapacity = largest, MaxMemoryFileSize = largest,
            Timestamp = inventory.Clock.GetUtcNow(), MaxPhysicalRDMFileSize = largest, MaxVirtualRDMFileSize = largest,
            Vmfs = new HostVmfsVolume
            {
                Type = "VMFS", Name = datastore.Name, Capacity = datastore.CapacityBytes, BlockSizeMb = 1, MaxBlocks = 63963136, MajorVersion = 5, Version = "5.81",
                Uuid = Uuid(datastore), Extent = [new HostScsiDiskPartition { DiskName = $"naa.{NaaOf(datastore)}", Partition = 1 }], VmfsUpgradable = false, Ssd = false, Local = false,
            },
        };
    }

    /// <summary>The identifier of the device a VMFS volume is on.</summary>
    public static string NaaOf(LabDatastore datastore)
    {
        var digits = Uuid(datastore).Replace("-", "", StringComparison.Ordinal).PadRight(25, '0');
        return "6001438" + digits[..25];
    }

    private static DatastoreHostMount Mount(LabDatastore datastore, LabHost host) => new()
    {
        Key = host.Reference(),
        MountInfo = new HostMountInfo { Path = $"/vmfs/volumes/{Uuid(datastore)}", AccessMode = "readWrite", Mounted = true, Accessible = host.ConnectionState == "connected" },
    };

    public static DatastoreCapability Capability(LabDatastore datastore) => new()
    {
        DirectoryHierarchySupported = true,
        RawDiskMappingsSupported = !IsNfs(datastore),
        PerFileThinProvisioningSupported = true,
        StorageIORMSupported = true,
        NativeSnapshotSupported = false,
        TopLevelDirectoryCreateSupported = true,
        SeSparseSupported = true,
    };
}
