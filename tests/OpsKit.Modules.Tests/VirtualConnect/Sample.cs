using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Hosts;
using OpsKit.Vim25;

namespace OpsKit.Modules.Tests.VirtualConnect;

/// <summary>A healthy enclosure of two modules with one redundant host, to be spoilt by tests.</summary>
internal static class Sample
{
    public static EnclosureState Enclosure { get; } = new()
    {
        Name = "enc1",
        DeviceName = "rack7-enc",
        Serial = "CZ37777ABC",
        Administrators =
        [
            new OaState { Bay = 1, Name = "OA-1", Role = "Active", Status = "OK", Firmware = "4.80 Dec 13 2017", FirmwareMismatch = "OK" },
            new OaState { Bay = 2, Name = "OA-2", Role = "Standby", Status = "OK", Firmware = "4.80 Dec 13 2017", FirmwareMismatch = "OK" },
        ],
        Modules = [Module(1) with { IsPrimary = true }, Module(2)],
        VirtualConnect = new VirtualConnectMode(true, "vcd-1", "198.51.100.11"),
        Blades = [new BladeState { Bay = 1, Product = "ProLiant BL460c Gen9", Serial = "CZ3777AA01", Uuid = "39373634-3835-5a43-4a30-3030303041ff", ServerName = "esx01", Power = "On", IloAddress = "198.51.100.101", Nics = [new BladeNic("LOM1:1-a", "00:17:a4:77:00:01"), new BladeNic("LOM1:2-a", "00:17:a4:77:00:02")] }],
        Ports = [new PortLink(1, 1, "LOM1:1-a", "00:17:a4:77:00:01"), new PortLink(2, 1, "LOM1:2-a", "00:17:a4:77:00:02")],
    };

    public static EnclosureHost Host { get; } = new()
    {
        Name = "esx01.lab.example",
        VCenter = "vc1",
        Reference = new ManagedObjectReference("HostSystem", "host-1"),
        Blade = 1,
        Evidence = HostEvidence.MacAddress,
        ConnectionState = "connected",
        Nics = [new HostNic("vmnic0", "00:17:a4:77:00:01", 10000, 1, null), new HostNic("vmnic1", "00:17:a4:77:00:02", 10000, 2, null)],
        Addresses = [new VMkernelAddress("vmk0", "192.0.2.21", true)],
        Paths = [Path("vmnic0", "vmnic1")],
    };

    public static EnclosureHosts Hosts(params EnclosureHost[] hosts) => new() { Hosts = hosts.Length == 0 ? [Host] : hosts };

    public static ModuleState Module(int bay) => new()
    {
        Bay = bay, Type = "Ethernet", Product = "HP VC FlexFabric 10Gb/24-Port Module", Health = "OK", Power = "On", Firmware = "4.45", Address = $"198.51.100.1{bay}", Serial = $"3Q000000{bay}A", AssignedName = $"VCEFX3Q000000{bay}A",
    };

    public static TrafficPath Path(params string[] active) => new() { Switch = "vSwitch0", PortGroup = "Management Network", Carries = "vmk0", Policy = "loadbalance_srcid", Active = active, NotifiesSwitches = true };
}
