using System.Globalization;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures.Oa.Commands;

/// <summary>Which firmware the enclosure's parts run.</summary>
internal static class FirmwareQueries
{
    public static IReadOnlyList<OaCommand> List { get; } =
    [
        OaCommand.Showing("SHOW FIRMWARE", "", "Displays the firmware of the enclosure's parts", Summary),
        OaCommand.Showing("SHOW FIRMWARE SUMMARY", "", "Displays a summary of the firmware of the enclosure's parts", Summary),
        OaCommand.Showing("SHOW FIRMWARE SUMMARY CSV", "", "Displays the same as comma separated values", Csv),
        OaCommand.Showing("SHOW SERVER FIRMWARE", "{ ALL | <bay number> [{ , | - } <bay number>] }", "Displays the firmware of server blades", Servers),
    ];

    private static void Summary(OaCall call)
    {
        call.Line("\nEnclosure Firmware Summary");
        call.Line("\nOnboard Administrator Firmware Information\n");
        call.Line("Bay Device Model                                              Firmware Version");
        call.Line("--- --------------------------------------------------------- ----------------");
        foreach (var oa in call.Enclosure.Oas)
            call.Line(string.Create(CultureInfo.InvariantCulture, $"{oa.Bay,3} {"BladeSystem c7000 DDR2 Onboard Administrator with KVM".Fit(57)} {call.Enclosure.OaFirmware.Split(' ')[0]}"));
        call.Line("\nInterconnect Firmware Information\n");
        call.Line("Bay Device Model                                              Firmware Version");
        call.Line("--- --------------------------------------------------------- ----------------");
        foreach (var seen in Modules(call))
            call.Line(string.Create(CultureInfo.InvariantCulture, $"{seen.Module.Bay,3} {seen.Module.ProductName.Fit(57)} {seen.Firmware ?? "N/A"}"));
        call.Line("\nDevice Firmware Information");
        foreach (var blade in Blades(call))
            Blade(call, blade);
    }

    private static void Csv(OaCall call)
    {
        call.Line("\nType,Bay,Model,Component,Version");
        foreach (var oa in call.Enclosure.Oas)
            call.Line($"Onboard Administrator,{oa.Bay},BladeSystem c7000 DDR2 Onboard Administrator with KVM,Firmware,{call.Enclosure.OaFirmware.Split(' ')[0]}");
        foreach (var seen in Modules(call))
            call.Line($"Interconnect,{seen.Module.Bay},{seen.Module.ProductName},Firmware,{seen.Firmware ?? "N/A"}");
        foreach (var blade in Blades(call))
        {
            call.Line($"Device,{blade.Bay},{blade.Model},System ROM,{ServerInfo.RomVersion(blade)}");
            call.Line($"Device,{blade.Bay},{blade.Model},{ServerInfo.IloType(blade)},{ServerInfo.IloFirmware(blade)}");
        }
    }

    private static void Servers(OaCall call)
    {
        foreach (var bay in call.DeviceBays(orAll: true))
        {
            if (call.Site.BladeIn(bay) is { } blade)
                Blade(call, blade);
            else
                call.Line($"\nDevice Bay: {bay}\n\tNo Server Blade Installed");
        }
    }

    private static void Blade(OaCall call, LabHost blade)
    {
        call.Line($"\nDevice Bay: {blade.Bay}");
        call.Line($"Device Model: {blade.Model}");
        call.Line("Firmware Component                 Current Version");
        call.Line("---------------------------------- --------------------");
        call.Line($"{"System ROM",-34} {ServerInfo.RomVersion(blade)}");
        call.Line($"{ServerInfo.IloType(blade),-34} {ServerInfo.IloFirmware(blade)}");
        call.Line($"{"Power Management Controller",-34} 3.3");
    }

    private static IEnumerable<SeenModule> Modules(OaCall call) => call.Enclosure.Interconnects.Select(module => SeenModule.Of(call.Site, module));

    private static IEnumerable<LabHost> Blades(OaCall call) => Enumerable.Range(1, call.Enclosure.DeviceBays).Select(call.Site.BladeIn).OfType<LabHost>();
}
