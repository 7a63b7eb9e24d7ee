using System.Globalization;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures.Oa.Commands;

/// <summary><c>SHOW SERVER INFO</c>.</summary>
internal static class ServerInfo
{
    public static void Show(OaCall call)
    {
        foreach (var bay in call.DeviceBays(orAll: true))
        {
            call.Line();
            call.Line($"Server Blade #{bay} Information:");
            if (call.Site.BladeIn(bay) is { } blade)
                Show(call, blade);
            else if (call.Site.IsCovered(bay))
                call.Line($"\tServer Blade Type: Bay Subsumed by Bay {bay - call.Enclosure.DeviceBays / 2}");
            else
                call.Line("\tServer Blade Type: No Server Blade Installed");
        }
    }

    /// <summary>The management processor's name: the host's with <c>-ilo</c>.</summary>
    public static string IloName(LabHost blade) => blade.Name.Split('.')[0] + "-ilo";

    /// <summary>Which generation of it a blade has.</summary>
    public static string IloType(LabHost blade) => blade.Model.EndsWith("G7", StringComparison.Ordinal) ? "iLO3" : blade.Model.EndsWith("Gen10", StringComparison.Ordinal) ? "iLO5" : "iLO4";

    public static string IloFirmware(LabHost blade) => IloType(blade) switch
    {
        "iLO3" => "1.28 Jan 13 2012",
        "iLO4" => "2.55 Aug 16 2017",
        _ => "2.72 Sep 04 2022",
    };

    public static string RomVersion(LabHost blade) => IloType(blade) switch
    {
        "iLO3" => "I25 12/01/2011",
        "iLO4" => "I36 10/25/2017",
        _ => "I41 07/14/2022",
    };

    private static void Show(OaCall call, LabHost blade)
    {
        call.Line("\tType: Server Blade");
        call.Line($"\tManufacturer: {blade.Vendor}");
        call.Line($"\tProduct Name: {blade.Model}");
        call.Line("\tPart Number: 643764-B21     ");
        call.Line("\tSystem Board Spare Part Number: 640987-001");
        call.Line($"\tSerial Number: {blade.Serial}      ");
        call.Line($"\tUUID: {blade.Uuid.ToUpperInvariant()}");
        call.Line($"\tServer Name: {blade.Name}");
        call.Line("\tAsset Tag: [Unknown]");
        call.Line($"\tROM Version: {RomVersion(blade)}");
        if (call.Enclosure.NewerOa)
            call.Line("\tBoot Mode: UEFI");
        call.Line();
        for (var socket = 1; socket <= blade.Sockets; socket++)
            call.Line(string.Create(CultureInfo.InvariantCulture, $"\tCPU {socket}: {blade.CoresPerSocket}-Core Intel Xeon 2133 MHz"));
        call.Line(string.Create(CultureInfo.InvariantCulture, $"\tMemory: {blade.MemoryBytes >> 20} MB"));
        call.Line();
        Nics(call, blade);
        call.Line();
        call.Line("\tThis server does not contain any mezzanine cards");
        call.Line();
        call.Line("Management Processor Information:");
        call.Line($"\tType: {IloType(blade)}");
        call.Line($"\tName: {IloName(blade)}");
        call.Line($"\tFirmware Version: {IloFirmware(blade)}");
        call.Line($"\tIP Address: {ServerQueries.IloAddress(call, blade)}");
        call.Line($"\tMAC Address: {IloMac(blade)}");
        call.Line("\tPower Management Controller Version: 3.3");
    }

    /// <summary>Each 10 Gb port by its first function in older firmware, every FlexNIC by its own in newer.</summary>
    private static void Nics(OaCall call, LabHost blade)
    {
        var nics = FlexNic.Of(blade);
        if (!call.Enclosure.NewerOa)
        {
            call.Line("\tEmbedded Ethernet");
            foreach (var (nic, number) in nics.Where(nic => nic.Function == 0).Select((nic, index) => (nic, index + 1)))
                call.Line($"\t    NIC {number}: {nic.Nic.Mac.ToUpperInvariant()}");
            return;
        }

        foreach (var adapter in nics.GroupBy(nic => nic.Adapter))
        {
            call.Line($"\t{(adapter.First().OnBoard ? "FLB Adapter" : "FlexFabric Embedded Ethernet")} {adapter.Key}: {adapter.First().Nic.Description}");
            foreach (var nic in adapter)
                call.Line($"\t    Ethernet FlexNIC {nic.Name}: {nic.Nic.Mac.ToUpperInvariant()}");
        }
    }

    private static string IloMac(LabHost blade) => string.Create(CultureInfo.InvariantCulture, $"D4:85:64:0F:{blade.IloAddress?.GetAddressBytes()[2] ?? 0:X2}:{blade.Bay:X2}");
}
