using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Network;

/// <summary>Physical NICs. Those handed to a virtual machine are none of the VMkernel's.</summary>
internal static class Nics
{
    public static EsxcliValue List(EsxcliCall call) => EsxcliList.OfRecords(call.Host.PNics.Where(nic => !nic.PassthroughActive).Select(nic => Row(call, nic)));

    public static EsxcliValue Get(EsxcliCall call)
    {
        var nic = Find(call);
        var up = IsUp(nic);
        var speed = nic.SpeedMb > 0 ? $"{nic.SpeedMb}BaseT/Full" : "10000BaseT/Full";
        var fields = new List<EsxcliField>
        {
            ("Advertised Auto Negotiation", true), ("Advertised Link Modes", EsxcliList.OfText(call.IsAtLeast(6) ? ["Auto", speed] : [speed])), ("Auto Negotiation", true),
            ("Cable Type", nic.InterconnectBay > 0 ? "FIBRE" : "DA"), ("Current Message Level", call.IsAtLeast(6) ? 1 : 0),
            ("Driver Info", new EsxcliRecord("DriverInfo", ("Bus Info", BusInfo(nic)), ("Driver", nic.Driver), ("Firmware Version", nic.Firmware), ("Version", nic.DriverVersion))),
            ("Link Detected", up), ("Link Status", up ? "Up" : "Down"), ("Name", nic.Device), ("PHYAddress", 0), ("Pause Autonegotiate", false), ("Pause RX", nic.InterconnectBay > 0),
            ("Pause TX", nic.InterconnectBay > 0), ("Supported Ports", EsxcliList.OfText([nic.InterconnectBay > 0 ? "FIBRE" : "DA"])), ("Supports Auto Negotiation", true),
            ("Supports Pause", true), ("Supports Wakeon", nic.InterconnectBay > 0), ("Transceiver", call.IsAtLeast(6) ? "" : "external"),
        };
        if (call.IsAtLeast(6))
            fields.Add(("Virtual Address", "00:00:00:00:00:00"));
        fields.Add(("Wakeon", EsxcliList.OfText([nic.InterconnectBay > 0 ? "MagicPacket(tm)" : "None"])));
        if (call.IsAtLeast(8))
            fields.Insert(3, ("Backing DPUId", "N/A"));
        return new EsxcliRecord("NicInfo", null, fields);
    }

    public static EsxcliValue Statistics(EsxcliCall call)
    {
        var nic = Find(call);
        var seconds = nic.SpeedMb > 0 ? (long)Math.Max(0, (call.Estate.Clock.GetUtcNow() - call.Host.BootTime).TotalSeconds) : 0;
        var rate = 200 + (nic.Mac.Sum(letter => letter) % 1800);
        EsxcliField[] counted =
        [
            ("Packets received", seconds * rate), ("Packets sent", seconds * (rate * 2 / 3)), ("Bytes received", seconds * rate * 640), ("Bytes sent", seconds * (rate * 2 / 3) * 410),
            ("Receive packets dropped", 0), ("Transmit packets dropped", 0),
        ];
        EsxcliField[] kinds = call.IsAtLeast(6)
            ? [("Multicast packets received", seconds * 2), ("Broadcast packets received", seconds * 5), ("Multicast packets sent", 0), ("Broadcast packets sent", seconds / 9)]
            : [];
        string[] errors =
        [
            "Total receive errors", "Receive length errors", "Receive over errors", "Receive CRC errors", "Receive frame errors", "Receive FIFO errors", "Receive missed errors",
            "Total transmit errors", "Transmit aborted errors", "Transmit carrier errors", "Transmit FIFO errors", "Transmit heartbeat errors", "Transmit window errors",
        ];
        return new EsxcliRecord("NicStats", $"NIC statistics for {nic.Device}", [.. counted, .. kinds, .. errors.Select(name => new EsxcliField(name, 0))]);
    }

    /// <summary>Newer versions write a PCI address as others do; older ones with three digits for the bus.</summary>
    public static string Address(EsxcliCall call, string pci) => call.IsAtLeast(6) || pci.Length < 7 ? pci : pci.Insert(5, "0");

    private static EsxcliRecord Row(EsxcliCall call, LabPNic nic)
    {
        var link = IsUp(nic) ? "Up" : "Down";
        var fields = new List<EsxcliField> { ("Name", nic.Device), ("PCI Device", Address(call, nic.Pci)), ("Driver", nic.Driver) };
        if (call.IsAtLeast(6))
            fields.AddRange([("Admin Status", "Up"), ("Link Status", link), new EsxcliField("Link", link, InText: false)]);
        else
            fields.Add(("Link", link));
        if (call.IsAtLeast(8))
            fields.Add(new EsxcliField("DPUId", "N/A", InText: false));
        fields.AddRange(
        [
            ("Speed", IsUp(nic) ? nic.SpeedMb : 0), ("Duplex", IsUp(nic) ? "Full" : "Half"), ("MAC Address", nic.Mac), ("MTU", MtuOf(call.Host, nic)), ("Description", nic.Description),
        ]);
        return new EsxcliRecord("Nic", null, fields);
    }

    private static bool IsUp(LabPNic nic) => nic is { LinkUp: true, SpeedMb: > 0 };

    private static long MtuOf(LabHost host, LabPNic nic) =>
        host.VSwitches.Find(vswitch => vswitch.Active.Contains(nic.Device) || vswitch.Standby.Contains(nic.Device))?.Mtu ?? 1500;

    private static LabPNic Find(EsxcliCall call)
    {
        var name = call.Options.Text("--nic-name");
        return call.Host.PNics.Find(nic => nic.Device == name && !nic.PassthroughActive) ?? throw new EsxcliException($"Unable to find a NIC named {name}");
    }

    /// <summary>With a colon before the function, other than in lists.</summary>
    private static string BusInfo(LabPNic nic) => nic.Pci.Replace('.', ':');
}
