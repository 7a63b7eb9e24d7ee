using System.Net;

namespace OpsKit.Lab.Estate;

/// <summary>What hosts of a kind have in common.</summary>
internal sealed record HostModel(
    string Version, string Build, string Vendor, string Model, int Sockets, int CoresPerSocket, int MemoryGb,
    string Driver, string DriverVersion, string Firmware, string NicDescription)
{
    /// <summary>10 Gb ports; each shows as four PCI functions where it hangs on Virtual Connect.</summary>
    public int Ports { get; init; } = 2;

    public static readonly HostModel G7With50 = new(
        "5.0.0", "623860", "HP", "ProLiant BL620c G7", 2, 8, 256, "be2net", "4.0.355.1", "4.0.360.15a", "Emulex Corporation NC553i 10Gb 2-port FlexFabric Converged Network Adapter") { Ports = 4 };

    public static readonly HostModel G7With41 = G7With50 with { Version = "4.1.0", Build = "502767", DriverVersion = "2.102.440.0", Firmware = "3.102.517.703" };

    public static readonly HostModel Gen10With80 = new(
        "8.0.2", "22380479", "HPE", "ProLiant BL460c Gen10", 2, 16, 512, "elxnet", "14.2.455.11", "12.0.1345.0", "HPE FlexFabric 20Gb 2-port 650FLB Adapter");

    public static readonly HostModel Gen9With67 = new(
        "6.7.0", "17700523", "HPE", "ProLiant BL460c Gen9", 2, 14, 256, "elxnet", "12.0.1115.0", "12.0.1216.0", "HP FlexFabric 20Gb 2-port 650FLB Adapter");

    public static readonly HostModel RackWith70 = new(
        "7.0.3", "21424296", "HPE", "ProLiant DL380 Gen10", 2, 20, 768, "i40en", "1.14.3.0", "9.20", "Ethernet Controller X710 for 10GbE SFP+");
}

/// <summary>Makes hosts: blades whose FlexNICs lead to interconnect bays 1 and 2 in turn, and rack servers on two switches.</summary>
internal static class HostFactory
{
    public const string ManagementPortGroup = "Management Network";
    public const string VMotionPortGroup = "vMotion";

    /// <summary>A blade whose ports show four functions each; the second of the first two ports carries Fibre Channel and is no NIC.</summary>
    public static LabHost Blade(this LabEstate estate, LabCluster cluster, int number, HostModel model, LabEnclosure enclosure, int enclosureNumber, int bay)
    {
        var host = estate.Host(cluster, number, model, EstateParts.HostAddress(enclosureNumber, 20 + bay));
        host.Enclosure = enclosure;
        host.Bay = bay;
        host.IloAddress = EstateParts.EnclosureAddress(enclosureNumber, 100 + bay);
        foreach (var (function, port) in FlexNics(model.Ports))
        {
            var connected = function == 0 || (function == 2 && model.Ports == 2);
            var interconnect = 1 + port % 2;
            host.PNics.Add(new LabPNic
            {
                Device = $"vmnic{host.PNics.Count}",
                Pci = $"0000:{4 + port / 2:x2}:00.{function * 2 + port % 2}",
                Mac = $"00:17:a4:77:{number:x2}:{host.PNics.Count * 2:x2}",
                ProfileMac = $"00:17:a4:77:{number:x2}:{host.PNics.Count * 2:x2}",
                FactoryMac = $"78:e3:b5:{enclosureNumber:x2}:{number:x2}:{host.PNics.Count:x2}",
                Driver = model.Driver,
                DriverVersion = model.DriverVersion,
                Firmware = model.Firmware,
                Description = model.NicDescription,
                SpeedMb = connected ? function == 0 ? 2000 : 6000 : 0,
                LinkUp = connected,
                InterconnectBay = connected ? interconnect : 0,
                SwitchName = connected ? $"{enclosure.VcDomain}-bay{interconnect}" : null,
                SwitchPort = connected ? $"d{bay}:v1-{"abcd"[function]}" : null,
                SpeaksLldp = connected,
            });
        }

        return host;
    }

    private static IEnumerable<(int Function, int Port)> FlexNics(int ports) =>
        from function in Enumerable.Range(0, 4)
        from port in Enumerable.Range(0, ports)
        where function != 1 || port > 1
        select (function, port);

    /// <summary>A rack server with a NIC in each of two switches that speak CDP, twice.</summary>
    public static LabHost Rack(this LabEstate estate, LabCluster cluster, int number, HostModel model, IPAddress address, int rack)
    {
        var host = estate.Host(cluster, number, model, address);
        host.IloAddress = new IPAddress([127, 30, address.GetAddressBytes()[2], address.GetAddressBytes()[3]]);
        for (var nic = 0; nic < 4; nic++)
        {
            host.PNics.Add(new LabPNic
            {
                Device = $"vmnic{nic}",
                Pci = $"0000:{(nic < 2 ? "3b" : "5e")}:00.{nic % 2}",
                Mac = $"3c:fd:fe:{rack:x2}:{number:x2}:{nic:x2}",
                Driver = model.Driver,
                DriverVersion = model.DriverVersion,
                Firmware = model.Firmware,
                Description = model.NicDescription,
                SwitchName = $"sw-r{rack:d2}{"ab"[nic % 2]}.lab.example",
                SwitchPort = $"TenGigabitEthernet1/0/{1 + (number - 1) % 24 * 2 + nic / 2}",
                SpeaksCdp = true,
                SpeaksLldp = true,
            });
        }

        foreach (var nic in host.PNics)
            nic.FactoryMac = nic.Mac;
        return host;
    }

    private static LabHost Host(this LabEstate estate, LabCluster cluster, int number, HostModel model, IPAddress address)
    {
        var host = new LabHost
        {
            Id = $"host-{estate.NextId()}",
            Name = $"esx{number:d2}.lab.example",
            VCenter = cluster.VCenter,
            Cluster = cluster,
            Address = address,
            Version = model.Version,
            Build = model.Build,
            Vendor = model.Vendor,
            Model = model.Model,
            Serial = estate.Serial("CZ3"),
            Uuid = estate.Uuid(),
            Sockets = model.Sockets,
            CoresPerSocket = model.CoresPerSocket,
            MemoryBytes = (long)model.MemoryGb << 30,
            BootTime = estate.Clock.GetUtcNow() - TimeSpan.FromHours(24 + estate.Random.Next(24 * 200)),
        };
        HostSettings.Fill(host);
        estate.Hosts.Add(host);
        return host;
    }
}
