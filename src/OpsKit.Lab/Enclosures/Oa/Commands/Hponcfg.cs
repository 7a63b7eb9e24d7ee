using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures.Oa.Commands;

/// <summary><c>HPONCFG</c>: RIBCL for the iLOs of blades, in a heredoc. Resets are done, versions and names are told; the rest is taken and nothing comes of it.</summary>
internal static class Hponcfg
{
    public static void Run(OaCall call)
    {
        var begin = call.Rest.IndexOf('\n', StringComparison.Ordinal);
        if (begin < 0 || call.Rest.StartsWith("<<", StringComparison.Ordinal))
        {
            call.WrongUsage();
            return;
        }

        var script = call.Rest[begin..];
        foreach (var blade in Blades(call))
        {
            call.Line($"\nBay {blade.Bay}: \n----- START RIBCL RESULTS -----");
            call.Line("<?xml version=\"1.0\"?>\n<RIBCL VERSION=\"2.23\">\n<RESPONSE\n    STATUS=\"0x0000\"\n    MESSAGE='No error'\n     />");
            if (Asks(script, "GET_FW_VERSION"))
                call.Line($"<GET_FW_VERSION\n    FIRMWARE_VERSION = \"{ServerInfo.IloFirmware(blade).Split(' ')[0]}\"\n    MANAGEMENT_PROCESSOR = \"{ServerInfo.IloType(blade)}\"\n    />");
            if (Asks(script, "GET_SERVER_NAME"))
                call.Line($"<SERVER_NAME VALUE=\"{blade.Name}\" />");
            if (Asks(script, "RESET_RIB"))
            {
                call.Line("<INFORM>Integrated Lights-Out will reset at the end of the script.</INFORM>");
                BladePower.ResetIlo(call.Site, blade);
            }

            call.Line("</RIBCL>\n----- END RIBCL RESULTS -----");
        }
    }

    /// <summary>The blades in the bays of the first line, up to the marker's sign.</summary>
    private static List<LabHost> Blades(OaCall call)
    {
        var first = call.Rest.Split("<<")[0].Trim();
        var (bays, error) = BayList.Read(string.Concat(first.Split(' ')), call.Enclosure.DeviceBays);
        if (error is not null)
            call.Line($"\n{error}");
        lock (call.Site.Estate.Gate)
            return [.. bays.Select(call.Site.BladeIn).OfType<LabHost>()];
    }

    private static bool Asks(string script, string element) => script.Contains("<" + element, StringComparison.OrdinalIgnoreCase);
}
