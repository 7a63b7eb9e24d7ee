namespace OpsKit.Lab.Estate;

/// <summary>One vCenter, one cluster of four blades in one enclosure, twelve virtual machines: enough to see everything once.</summary>
internal static class SmallEstate
{
    public static void Fill(LabEstate estate)
    {
        var vCenter = estate.VCenter("vc1", "Lab");
        vCenter.Licenses.Add(LicenseSets.Evaluation);
        LicenseSets.Vsphere7And8(estate, vCenter, processors: 16);
        var cluster = estate.Cluster(vCenter, "cl01");
        var enclosure = estate.Enclosure(1, "4.85", "HP VC FlexFabric-20/40 F8 Module", "691367-B21");
        var networks = new ClusterNetworks(estate, distributed: true, ("VM-110", 110), ("VM-120", 120));
        for (var number = 1; number <= 4; number++)
        {
            var host = estate.Blade(cluster, number, HostModel.Gen10With80, enclosure, 1, number)
                .Wire(networks, ("vmk1", EstateParts.HostAddress(101, 20 + number)));
            host.LicenseKey = vCenter.KeyOf("esx.enterprisePlus.cpuPackageCoreLimited", "8.0");
        }

        var fast = estate.Datastore("ds01", estate.Hosts, 8);
        var slow = estate.Datastore("ds02", estate.Hosts, 16, "NFS");
        Machines(estate, fast, slow);
    }

    private static void Machines(LabEstate estate, LabDatastore fast, LabDatastore slow)
    {
        var hosts = estate.Hosts;
        for (var i = 1; i <= 4; i++)
            estate.Machine(hosts[i - 1], new MachineModel($"web{i:d2}", "Prod/Web", 2, 8192, "VM-110", [(40, fast)]) { DemandIops = 120, Tags = ["backup"] });
        for (var i = 1; i <= 2; i++)
            estate.Machine(hosts[i], new MachineModel($"app{i:d2}", "Prod/App", 4, 16384, "VM-120", [(60, fast), (100, slow)]) { DemandIops = 300, Tags = ["backup"] });
        estate.Machine(hosts[3], new MachineModel("db01", "Prod/DB", 8, 65536, "VM-120", [(60, fast), (400, fast), (200, slow)]) { DemandIops = 50_000, IoSizeKb = 8, Tags = ["backup", "database"] });
        var tracked = estate.Machine(hosts[0], new MachineModel("file01", "Prod", 2, 8192, "VM-110", [(40, fast), (800, slow)])
        {
            GuestId = "windows2019srv_64Guest", GuestFullName = "Microsoft Windows Server 2019 (64-bit)", Tags = ["backup"],
        });
        tracked.ChangeTrackingEnabled = true;
        foreach (var disk in tracked.Disks)
            disk.ChangeId = ChangeIds.New(estate);
        estate.Machine(hosts[1], new MachineModel("test01", "Test", 2, 4096, "VM-110", [(40, slow)]));
        estate.Machine(hosts[2], new MachineModel("test02", "Test", 2, 4096, "VM-110", [(40, slow)]) { PowerState = "poweredOff" });
        estate.Machine(hosts[2], new MachineModel("build/agent", "Test", 4, 8192, "VM-120", [(80, slow)]));
        estate.Machine(hosts[0], new MachineModel("tpl-rhel8", "Templates", 2, 4096, "VM-110", [(40, slow)]) { Template = true });
    }
}
