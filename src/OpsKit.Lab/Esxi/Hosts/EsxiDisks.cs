using OpsKit.Lab.Doors;
using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Hosts;

/// <summary>Where the file systems of the hosts lie on this machine: a folder for each host, and one for each datastore, whichever hosts see it.</summary>
/// <param name="estate">The datastores.</param>
/// <param name="folder">The lab's folder.</param>
internal sealed class EsxiDisks(LabEstate estate, string folder)
{
    private const string HostsFolder = "hosts";
    private const string DatastoresFolder = "datastores";

    /// <summary>ESXi's memory disk is about so large.</summary>
    private const long MemoryDiskBytes = 256L << 20;

    /// <summary>Datastores look larger; this is what the jump host's disk gives for each.</summary>
    private const long DatastoreBytes = 16L << 30;

    private readonly Lock _gate = new();
    private readonly Dictionary<LabDatastore, HostRoom> _rooms = [];

    public FileModes Modes { get; } = new();

    public string RootOf(string name) => Path.Combine(folder, HostsFolder, name);

    /// <summary>Removes what an earlier lab left there.</summary>
    public void Clear()
    {
        foreach (var name in (string[])[HostsFolder, DatastoresFolder])
        {
            if (Directory.Exists(Path.Combine(folder, name)))
                Directory.Delete(Path.Combine(folder, name), recursive: true);
        }
    }

    /// <summary>The volumes of a host, with their folders made.</summary>
    public IReadOnlyList<HostVolume> VolumesOf(LabHost host, string name)
    {
        var root = RootOf(name);
        Directory.CreateDirectory(root);
        var volumes = new List<HostVolume> { new("/", root, new HostRoom(root, MemoryDiskBytes)) };
        foreach (var datastore in estate.Datastores.Where(datastore => datastore.Hosts.Contains(host)))
        {
            var path = Path.Combine(folder, DatastoresFolder, datastore.Id);
            Directory.CreateDirectory(path);
            volumes.Add(new HostVolume($"/vmfs/volumes/{UuidOf(datastore)}", path, RoomOf(datastore, path))
            {
                Alias = $"/vmfs/volumes/{datastore.Name}",
                Type = datastore.Type == "NFS" ? "NFS" : FileSystem(host),
                Shown = () =>
                {
                    lock (estate.Gate)
                        return (datastore.CapacityBytes, datastore.FreeBytes);
                },
            });
        }

        // What lists the folder sees them there, whoever maps the paths.
        foreach (var path in volumes.Skip(1).SelectMany(volume => new[] { volume.Path, volume.Alias! }))
            Directory.CreateDirectory(Path.Combine([root, .. path.Split('/', StringSplitOptions.RemoveEmptyEntries)]));
        ShellMounts.Set(root, HostFiles.Mounts(volumes));
        return volumes;
    }

    /// <summary>The folder under <c>/vmfs/volumes</c> that a datastore's name stands for.</summary>
    public static string UuidOf(LabDatastore datastore) => datastore.Url.TrimEnd('/') is var url ? url[(url.LastIndexOf('/') + 1)..] : "";

    private HostRoom RoomOf(LabDatastore datastore, string path)
    {
        lock (_gate)
        {
            if (!_rooms.TryGetValue(datastore, out var room))
                _rooms[datastore] = room = new HostRoom(path, DatastoreBytes);
            return room;
        }
    }

    private static string FileSystem(LabHost host) => HostSettings.Major(host) switch
    {
        4 => "VMFS-3",
        5 => "VMFS-5",
        6 when !host.Version.StartsWith("6.7", StringComparison.Ordinal) && !host.Version.StartsWith("6.5", StringComparison.Ordinal) => "VMFS-5",
        _ => "VMFS-6",
    };
}
