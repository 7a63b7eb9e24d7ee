using System.Globalization;
using OpsKit.Lab.Estate;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>The hardware of hosts.</summary>
internal static class HostHardware
{
    public const int Mhz = 2600;

    public static int Cores(LabHost host) => host.Sockets * host.CoresPerSocket;

    public static string CpuModel(LabHost host) => host.Model.EndsWith("G7", StringComparison.Ordinal)
        ? "Intel(R) Xeon(R) CPU           E7- 2830  @ 2.13GHz"
        : "Intel(R) Xeon(R) Gold 6142 CPU @ 2.60GHz";

    public static IReadOnlyList<HostSystemIdentificationInfo> Identification(LabHost host) =>
    [
        Identifier("AssetTag", "Asset Tag", "Asset tag of the system", ""),
        Identifier("ServiceTag", "Service tag", "Service tag of the system", host.Serial),
    ];

    public static HostHardwareInfo Info(LabHost host) => new()
    {
        SystemInfo = new HostSystemInfo { Vendor = host.Vendor, Model = host.Model, Uuid = host.Uuid, OtherIdentifyingInfo = Identification(host), SerialNumber = host.Serial },
        CpuInfo = new HostCpuInfo
        {
            NumCpuPackages = (short)host.Sockets, NumCpuCores = (short)Cores(host), NumCpuThreads = (short)(Cores(host) * 2), Hz = Mhz * 1_000_000L,
        },
        CpuPkg = [.. Enumerable.Range(0, host.Sockets).Select(index => Package(host, index))],
        MemorySize = host.MemoryBytes,
        SmcPresent = false,
        PciDevice = [.. host.PNics.Select(Device)],
        BiosInfo = new HostBIOSInfo { BiosVersion = host.Model.EndsWith("G7", StringComparison.Ordinal) ? "I25" : "U30", Vendor = host.Vendor, ReleaseDate = new DateTimeOffset(2011, 5, 1, 0, 0, 0, TimeSpan.Zero) },
    };

    private static HostSystemIdentificationInfo Identifier(string key, string label, string summary, string value) =>
        new() { IdentifierValue = value, IdentifierType = new ElementDescription { Key = key, Label = label, Summary = summary } };

    private static HostCpuPackage Package(LabHost host, int index)
    {
        var threads = host.CoresPerSocket * 2;
        return new HostCpuPackage
        {
            Index = (short)index, Vendor = "intel", Hz = Mhz * 1_000_000L, BusHz = 100_000_000, Description = CpuModel(host),
            ThreadId = [.. Enumerable.Range(index * threads, threads).Select(thread => (short)thread)],
        };
    }

    private static HostPciDevice Device(LabPNic nic)
    {
        var emulex = nic.Description.StartsWith("Emulex", StringComparison.Ordinal) || nic.Driver is "be2net" or "elxnet";
        return new HostPciDevice
        {
            Id = nic.Pci,
            ClassId = 0x200,
            Bus = unchecked((sbyte)byte.Parse(nic.Pci.AsSpan(5, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
            Slot = sbyte.Parse(nic.Pci.AsSpan(8, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            Function = sbyte.Parse(nic.Pci.AsSpan(11), CultureInfo.InvariantCulture),
            VendorId = unchecked((short)(emulex ? 0x19a2 : 0x8086)),
            SubVendorId = 0x103c,
            VendorName = emulex ? "Emulex Corporation" : "Intel Corporation",
            DeviceId = emulex ? (short)0x710 : (short)0x1572,
            SubDeviceId = 0x3315,
            ParentBridge = $"{nic.Pci[..5]}00:{(nic.Pci[6] == '4' ? "03" : "07")}.0",
            DeviceName = nic.Description,
            DeviceClassName = "Ethernet controller",
        };
    }
}
