using OpsKit.Lab.Estate;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>The files of machines on their datastores: a disk that is tracked has a <c>-ctk.vmdk</c> beside it.</summary>
internal static class MachineFiles
{
    /// <summary>The machine's own folder: <c>[ds01] web01/</c>.</summary>
    public static string Folder(LabMachine machine)
    {
        var file = machine.Disks.Count > 0 ? machine.Disks[0].FileName : $"[local] {machine.Name.Replace('/', '_')}/";
        return file[..(file.LastIndexOf('/') + 1)];
    }

    public static string VmPathName(LabMachine machine) => $"{Folder(machine)}{machine.Name.Replace('/', '_')}.vmx";

    public static VirtualMachineFileLayoutEx Layout(LabInventory inventory, LabMachine machine)
    {
        var files = new Files();
        var stem = Folder(machine) + machine.Name.Replace('/', '_');
        files.Add($"{stem}.vmx", "config", 3000);
        files.Add($"{stem}.vmsd", "snapshotList", machine.Snapshots.Count * 400);
        files.Add($"{stem}.nvram", "nvram", 8684);
        files.Add($"{Folder(machine)}vmware.log", "log", 250_000);
        if (machine.PowerState == "poweredOn")
            files.Add($"{stem}-{machine.Uuid[..8]}.vswp", "swap", ((long)machine.MemoryMb - machine.MemoryReservation) << 20);
        if (machine.PowerState == "suspended")
            files.Add($"{stem}-{machine.Uuid[..8]}.vmss", "suspend", (long)machine.MemoryMb << 20);
        var snapshots = SnapshotTree.All(machine).ToList();
        var disks = machine.Disks.Select(disk => new VirtualMachineFileLayoutExDiskLayout { Key = disk.Key, Chain = Chain(files, disk, disk.PhysicalRdm ? 0 : snapshots.Count) }).ToList();
        return new VirtualMachineFileLayoutEx
        {
            Disk = disks,
            Snapshot = [.. snapshots.Select((snapshot, index) => new VirtualMachineFileLayoutExSnapshotLayout
            {
                Key = snapshot.Reference(),
                DataKey = files.Add($"{stem}-Snapshot{index + 1}.vmsn", "snapshotData", 30_000),
                MemoryKey = snapshot.WithMemory ? files.Add($"{stem}-Snapshot{index + 1}.vmem", "snapshotMemory", (long)machine.MemoryMb << 20) : -1,
                Disk = disks,
            })],
            File = files.All,
            Timestamp = inventory.Clock.GetUtcNow(),
        };
    }

    public static VirtualMachineStorageInfo Storage(LabInventory inventory, LabMachine machine) => new()
    {
        PerDatastoreUsage = [.. machine.Disks.GroupBy(disk => disk.Datastore).Select(group => new VirtualMachineUsageOnDatastore
        {
            Datastore = group.Key.Reference(), Committed = group.Sum(Used), Uncommitted = group.Sum(disk => disk.CapacityKb * 1024 - Used(disk)), Unshared = group.Sum(Used),
        })],
        Timestamp = inventory.Clock.GetUtcNow(),
    };

    /// <summary>Bytes a disk takes: all of them, or two fifths where it is thin.</summary>
    public static long Used(LabDisk disk) => disk.ThinProvisioned ? disk.CapacityKb * 1024 / 5 * 2 : disk.CapacityKb * 1024;

    /// <summary>How many links the disks' chains have behind the first.</summary>
    public static int Links(LabMachine machine) => SnapshotTree.All(machine).Count();

    /// <summary>A link of a disk's chain: <c>web01.vmdk</c>, then <c>web01-000001.vmdk</c> for each snapshot.</summary>
    public static string Link(LabDisk disk, int number) => number == 0 ? disk.FileName : $"{disk.FileName[..^".vmdk".Length]}-{number:d6}.vmdk";

    private static List<VirtualMachineFileLayoutExDiskUnit> Chain(Files files, LabDisk disk, int snapshots)
    {
        var chain = new List<VirtualMachineFileLayoutExDiskUnit>();
        for (var i = 0; i <= snapshots; i++)
        {
            var link = Link(disk, i)[..^".vmdk".Length];
            chain.Add(new VirtualMachineFileLayoutExDiskUnit
            {
                FileKey = [files.Add($"{link}.vmdk", "diskDescriptor", 600), files.Add(i == 0 ? $"{link}-flat.vmdk" : $"{link}-delta.vmdk", "diskExtent", i == 0 ? Used(disk) : 64L << 20)],
            });
            if (disk.ChangeId is not null)
                files.Add($"{link}-ctk.vmdk", "changeTracking", disk.CapacityKb / 64);
        }

        return chain;
    }

    private sealed class Files
    {
        private readonly List<VirtualMachineFileLayoutExFileInfo> _all = [];

        public IReadOnlyList<VirtualMachineFileLayoutExFileInfo> All => _all;

        public int Add(string name, string type, long size)
        {
            _all.Add(new VirtualMachineFileLayoutExFileInfo { Key = _all.Count, Name = name, Type = type, Size = size, UniqueSize = size, Accessible = true });
            return _all.Count - 1;
        }
    }
}
