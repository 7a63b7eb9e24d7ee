using System.Globalization;

namespace OpsKit.Lab.Enclosures.Oa.Commands;

/// <summary>What the Onboard Administrator shows of the enclosure and the rack it is in.</summary>
internal static class EnclosureQueries
{
    private const string Bays = "{ ALL | <bay number> [{ , | - } <bay number>] }";

    public static IReadOnlyList<OaCommand> List { get; } =
    [
        OaCommand.Showing("SHOW ENCLOSURE FAN", Bays, "Displays information and status of the fans", Cooling.Fans),
        OaCommand.Showing("SHOW ENCLOSURE INFO", "", "Displays information about the enclosure", Info),
        OaCommand.Showing("SHOW ENCLOSURE LCD", "", "Displays information about the LCD screen", Lcd),
        OaCommand.Showing("SHOW ENCLOSURE POWER_SUMMARY", "", "Displays a summary of the enclosure's power", PowerSummary),
        OaCommand.Showing("SHOW ENCLOSURE POWERSUPPLY", Bays, "Displays information and status of the power supplies", PowerSupplies),
        OaCommand.Showing("SHOW ENCLOSURE STATUS", "", "Displays the status of the enclosure", Status),
        OaCommand.Showing("SHOW ENCLOSURE TEMP", "", "Displays the temperatures of the enclosure", Cooling.Temperatures),
        OaCommand.Showing("SHOW FRU", "", "Displays the field replaceable units", Fru),
        OaCommand.Showing("SHOW HEALTH", "", "Displays the health of the enclosure's parts", Health),
        OaCommand.Showing("SHOW RACK INFO", "", "Displays the enclosures of the rack", Rack),
        OaCommand.Showing("SHOW RACK NAME", "", "Displays the name of the rack", call => call.Line($"\nRack Name: {call.Enclosure.RackName}")),
        OaCommand.Showing("SHOW TOPOLOGY", "[IPV6]", "Displays the enclosures that are linked with this one", Topology),
        OaCommand.Showing("SHOW VCMODE", "", "Displays the mode of Virtual Connect", VcMode),
    ];

    private static void Info(OaCall call)
    {
        var enclosure = call.Enclosure;
        call.Line("\nEnclosure Information:");
        call.Line($"\tEnclosure Name: {enclosure.Name}");
        call.Line($"\tEnclosure Type: {enclosure.Type}");
        call.Line($"\tPart Number: {enclosure.PartNumber}");
        call.Line($"\tSerial Number: {enclosure.Serial}");
        call.Line($"\tUUID: {enclosure.Uuid}");
        call.Line("\tAsset Tag: ");
        call.Line("\tMidplane Spare Part Number: 519345-001");
        call.Line("\tSolutions ID: 0000000000000000");
        call.Line("\tPower Distribution Unit:");
        call.Line("\t\tPDU Type: HP Single Phase");
        call.Line("\t\tPDU Part Number: 413379-B21");
        call.Line("\t\tPDU Spare Part Number: 414051-001");
        call.Line("\tOnboard Administrator Tray Information:");
        call.Line("\t\tType: Onboard Administrator Tray");
        call.Line("\t\tSpare Part Number: 416000-001");
    }

    private static void Status(OaCall call)
    {
        call.Line("\nEnclosure:");
        call.Line("\tStatus: OK");
        call.Line("\tUnit Identification LED: Off");
        call.Line("\tDiagnostic Status:");
        call.Diagnosis("Internal Data", "OK");
        call.Line("\nOnboard Administrator:");
        call.Line("\tStatus: OK");
        call.Line("\nPower Subsystem:");
        call.Line("\tStatus: OK");
        call.Line("\tPower Mode: Redundant");
        call.Line("\tRedundancy State: Redundant");
        call.Line("\tPower Capacity: 7350 Watts DC");
        call.Line("\tPower Available: 3912 Watts DC");
        call.Line("\tPresent Power:  2214 Watts AC");
        Cooling.Subsystem(call);
    }

    private static void Lcd(OaCall call)
    {
        call.Line("\nInsight Display:");
        call.Line("\tManufacturer: HP");
        call.Line("\tPart Number: 519349-001");
        call.Line("\tStatus: OK");
        call.Line("\tLock Buttons: Disabled");
        call.Line("\tUSB Menu: Enabled");
    }

    private static void PowerSummary(OaCall call)
    {
        call.Line("\nEnclosure Bay Output Power Summary:");
        call.Line("\tPower Capacity: 7350 Watts DC");
        call.Line("\tPower Allocated: 3438 Watts DC");
        call.Line("\tPower Available: 3912 Watts DC");
        call.Line("\tPresent Power: 2214 Watts AC");
    }

    private static void PowerSupplies(OaCall call)
    {
        const int Count = 6;
        var (bays, error) = BayList.Read(call.BayArgument, Count);
        if (error is not null)
            call.Line($"\n{error}");
        foreach (var bay in bays)
        {
            call.Line($"\nPower Supply #{bay} Information:");
            call.Line("\tStatus: OK");
            call.Line("\tAC Input Status: OK");
            call.Line("\tCapacity: 2450 Watts");
            call.Line("\tCurrent Power Output: 369 Watts");
            call.Line("\tPart Number: 499243-B21");
        }
    }

    private static void Fru(OaCall call)
    {
        call.Line("\nEnclosure");
        call.Line($"\tModel: {call.Enclosure.Type}");
        call.Line("\tManufacturer: HP");
        call.Line($"\tSerial Number: {call.Enclosure.Serial}");
        call.Line($"\tPart Number: {call.Enclosure.PartNumber}");
        foreach (var oa in call.Enclosure.Oas)
        {
            call.Line($"\nOnboard Administrator {oa.Bay}");
            call.Line("\tModel: BladeSystem c7000 DDR2 Onboard Administrator with KVM");
            call.Line("\tManufacturer: HP");
            call.Line($"\tSerial Number: {oa.Serial}");
            call.Line($"\tFirmware Version: {call.Enclosure.OaFirmware.Split(' ')[0]}");
        }

        foreach (var module in call.Enclosure.Interconnects)
        {
            call.Line($"\nInterconnect {module.Bay}");
            call.Line($"\tModel: {module.ProductName}");
            call.Line($"\tManufacturer: {module.Manufacturer}");
            call.Line($"\tSerial Number: {module.Serial}");
            call.Line($"\tPart Number: {module.PartNumber}");
        }
    }

    private static void Health(OaCall call)
    {
        call.Line("\nEnclosure Health: OK");
        for (var bay = 1; bay <= call.Enclosure.DeviceBays; bay++)
        {
            if (call.Site.BladeIn(bay) is not null)
                call.Line($"\tDevice Bay {bay}: OK");
        }

        foreach (var module in call.Enclosure.Interconnects)
            call.Line($"\tInterconnect Bay {module.Bay}: {SeenModule.Of(call.Site, module).Health}");
    }

    private static void Rack(OaCall call)
    {
        call.Line($"\nRack Name: {call.Enclosure.RackName}");
        call.Line($"Rack UUID: 09{call.Enclosure.RackName}");
        call.Line("\nEnclosure Name                   Serial Number   Position");
        call.Line("-------------------------------- --------------- --------");
        call.Line(string.Create(CultureInfo.InvariantCulture, $"{call.Enclosure.Name.Fit(32)} {call.Enclosure.Serial,-15} 1"));
    }

    private static void Topology(OaCall call)
    {
        call.Line("\nDetecting linked enclosures ....\n");
        call.Line("Rack Topology (top-down)");
        call.Line($"Rack UUID: 09{call.Enclosure.RackName}");
        call.Line($"Rack Name: {call.Enclosure.RackName}\n");
        call.Line("Enclosure Name                   Status   Local IP Address      UUID");
        call.Line("-------------------------------- -------- ----- --------------- ----------------");
        call.Line($"{call.Enclosure.Name.Fit(32)} {"OK",-8} {"Yes",-5} {call.Oa.Address,-15} {call.Enclosure.Uuid}");
    }

    /// <summary>The address is that of the module that runs Virtual Connect Manager; while it restarts and none has taken over, none is shown.</summary>
    private static void VcMode(OaCall call)
    {
        var primary = call.Enclosure.Interconnects.Find(module => module.IsPrimary);
        call.Line();
        call.Line($"Virtual Connect Mode: {(call.Enclosure.VcDomain.Length > 0 ? "Enabled" : "Disabled")}");
        if (call.Enclosure.VcDomain.Length == 0)
            return;
        call.Line($"Virtual Connect Domain Name: {call.Enclosure.VcDomain}");
        call.Line($"Virtual Connect Domain ID: {call.Enclosure.Serial.ToLowerInvariant()}");
        call.Line($"Virtual Connect Manager: {(primary is not null && !SeenModule.Of(call.Site, primary).IsAway ? $"https://{primary.Address}" : "Unavailable")}");
    }
}
