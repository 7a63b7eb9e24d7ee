using System.Globalization;

namespace OpsKit.Lab.Enclosures.Oa.Commands;

/// <summary><c>SHOW INTERCONNECT PORT MAP</c>: which ports of blades lead to a module. No capture of the real one is known.</summary>
internal static class InterconnectPortMap
{
    public static void Show(OaCall call)
    {
        foreach (var bay in call.InterconnectBays(orAll: true))
        {
            call.Line();
            if (call.Site.ModuleIn(bay) is not { } module)
            {
                call.Line($"{bay}: <absent>");
                continue;
            }

            call.Line($"{bay}: {module.ProductName}");
            call.Line($"\tType: {SeenModule.Of(call.Site, module).Type}");
            call.Line("\tWidth: Single");
            call.Line($"\tStatus: {SeenModule.Of(call.Site, module).Health}");
            call.Line("\tPort  Device Bay  Adapter  Adapter Port  Status   Device ID");
            call.Line("\t----  ----------  -------  ------------  -------  -----------------");
            for (var device = 1; device <= call.Enclosure.DeviceBays; device++)
                Blade(call, bay, device);
        }
    }

    private static void Blade(OaCall call, int bay, int device)
    {
        if (call.Site.BladeIn(device) is not { } blade)
        {
            call.Line(string.Create(CultureInfo.InvariantCulture, $"\td{device,-4} {(call.Site.IsCovered(device) ? "[Subsumed]" : "[Absent]")}"));
            return;
        }

        foreach (var nic in FlexNic.Of(blade).Where(nic => nic.InterconnectBay == bay && nic.Function == 0))
        {
            call.Line(string.Create(
                CultureInfo.InvariantCulture, $"\td{device,-4} {device,10}  {nic.Slot + nic.Adapter,-7}  {nic.Port,12}  {"OK",-7}  {nic.Nic.Mac.ToUpperInvariant()}"));
        }
    }
}
