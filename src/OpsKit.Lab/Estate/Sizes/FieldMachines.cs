namespace OpsKit.Lab.Estate;

/// <summary>The virtual machines of the two enclosures: many ordinary ones, and one of each that needs care.</summary>
internal static class FieldMachines
{
    private static readonly (string Prefix, string Folder, int Count, int Cpus, int MemoryMb, string Network, string GuestId, string Guest)[] Groups =
    [
        ("web", "Prod/Web", 16, 2, 8192, "DMZ-300", "rhel6_64Guest", "Red Hat Enterprise Linux 6 (64-bit)"),
        ("app", "Prod/App", 24, 4, 24576, "Server-110", "rhel6_64Guest", "Red Hat Enterprise Linux 6 (64-bit)"),
        ("sap", "Prod/SAP", 8, 8, 98304, "Server-120", "sles11_64Guest", "SUSE Linux Enterprise 11 (64-bit)"),
        ("exch", "Prod/Mail", 4, 4, 32768, "Server-120", "windows7Server64Guest", "Microsoft Windows Server 2008 R2 (64-bit)"),
        ("term", "Prod/Terminal", 10, 2, 4096, "Server-110", "winNetStandardGuest", "Microsoft Windows Server 2003 Standard (32-bit)"),
        ("file", "Prod/File", 4, 2, 8192, "Server-110", "windows7Server64Guest", "Microsoft Windows Server 2008 R2 (64-bit)"),
        ("test", "Test", 20, 2, 4096, "Server-110", "rhel6_64Guest", "Red Hat Enterprise Linux 6 (64-bit)"),
        ("dev", "Test/Dev", 14, 2, 6144, "Server-110", "winNetEnterpriseGuest", "Microsoft Windows Server 2003, Enterprise Edition (32-bit)"),
    ];

    public static void Fill(LabEstate estate, IReadOnlyList<LabDatastore> datastores)
    {
        var next = 0;
        foreach (var group in Groups)
        {
            for (var i = 1; i <= group.Count; i++, next++)
            {
                var on = datastores[next % datastores.Count];
                var off = group.Prefix is "test" or "dev" && i % 5 == 0;
                estate.Machine(estate.Hosts[next % estate.Hosts.Count], new MachineModel($"{group.Prefix}{i:d2}", group.Folder, group.Cpus, group.MemoryMb, group.Network, [(20, on), (60, on)])
                {
                    GuestId = group.GuestId, GuestFullName = group.Guest, HardwareVersion = "vmx-08", PowerState = off ? "poweredOff" : "poweredOn",
                    DemandIops = 20 + next % 7 * 40, Tags = group.Folder.StartsWith("Prod", StringComparison.Ordinal) ? ["backup"] : [],
                });
            }
        }

        Particular(estate, datastores);
    }

    private static void Particular(LabEstate estate, IReadOnlyList<LabDatastore> datastores)
    {
        // The database server moved from slow local disks that fills the array's cache.
        var hog = estate.Machine(estate.Hosts[2], Model("db01", "Prod/DB", 8, 131072, datastores[0], 60, 500) with { DemandIops = 50_000, Tags = ["backup", "database"] });
        estate.AddDisk(hog, 200, datastores[1]);

        var physical = estate.Machine(estate.Hosts[3], Model("cluster-node1", "Prod/DB", 4, 32768, datastores[2], 40, 300));
        physical.Disks[1].PhysicalRdm = true;
        physical.PinnedBecause = "a raw device mapping in physical mode shares a SCSI bus";

        var independent = estate.Machine(estate.Hosts[4], Model("scratch01", "Prod/App", 2, 4096, datastores[3], 20, 100));
        independent.Disks[1].DiskMode = "independent_persistent";

        estate.Machine(estate.Hosts[7], Model("legacy01", "Prod/Old", 1, 2048, datastores[4], 20) with { HardwareVersion = "vmx-04", GuestId = "winNetStandardGuest", GuestFullName = "Microsoft Windows Server 2003 Standard (32-bit)" });
        estate.Machine(estate.Hosts[8], Model("legacy02", "Prod/Old", 1, 2048, datastores[4], 20) with { PowerState = "suspended", HardwareVersion = "vmx-07" });
        estate.Machine(estate.Hosts[0], Model("tpl-w2k8r2", "Templates", 2, 4096, datastores[6], 40) with { Template = true });

        var snapshotted = estate.Machine(estate.Hosts[1], Model("patch01", "Test", 2, 4096, datastores[5], 40));
        var snapshot = new LabSnapshot { Id = $"snapshot-{estate.NextId()}", Name = "before patches", Created = estate.Clock.GetUtcNow() - TimeSpan.FromDays(90), Description = "delete after a week" };
        snapshotted.Snapshots.Add(snapshot);
        snapshotted.CurrentSnapshot = snapshot;

        // The flag was set, but nothing has stunned it since: nothing is tracked in fact.
        estate.Machine(estate.Hosts[6], Model("backup-me", "Prod/App", 2, 8192, datastores[5], 40, 80)).ChangeTrackingEnabled = true;

        var tracked = estate.Machine(estate.Hosts[5], Model("tracked01", "Prod/App", 2, 8192, datastores[3], 40, 80));
        tracked.ChangeTrackingEnabled = true;
        foreach (var disk in tracked.Disks)
            disk.ChangeId = ChangeIds.New(estate);
    }

    private static MachineModel Model(string name, string folder, int cpus, int memoryMb, LabDatastore on, params int[] disks) =>
        new(name, folder, cpus, memoryMb, "Server-120", [.. disks.Select(gb => (gb, on))])
        {
            GuestId = "windows7Server64Guest", GuestFullName = "Microsoft Windows Server 2008 R2 (64-bit)", HardwareVersion = "vmx-08",
        };
}
