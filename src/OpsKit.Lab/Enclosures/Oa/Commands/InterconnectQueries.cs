using System.Globalization;

namespace OpsKit.Lab.Enclosures.Oa.Commands;

/// <summary>What the Onboard Administrator shows of interconnect modules.</summary>
internal static class InterconnectQueries
{
    private const string Bays = "{ ALL | <bay number> [{ , | - } <bay number>] }";

    private static readonly string[] Diagnostics = ["Internal Data", "Management Processor", "Thermal Warning", "Thermal Danger", "I/O Configuration", "Power", "Device Failure", "Device Degraded"];

    public static IReadOnlyList<OaCommand> List { get; } =
    [
        OaCommand.Showing("SHOW INTERCONNECT", Bays, "Displays information and status of interconnect modules", call =>
        {
            Info(call);
            Status(call);
        }),
        OaCommand.Showing("SHOW INTERCONNECT INFO", Bays, "Displays information about interconnect modules", Info),
        OaCommand.Showing("SHOW INTERCONNECT LIST", "", "Displays all interconnect modules and their overall status", Table),
        OaCommand.Showing("SHOW INTERCONNECT PORT MAP", Bays, "Displays which device ports lead to an interconnect module", InterconnectPortMap.Show),
        OaCommand.Showing("SHOW INTERCONNECT POWERDELAY", Bays, "Displays the power delay of interconnect modules", PowerDelay),
        OaCommand.Showing("SHOW INTERCONNECT SESSIONS", "", "Displays who has a serial console of an interconnect module", Sessions),
        OaCommand.Showing("SHOW INTERCONNECT STATUS", Bays, "Displays the status of interconnect modules", Status),
    ];

    private static void Info(OaCall call)
    {
        var bays = call.InterconnectBays(orAll: true);
        if (bays.Count > 0)
            call.Line();
        foreach (var bay in bays)
        {
            if (call.Site.ModuleIn(bay) is { } module)
                Info(call, SeenModule.Of(call.Site, module));
            else
                call.Line($"{bay}. <absent>");
        }
    }

    private static void Info(OaCall call, SeenModule seen)
    {
        var module = seen.Module;
        call.Line($"{module.Bay}. {seen.Type} ");
        call.Line($"\tProduct Name: {module.ProductName}");
        call.Line("\tWidth: Single");
        call.Line($"\tURL to Management interface: {(module.Ethernet && !seen.IsAway ? $"http://{seen.Address}" : "")}");
        call.Line($"\tIn-Band IPv4 Address: {seen.Address}");
        if (call.Enclosure.NewerOa)
        {
            call.Line("\tEBIPA Address: ");
            call.Line("\tDHCPv6 Address: ");
        }

        call.Line($"\tUser Assigned Name: {(seen.IsVirtualConnect ? seen.AssignedName : "")}");
        call.Line($"\tPart Number: {module.PartNumber}");
        call.Line($"\tSpare Part Number: {module.SparePartNumber}");
        call.Line($"\tSerial Number: {module.Serial}");
        call.Line("\tTemperature Sensor: Present");
        call.Line("\tJS2 Connector: Absent");
        call.Line("\tInternal Ethernet Interface to OA: Present");
        call.Line("\tInternal Ethernet Route to OA: Enabled");
        call.Line($"\tInternal Serial Interface to OA: {(module.Ethernet ? "Present" : "Absent")}");
        call.Line("\tInternal Serial Route to OA: Enabled");
        if (module.Ethernet)
            call.Line("\tSerial Port Baud Rate: 115200");
        call.Line("\tExternal Serial Port Interface: Absent");
        call.Line("\tExternal Ethernet Interface: Absent");
        call.Line($"\tManufacturer: {module.Manufacturer}");
        if (seen.Firmware is { } firmware)
            call.Line($"\tFirmware Version: {firmware}");
        call.Line();
    }

    private static void Status(OaCall call)
    {
        foreach (var bay in call.InterconnectBays(orAll: true))
        {
            call.Line();
            call.Line($"Interconnect Module #{bay} Status:");
            if (call.Site.ModuleIn(bay) is not { } module)
            {
                call.Line("\tInterconnect Module Type: No Interconnect Module Installed");
                continue;
            }

            var seen = SeenModule.Of(call.Site, module);
            call.Line($"\tStatus: {seen.Health}");
            call.Line("\tThermal: OK");
            call.Line("\tCPU Fault: OK");
            call.Line($"\tHealth LED: {seen.Health}");
            call.Line("\tUID: Off");
            call.Line($"\tPowered: {seen.Power}");
            call.Line("\tDiagnostic Status:");
            foreach (var part in Diagnostics.Where(part => module.Ethernet || part != "Management Processor"))
                call.Diagnosis(part, seen.Diagnosis(part));
        }
    }

    private static void Table(OaCall call)
    {
        call.Line();
        call.Line("Bay Interconnect Type Manufacturer         Power   Health    UID Management IP");
        call.Line("--- ----------------- -------------------- ------- --------- --- ---------------");
        var (installed, on) = (0, 0);
        for (var bay = 1; bay <= call.Enclosure.InterconnectBays; bay++)
        {
            if (call.Site.ModuleIn(bay) is not { } module)
            {
                call.Line(string.Create(CultureInfo.InvariantCulture, $"{bay,3} [Absent]"));
                continue;
            }

            var seen = SeenModule.Of(call.Site, module);
            installed++;
            on += seen.IsOff ? 0 : 1;
            call.Line(string.Create(CultureInfo.InvariantCulture, $"{bay,3} {seen.Type,-17} {module.Manufacturer.Fit(20)} {seen.Power,-7} {seen.Health,-9} Off {seen.Address}"));
        }

        call.Line($"Totals: {installed} interconnect modules installed, {on} powered on.");
    }

    private static void PowerDelay(OaCall call)
    {
        var bays = call.InterconnectBays(orAll: true);
        if (bays.Count == 0)
            return;
        call.Line();
        call.Line("Bay Interconnect Type               Power Delay");
        call.Line("--- ------------------------------- -----------");
        foreach (var bay in bays)
            call.Line(string.Create(CultureInfo.InvariantCulture, $"{bay,3} {(call.Site.ModuleIn(bay) is { } module ? SeenModule.Of(call.Site, module).Type : "[Absent]"),-31} No Delay"));
    }

    private static void Sessions(OaCall call)
    {
        call.Line();
        call.Line("Interconnect Bay  Session Status");
        call.Line("----------------  --------------");
        for (var bay = 1; bay <= call.Enclosure.InterconnectBays; bay++)
            call.Line(string.Create(CultureInfo.InvariantCulture, $"{bay,16}  No Session"));
    }
}
