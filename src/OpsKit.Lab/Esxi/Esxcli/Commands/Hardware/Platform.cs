using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;
using OpsKit.Lab.VCenter.Inventory;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Hardware;

/// <summary>The machine the host runs on, as vCenter has it, too.</summary>
internal static class Platform
{
    public static EsxcliValue Get(EsxcliCall call)
    {
        var system = HostHardware.Info(call.Host).SystemInfo!;
        var fields = new List<EsxcliField> { ("UUID", Bytes(call.Host.Uuid)), ("Product Name", system.Model ?? ""), ("Vendor Name", system.Vendor ?? ""), ("Serial Number", call.Host.Serial) };
        if (call.IsAtLeast(6, 5))
            fields.Add(("Enclosure Serial Number", call.Host.Enclosure?.Serial ?? call.Host.Serial));
        if (call.IsAtLeast(7))
            fields.Add(("BIOS Asset Tag", ""));
        fields.Add(("IPMI Supported", true));
        return new EsxcliRecord("PlatformGet", "Platform Information", fields);
    }

    public static EsxcliValue Cpus(EsxcliCall call)
    {
        var packages = HostHardware.Info(call.Host).CpuPkg;
        return EsxcliList.OfRecords(packages.SelectMany(package => package.ThreadId.Select(thread => new EsxcliRecord(
            "CPU", $"CPU:{thread}",
            [
                ("Id", thread), ("Package Id", package.Index ?? 0), ("Family", 6), ("Model", 46), ("Type", 0), ("Stepping", 6), ("Brand", "GenuineIntel"), ("Core Speed", package.Hz ?? 0),
                ("Bus Speed", package.BusHz ?? 0), ("APIC ID", $"0x{thread:x}"), ("Node", package.Index ?? 0), ("L2 Cache Size", 262144), ("L2 Cache Associativity", 8), ("L2 Cache Line Size", 64),
                ("L2 Cache CPU Count", 2), ("L3 Cache Size", 25165824), ("L3 Cache Associativity", 24), ("L3 Cache Line Size", 64), ("L3 Cache CPU Count", package.ThreadId.Count),
            ]))));
    }

    public static EsxcliValue CpuTotals(EsxcliCall call)
    {
        var cpu = HostHardware.Info(call.Host).CpuInfo!;
        return new EsxcliRecord(
            "CPUGlobal", ("CPU Packages", cpu.NumCpuPackages ?? 0), ("CPU Cores", cpu.NumCpuCores ?? 0), ("CPU Threads", cpu.NumCpuThreads ?? 0), ("Hyperthreading Active", true),
            ("Hyperthreading Supported", true), ("Hyperthreading Enabled", true), ("HV Support", 3), ("HV Replay Capable", true), ("HV Replay Disabled Reasons", EsxcliList.OfText([])));
    }

    public static EsxcliValue Memory(EsxcliCall call)
    {
        var fields = new List<EsxcliField> { ("Physical Memory", $"{call.Host.MemoryBytes} Bytes") };
        if (call.IsAtLeast(5, 5))
            fields.Add(("Reliable Memory", "0 Bytes"));
        fields.Add(("NUMA Node Count", call.Host.Sockets));
        return new EsxcliRecord("MemoryGet", null, fields);
    }

    private static string Bytes(string uuid) => string.Join(' ', uuid.Replace("-", "", StringComparison.Ordinal).Chunk(2).Select(pair => "0x" + new string(pair)));
}
