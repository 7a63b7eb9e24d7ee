namespace OpsKit.Lab.Estate;

/// <summary>What the maker of a server and those of its NICs add.</summary>
internal static class VendorVibs
{
    public static IEnumerable<LabVib> Of(Version version, LabHost host)
    {
        if (version.Major < 5)
            return [];
        var drivers = host.PNics.Select(nic => (nic.Driver, nic.DriverVersion)).Distinct().Select(nic => Driver(version, nic.Driver, nic.DriverVersion));
        return host.Vendor switch
        {
            "HP" => Hp(version.Minor >= 5 ? "550.9.6.14" : "500.9.4").Concat(drivers),
            "HPE" => Hpe(version).Concat(drivers),
            _ => drivers,
        };
    }

    private static LabVib Driver(Version version, string driver, string driverVersion)
    {
        var (maker, build) = (driver, version.Major) switch
        {
            ("be2net", _) => ("Emulex", "1OEM.500.0.0.406165"),
            ("bnx2" or "bnx2x" or "tg3", _) => ("Broadcom", "1OEM.500.0.0.472560"),
            ("elxnet", 6) => ("EMU", "1OEM.670.0.0.8169922"),
            ("elxnet", _) => ("EMU", "1OEM.700.1.0.15843807"),
            (_, 5) => ("Intel", "1OEM.550.0.0.1331820"),
            (_, 6) => ("INT", "1OEM.670.0.0.8169922"),
            _ => ("INT", "1OEM.700.1.0.15843807"),
        };
        var linux = version.Major == 5;
        return new LabVib(linux ? $"net-{driver}" : driver, $"{driverVersion}-{build}", maker)
        {
            Summary = $"{driver}: network driver for ESXi {version.ToString(2)}", Description = $"The network driver {driver} {driverVersion}.", MaintenanceModeRequired = true, Tags = ["driver", "module"],
            Depends = linux ? [new VibRelation("com.vmware.driverAPI-9.2.0.0"), new VibRelation("vmkapi_2_0_0_0")] : [new VibRelation("vmkapi_2_4_0_0")],
        };
    }

    private static IEnumerable<LabVib> Hp(string release) =>
    [
        Tool("char-hpcru", $"5.0.3.9-1OEM.{release[..3]}.0.0.434156", "Hewlett-Packard", restarts: true),
        Tool("char-hpilo", $"500.9.0.0.8-1OEM.{release[..3]}.0.0.434156", "Hewlett-Packard", restarts: true),
        Tool("hp-esx-license", "1.0-05", "Hewlett-Packard"),
        Tool("hp-smx-provider", $"{release}-434156", "Hewlett-Packard", restarts: true),
        Tool("hpbootcfg", "02-01.00.5-434156", "Hewlett-Packard"),
        Tool("hponcfg", "04-00.10-434156", "Hewlett-Packard"),
        Tool("hpacucli", "9.0-24.0", "Hewlett-Packard"),
    ];

    private static IEnumerable<LabVib> Hpe(Version version)
    {
        var (platform, build) = version.Major == 6 ? ("670", "8169922") : ($"{version.Major}00", "15843807");
        yield return Tool("amsd", $"{platform}.11.8.0-{build}", "HPE", restarts: true);
        yield return Tool("bootcfg", "6.7.0.02-06.00.14.7535516", "HPE");
        yield return Tool("ilo", $"{platform}.10.7.0.27-1OEM.{platform}.0.0.{build}", "HPE", restarts: true);
        yield return Tool("ssacli", "4.17.6.0-7.0.0.vmw.15843807", "HPE");
        yield return Tool("testevent", "6.7.0.02-01.00.24.7535516", "HPE");
    }

    private static LabVib Tool(string name, string version, string maker, bool restarts = false) => new(name, version, maker)
    {
        AcceptanceLevel = LabAcceptance.Partner, Summary = $"{maker} {name} for ESXi", Description = $"{name}, a tool of {maker}.",
        MaintenanceModeRequired = restarts, LiveInstallAllowed = !restarts, LiveRemoveAllowed = !restarts,
    };
}
