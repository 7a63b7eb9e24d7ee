using OpsKit.Modules.NetworkAudit;

namespace OpsKit.Modules.Tests.NetworkAudit;

/// <summary>Hosts to judge.</summary>
internal static class Hosts
{
    public static HostNic Nic(int number, long? speed = 10000, string? pci = null) => new()
    {
        Device = $"vmnic{number}", Pci = pci ?? $"0000:{4 + number:x2}:00.0", Driver = "elxnet", Mac = $"00:17:a4:77:01:{number:x2}", SpeedMb = speed, FullDuplex = speed is null ? null : true,
    };

    public static HostSwitch Switch(params string[] active) => new() { Name = "vSwitch0", Mtu = 1500, Active = active, Discovery = "cdp", DiscoveryMode = "listen" };

    public static HostNetwork Host(HostSwitch one, params HostNic[] nics) => new() { Host = "esx01", Version = "6.7.0", Nics = nics, Switches = [one] };

    public static Neighbor Cdp(string name, string port = "Gi1/0/1") => new() { Protocol = "CDP", Switch = name, Port = port, Vlan = 1, Mtu = 1500, FullDuplex = true };
}
