namespace OpsKit.Lab.Estate;

/// <summary>The VIBs of the installer, by version of ESXi.</summary>
internal static class InboxVibs
{
    private const string Drivers50 = """
        ata-pata-amd 0.3.10-3vmw.{0}
        ata-pata-atiixp 0.4.6-3vmw.{0}
        ata-pata-hpt3x2n 0.3.4-3vmw.{0}
        ata-pata-sil680 0.4.8-3vmw.{0}
        ata-pata-via 0.3.3-2vmw.{0}
        block-cciss 3.6.14-10vmw.{0}
        ehci-ehci-hcd 1.0-3vmw.{0}
        ima-qla4xxx 2.01.07-1vmw.{0}
        ipmi-ipmi-devintf 39.1-4vmw.{0}
        ipmi-ipmi-msghandler 39.1-4vmw.{0}
        ipmi-ipmi-si-drv 39.1-4vmw.{0}
        misc-cnic-register 1.1-1vmw.{0}
        misc-drivers {1}
        net-be2net 4.0.88.0-1vmw.{0}
        net-bnx2 2.0.15g.v50.11-5vmw.{0}
        net-bnx2x 1.61.15.v50.1-1vmw.{0}
        net-cnic 1.10.2j.v50.7-2vmw.{0}
        net-e1000 8.0.3.1-2vmw.{0}
        net-e1000e 1.1.2-3vmw.{0}
        net-enic 1.4.2.15a-1vmw.{0}
        net-forcedeth 0.61-2vmw.{0}
        net-igb 2.1.11.1-3vmw.{0}
        net-ixgbe 2.0.84.8.2-10vmw.{0}
        net-nx-nic 4.0.557-3vmw.{0}
        net-r8169 6.011.00-2vmw.{0}
        net-tg3 3.110h.v50.4-4vmw.{0}
        ohci-usb-ohci 1.0-3vmw.{0}
        sata-ahci 3.0-6vmw.{0}
        sata-ata-piix 2.12-4vmw.{0}
        scsi-aacraid 1.1.5.1-9vmw.{0}
        scsi-hpsa 5.0.0-17vmw.{0}
        scsi-lpfc820 8.2.2.1-18vmw.{0}
        scsi-megaraid-sas 4.32-1vmw.{0}
        scsi-mpt2sas 06.00.00.00-6vmw.{0}
        scsi-qla2xxx 901.k1.1-14vmw.{0}
        uhci-usb-uhci 1.0-3vmw.{0}
        """;

    private const string Drivers67 = """
        ata-libata-92 3.00.9.2-16vmw.{0}
        ata-pata-atiixp 0.4.6-4vmw.{0}
        bnxtnet 20.6.101.7-24vmw.{0}
        brcmfcoe 11.4.1078.25-14vmw.{0}
        elxnet 11.4.1097.0-5vmw.{0}
        i40en 1.8.1.9-2vmw.{0}
        igbn 0.1.1.0-5vmw.{0}
        ixgben 1.7.1.16-1vmw.{0}
        lpfc 11.4.33.25-14vmw.{0}
        lsi-mr3 7.708.07.00-3vmw.{0}
        misc-drivers {1}
        ne1000 0.8.4-2vmw.{0}
        net-cnic 1.78.76.v60.13-2vmw.{0}
        nmlx5-core 4.17.13.1-1vmw.{0}
        ntg3 4.1.3.2-1vmw.{0}
        nvme 1.2.2.28-1vmw.{0}
        qlnativefc 3.1.8.0-5vmw.{0}
        smartpqi 1.0.1.553-28vmw.{0}
        vmkata 0.1-1vmw.{0}
        vmkusb 0.1-1vmw.{0}
        vmw-ahci 1.2.8-1vmw.{0}
        """;

    private const string Drivers70 = """
        atlantic 1.0.3.0-8vmw.{0}
        bnxtnet 216.0.50.0-44vmw.{0}
        brcmfcoe 12.0.1500.2-3vmw.{0}
        elxnet 12.0.1250.0-5vmw.{0}
        i40en 1.11.1.31-1vmw.{0}
        iavmd 2.7.0.1157-2vmw.{0}
        igbn 1.4.11.2-1vmw.{0}
        irdman 1.3.1.22-1vmw.{0}
        ixgben 1.7.1.35-1vmw.{0}
        lpfc 14.0.169.26-5vmw.{0}
        lsi-mr3 7.718.02.00-1vmw.{0}
        ne1000 0.9.0-1vmw.{0}
        nenic 1.0.33.0-1vmw.{0}
        nmlx5-core 4.21.71.101-1vmw.{0}
        ntg3 4.1.7.0-0vmw.{0}
        nvme-pcie 1.2.3.16-1vmw.{0}
        qlnativefc 4.1.14.0-26vmw.{0}
        smartpqi 70.4149.0.5000-1vmw.{0}
        vmkata 0.1-1vmw.{0}
        vmkusb 0.1-7vmw.{0}
        vmw-ahci 2.0.11-1vmw.{0}
        """;

    public static IEnumerable<LabVib> Of(Version version) => (version.Major, version.Minor) switch
    {
        (< 5, _) => [],
        (5, < 5) => Drivers(Drivers50, "500.0.0.469512", "5.0.0-0.0.469512", "VMware").Concat(Base("5.0.0-1.16.623860", "esx-tboot", "VMware")),
        (5, _) => Drivers(Drivers50, "550.0.0.1331820", "5.5.0-0.0.1331820", "VMware").Concat(Base("5.5.0-1.15.1623387", "esx-tboot", "VMware")),
        (6, _) => Drivers(Drivers67, "670.0.0.8169922", "6.7.0-0.0.8169922", "VMW").Concat(Base("6.7.0-3.143.17700523", "vsan", "VMware")),
        (7, _) => Drivers(Drivers70, "703.0.20.19193900", "7.0.3-0.20.19193900", "VMW").Concat(Base("7.0.3-0.85.21424296", "esxio-combiner", "VMware")),
        _ => Drivers(Drivers70, "802.0.0.22380479", "8.0.2-0.0.22380479", "VMW").Concat(Base("8.0.2-0.0.22380479", "esxio", "VMware")),
    };

    private static IEnumerable<LabVib> Drivers(string list, string build, string release, string vendor) =>
        string.Format(list, build, release).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Select(words =>
            new LabVib(words[0], words[1], words[1] == release ? "VMware" : vendor)
            {
                Summary = $"Driver {words[0]}", Description = $"The driver {words[0]} as the installer has it.", MaintenanceModeRequired = true, Tags = ["driver", "module"],
                Depends = vendor == "VMware" ? [new VibRelation("esx-base"), new VibRelation("com.vmware.driverAPI-9.2.0.0")] : [new VibRelation("esx-base")],
            });

    private static IEnumerable<LabVib> Base(string release, string second, string vendor)
    {
        var version = Version.Parse(release[..release.IndexOf('-', StringComparison.Ordinal)]);
        yield return new LabVib("esx-base", release, vendor)
        {
            Summary = "Updates the ESX base system", Description = "The base system of ESXi.", MaintenanceModeRequired = true, Tags = ["sdkname:esx"], Provides = [.. Interfaces(version)],
            Payloads = ["btldr", "mtldr", "b", "useropts", "k", "a", "s"],
        };
        yield return new LabVib(second, release, vendor) { Summary = $"Part of ESXi: {second}", Description = $"The part {second} of ESXi.", MaintenanceModeRequired = true, Depends = [new VibRelation("esx-base")] };
        yield return new LabVib("tools-light", release, vendor)
        {
            Type = "locker", Summary = "Tools for virtual machines", Description = "Images of the tools for virtual machines.", LiveInstallAllowed = true, LiveRemoveAllowed = true, Payloads = ["tools"],
        };
    }

    /// <summary>What drivers are built against: kernel interfaces stay, those for Linux drivers ended with 7.0.</summary>
    private static IEnumerable<VibRelation> Interfaces(Version version)
    {
        (Version Since, string Kernel, string? Driver)[] all =
        [
            (new(5, 0), "vmkapi_2_0_0_0", "com.vmware.driverAPI-9.2.0.0"), (new(5, 1), "vmkapi_2_1_0_0", "com.vmware.driverAPI-9.2.1.0"),
            (new(5, 5), "vmkapi_2_2_0_0", "com.vmware.driverAPI-9.2.2.0"), (new(6, 0), "vmkapi_2_3_0_0", "com.vmware.driverAPI-9.2.3.0"),
            (new(6, 5), "vmkapi_2_4_0_0", null), (new(6, 7), "vmkapi_2_5_0_0", null), (new(7, 0), "vmkapi_2_6_0_0", null), (new(8, 0), "vmkapi_2_9_0_0", null),
        ];
        foreach (var (since, kernel, driver) in all)
        {
            if (version < since)
                yield break;
            yield return new VibRelation(kernel);
            if (driver is not null && version.Major < 7)
                yield return new VibRelation(driver);
        }
    }
}
