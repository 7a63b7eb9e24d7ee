namespace OpsKit.Lab.Estate;

/// <summary>
/// Two c7000 enclosures with Virtual Connect FlexFabric and BL620c G7 blades, ESXi 5.0 in the first and 4.1 still in the second, under one vCenter 5.0;
/// with the mistakes an operator meets there.
/// </summary>
internal static class FieldEstate
{
    public static void Fill(LabEstate estate, bool mistakes)
    {
        var vCenter = estate.VCenter("vc1", "Plant");
        (vCenter.Version, vCenter.Build, vCenter.ApiVersion) = ("5.0.0", "623373", "5.0");
        vCenter.Licenses.Add(LicenseSets.Evaluation);
        LicenseSets.Vsphere4(estate, vCenter);
        LicenseSets.Vsphere5(estate, vCenter);

        Side(estate, vCenter, 1, "enc1-esx50", HostModel.G7With50, vCenter.KeyOf("esxEnterprisePlus.vram"), distributed: true);
        Side(estate, vCenter, 2, "enc2-esx41", HostModel.G7With41, vCenter.KeyOf("esxEnterprisePlus"), distributed: false);
        if (mistakes)
            Mistakes(estate);

        var datastores = Enumerable.Range(1, 6).Select(number => estate.Datastore($"eva{1 + (number - 1) / 3}-lun{number:d2}", estate.Hosts, 2)).ToList();
        datastores.Add(estate.Datastore("nfs01", estate.Hosts, 8, "NFS"));
        FieldMachines.Fill(estate, datastores);
    }

    private static void Side(LabEstate estate, LabVCenter vCenter, int number, string name, HostModel model, string license, bool distributed)
    {
        var cluster = estate.Cluster(vCenter, name);
        var enclosure = estate.Enclosure(number);
        var networks = new ClusterNetworks(estate, distributed, ("Server-110", 110), ("Server-120", 120), ("DMZ-300", 300));
        for (var bay = 1; bay <= 6; bay++)
        {
            var host = estate.Blade(cluster, (number - 1) * 6 + bay, model, enclosure, number, bay)
                .Wire(networks, ("vmk1", EstateParts.HostAddress(100 + number, 20 + bay)));
            host.LicenseKey = license;
        }
    }

    private static void Mistakes(LabEstate estate)
    {
        // One uplink only: dark as soon as the module in bay 1 restarts.
        estate.Hosts[10].VSwitches[0].Active.Remove("vmnic1");

        // Two uplinks, both to bay 1.
        var teamed = estate.Hosts[11];
        teamed.PNics[1].InterconnectBay = 1;
        teamed.PNics[1].SwitchName = teamed.PNics[0].SwitchName;

        // Came up without its Virtual Connect profile.
        foreach (var nic in estate.Hosts[8].PNics)
            nic.Mac = nic.FactoryMac;

        estate.Hosts[4].VSwitches[0].BeaconProbing = true;
        estate.Hosts[5].LicenseKey = null;
    }
}
