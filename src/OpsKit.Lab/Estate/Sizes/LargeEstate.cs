namespace OpsKit.Lab.Estate;

/// <summary>Eight clusters of 25 hosts with 625 virtual machines each: two of blades in four enclosures, six of rack servers.</summary>
internal static class LargeEstate
{
    private const int Clusters = 8;
    private const int HostsOfCluster = 25;
    private const int MachinesOfHost = 25;

    public static void Fill(LabEstate estate)
    {
        var vCenter = estate.VCenter("vc1", "Main");
        vCenter.Licenses.Add(LicenseSets.Evaluation);
        LicenseSets.Vsphere6(estate, vCenter, processors: 128);
        LicenseSets.Vsphere7And8(estate, vCenter, processors: 400);
        for (var enclosure = 1; enclosure <= 4; enclosure++)
            estate.Enclosure(enclosure, "4.62", "HP VC FlexFabric-20/40 F8 Module", "691367-B21");

        for (var number = 1; number <= Clusters; number++)
        {
            var cluster = estate.Cluster(vCenter, $"cl{number:d2}");
            var networks = new ClusterNetworks(estate, distributed: true, ($"Prod-{number}10", 1000 + number * 10), ($"Test-{number}20", 1001 + number * 10));
            var first = estate.Hosts.Count;
            for (var i = 0; i < HostsOfCluster; i++)
                Host(estate, cluster, networks, number, i);
            var hosts = estate.Hosts.GetRange(first, HostsOfCluster);
            var datastores = Enumerable.Range(1, 8).Select(n => estate.Datastore($"{cluster.Name}-ds{n:d2}", hosts, 32, n == 8 ? "NFS" : "VMFS")).ToList();
            Machines(estate, cluster, hosts, datastores, networks);
        }
    }

    private static void Host(LabEstate estate, LabCluster cluster, ClusterNetworks networks, int number, int index)
    {
        var hostNumber = estate.Hosts.Count + 1;
        if (number <= 2)
        {
            // 13 blades in one enclosure of the pair, 12 in the other.
            var enclosure = (number - 1) * 2 + 1 + index / 13;
            var blade = estate.Blade(cluster, hostNumber, number == 1 ? HostModel.Gen9With67 : HostModel.Gen10With80, estate.Enclosures[enclosure - 1], enclosure, 1 + index % 13)
                .Wire(networks, ("vmk1", EstateParts.HostAddress(100 + enclosure, 21 + index % 13)));
            blade.LicenseKey = number == 1 ? cluster.VCenter.KeyOf("esx.enterprisePlus.cpuPackage") : cluster.VCenter.KeyOf("esx.enterprisePlus.cpuPackageCoreLimited", "8.0");
            return;
        }

        var rack = estate.Rack(cluster, hostNumber, HostModel.RackWith70, EstateParts.HostAddress(10 + number, 21 + index), number).Wire(networks, ("vmk1", EstateParts.HostAddress(110 + number, 21 + index)));
        rack.HintsOneByOne = index % 5 == 4;
        rack.LicenseKey = cluster.VCenter.KeyOf("esx.enterprisePlus.cpuPackageCoreLimited", "7.0");
    }

    private static void Machines(LabEstate estate, LabCluster cluster, List<LabHost> hosts, List<LabDatastore> datastores, ClusterNetworks networks)
    {
        for (var i = 0; i < HostsOfCluster * MachinesOfHost; i++)
        {
            var production = i % 4 != 3;
            var kind = i % 3;
            var machine = estate.Machine(hosts[i % hosts.Count], new MachineModel(
                $"{cluster.Name}-{(kind == 0 ? "web" : kind == 1 ? "app" : "win")}{i + 1:d4}",
                production ? $"{cluster.Name}/Prod/{(kind == 0 ? "Web" : "App")}" : $"{cluster.Name}/Test",
                1 << (i % 4), 2048 << (i % 5), networks.MachineNetworks[production ? 0 : 1].Name,
                i % 3 == 1 ? [(40, datastores[i % 8]), (120, datastores[(i + 3) % 8])] : [(60, datastores[i % 8])])
            {
                PowerState = i % 17 == 16 ? "poweredOff" : "poweredOn",
                GuestId = kind == 2 ? "windows2019srv_64Guest" : "rhel8_64Guest",
                GuestFullName = kind == 2 ? "Microsoft Windows Server 2019 (64-bit)" : "Red Hat Enterprise Linux 8 (64-bit)",
                DemandIops = 10 + i % 11 * 30,
                Tags = production ? ["backup"] : [],
            });
            if (i % 2 == 0)
                continue;
            machine.ChangeTrackingEnabled = true;
            foreach (var disk in machine.Disks)
                disk.ChangeId = ChangeIds.New(estate);
        }
    }
}
