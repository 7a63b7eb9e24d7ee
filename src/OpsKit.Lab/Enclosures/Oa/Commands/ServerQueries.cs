using System.Globalization;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures.Oa.Commands;

/// <summary>What the Onboard Administrator shows of blades.</summary>
internal static class ServerQueries
{
    private const string Bays = "{ ALL | <bay number> [{ , | - } <bay number>] }";

    private static readonly string[] Diagnostics = ["Internal Data", "Management Processor", "I/O Configuration", "Power", "Cooling", "Device Failure", "Device Degraded", "iLO Network", "Mezzanine Card"];

    public static IReadOnlyList<OaCommand> List { get; } =
    [
        OaCommand.Showing("SHOW SERVER BOOT", Bays, "Displays the boot settings of server blades", Boot),
        OaCommand.Showing("SHOW SERVER INFO", Bays, "Displays information about server blades", ServerInfo.Show),
        OaCommand.Showing("SHOW SERVER LIST", "", "Displays all server blades with their management processors", call => Table(call, iLos: true)),
        OaCommand.Showing("SHOW SERVER NAMES", "", "Displays all server blades with their names", call => Table(call, iLos: false)),
        OaCommand.Showing("SHOW SERVER PORT MAP", Bays, "Displays where the ports of server blades lead", PortMap),
        OaCommand.Showing("SHOW SERVER POWERDELAY", Bays, "Displays the power delay of server blades", PowerDelay),
        OaCommand.Showing("SHOW SERVER STATUS", Bays, "Displays the status of server blades", Status),
        OaCommand.Showing("SHOW SERVER TEMP", Bays, "Displays the temperatures of server blades", Temperature),
    ];

    private static void Table(OaCall call, bool iLos)
    {
        call.Line();
        call.Line(iLos ? "Bay iLO Name                      iLO IP Address  Status   Power   UID Partner" : "Bay Server Name                                       Serial Number   Status   Power   UID Partner");
        call.Line(iLos ? "--- ----------------------------- --------------- -------- ------- --- -------" : "--- ------------------------------------------------- --------------- -------- ------- --- -------");
        var (installed, on) = (0, 0);
        for (var bay = 1; bay <= call.Enclosure.DeviceBays; bay++)
        {
            if (call.Site.BladeIn(bay) is not { } blade)
            {
                call.Line(string.Create(CultureInfo.InvariantCulture, $"{bay,3} {(call.Site.IsCovered(bay) ? "[Subsumed]" : "[Absent]").PadRight(iLos ? 29 : 49)} "));
                continue;
            }

            installed++;
            on += blade.PoweredOn ? 1 : 0;
            var named = iLos
                ? $"{ServerInfo.IloName(blade).Fit(29)} {IloAddress(call, blade),-15}"
                : $"{blade.Name.Fit(49)} {blade.Serial.Fit(15)}";
            call.Line(string.Create(CultureInfo.InvariantCulture, $"{bay,3} {named} {"OK",-8} {(blade.PoweredOn ? "On" : "Off"),-7} Off "));
        }

        call.Line($"Totals: {installed} server blades installed, {on} powered on.");
    }

    public static string IloAddress(OaCall call, LabHost blade) =>
        blade.IloAddress is { } address && call.Site.Network.IsReachable(address) ? address.ToString() : SeenModule.NoAddress;

    private static void Status(OaCall call)
    {
        foreach (var bay in call.DeviceBays(orAll: true))
        {
            call.Line($"Blade #{bay} Status:");
            if (call.Site.BladeIn(bay) is not { } blade)
            {
                call.Line(call.Site.IsCovered(bay) ? $"\tPower: Subsumed into bay {bay - call.Enclosure.DeviceBays / 2}" : "\tPower: No Server Blade Installed");
                continue;
            }

            call.Line($"\tPower: {(blade.PoweredOn ? "On" : "Off")}");
            call.Line($"\tCurrent Wattage used: {(blade.PoweredOn ? 180 + bay * 7 : 21)}");
            call.Line("\tHealth: OK");
            call.Line("\tUnit Identification LED: Off");
            call.Line($"\tVirtual Fan: {(blade.PoweredOn ? 28 + bay : 14)}%");
            call.Line("\tDiagnostic Status:");
            foreach (var part in Diagnostics)
                call.Diagnosis(part, part == "iLO Network" && IloAddress(call, blade) == SeenModule.NoAddress ? "Other" : "OK");
        }
    }

    private static void PortMap(OaCall call)
    {
        foreach (var bay in call.DeviceBays(orAll: true))
        {
            call.Line();
            if (call.Site.BladeIn(bay) is not { } blade)
            {
                call.Line($"Blade #{bay} Port Mapping: {(call.Site.IsCovered(bay) ? "[Subsumed]" : "[Absent]")}");
                continue;
            }

            call.Line($"Blade #{bay} Port Mapping: {blade.Model}");
            call.Line("\tAdapter    Port        Interconnect Bay  Interconnect Port  Device ID");
            call.Line("\t---------  ----------  ----------------  -----------------  -----------------");
            foreach (var nic in FlexNic.Of(blade))
            {
                call.Line(string.Create(
                    CultureInfo.InvariantCulture,
                    $"\t{nic.Slot + " " + nic.Adapter,-9}  {nic.Name,-10}  {nic.InterconnectBay,16}  {"d" + bay.ToString(CultureInfo.InvariantCulture),17}  {nic.Nic.Mac.ToUpperInvariant()}"));
            }

            call.Line("\tMEZZ 1     No mezzanine card");
            call.Line("\tMEZZ 2     No mezzanine card");
        }
    }

    private static void Boot(OaCall call)
    {
        foreach (var bay in call.DeviceBays(orAll: true))
        {
            call.Line();
            call.Line($"Server Blade #{bay} Boot Information:");
            if (call.Site.BladeIn(bay) is null)
            {
                call.Line("\tServer Blade Type: No Server Blade Installed");
                continue;
            }

            call.Line("\tOne Time Boot: None");
            call.Line("\tIPL Devices (Boot Order):");
            call.Line("\t\t1: CD-ROM");
            call.Line("\t\t2: Hard Drive C:");
            call.Line("\t\t3: PXE NIC 1");
        }
    }

    private static void PowerDelay(OaCall call)
    {
        var bays = call.DeviceBays(orAll: true);
        if (bays.Count == 0)
            return;
        call.Line();
        call.Line("Bay Server Name                                       Power Delay");
        call.Line("--- ------------------------------------------------- -----------");
        foreach (var bay in bays)
            call.Line(string.Create(CultureInfo.InvariantCulture, $"{bay,3} {(call.Site.BladeIn(bay)?.Name ?? "[Absent]").Fit(49)} No Delay"));
    }

    private static void Temperature(OaCall call)
    {
        foreach (var bay in call.DeviceBays(orAll: true))
        {
            call.Line();
            call.Line($"Device Bay #{bay} Temperature Information");
            if (call.Site.BladeIn(bay) is null)
            {
                call.Line("\tNo Server Blade Installed");
                continue;
            }

            call.Line("Locale                 Temp Status      Temp    Caution   Critical ");
            call.Line("---------------------- -----------    --------  -------   -------- ");
            call.Line("Ambient Zone           OK               20C/ 68F    42C       46C");
            call.Line("CPU 1                  OK               40C/104F    70C       75C");
        }
    }
}
