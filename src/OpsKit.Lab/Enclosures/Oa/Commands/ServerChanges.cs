using OpsKit.Lab.Estate;
using OpsKit.Vim25;

namespace OpsKit.Lab.Enclosures.Oa.Commands;

/// <summary>What the Onboard Administrator does to blades and their iLOs.</summary>
internal static class ServerChanges
{
    private const string Bays = "{ ALL | <bay number> [{ , | - } <bay number>] }";

    public static IReadOnlyList<OaCommand> List { get; } =
    [
        OaCommand.Acting("POWERON SERVER", Bays, "Powers server blades on", PowerOn),
        OaCommand.Acting("POWEROFF SERVER", Bays + " [FORCE]", "Powers server blades off", PowerOff),
        OaCommand.Acting("REBOOT SERVER", Bays + " [FORCE]", "Reboots server blades", Reboot),
        OaCommand.Acting("RESET SERVER", Bays, "Resets the E-Fuse of device bays: the power is cut", ResetFuse) with { Question = "Are you sure you want to reset the E-Fuse of the device bay?" },
        OaCommand.Acting("RESET ILO", Bays + " [FORCE]", "Resets the management processors of server blades", ResetIlo),
        OaCommand.Acting("CONNECT SERVER", "<bay number>", "Opens a session with the management processor of a server blade", NoConsole) with { Kind = OperationKind.Session },
        OaCommand.Acting("HPONCFG", "{ ALL | <bay number> } << <end marker>", "Sends RIBCL to the management processors of server blades", Hponcfg.Run),
    ];

    private static void PowerOn(OaCall call)
    {
        foreach (var blade in Blades(call, blade => blade.PoweredOn ? $"Blade {blade.Bay} is already powered on." : null))
        {
            call.Line($"Powering on blade {blade.Bay}.");
            BladePower.SwitchOn(call.Site, blade);
        }
    }

    private static void PowerOff(OaCall call)
    {
        foreach (var blade in Blades(call, blade => blade.PoweredOn ? null : $"Blade {blade.Bay} is currently powered off."))
        {
            call.Line($"Blade {blade.Bay} is powering down.");
            if (call.Has("FORCE"))
                BladePower.Cut(call.Site, blade, andOn: false);
            else
                BladePower.ShutDown(call.Site, blade);
        }
    }

    private static void Reboot(OaCall call)
    {
        foreach (var blade in Blades(call, blade => blade.PoweredOn ? null : $"Blade {blade.Bay} is currently powered off."))
        {
            call.Line(call.Has("FORCE") ? $"Forcing reboot of Blade {blade.Bay}" : $"Rebooting Blade {blade.Bay}");
            if (call.Has("FORCE"))
                BladePower.Cut(call.Site, blade, andOn: true);
            else
                BladePower.Restart(call.Site, blade);
        }
    }

    private static void ResetFuse(OaCall call)
    {
        foreach (var blade in Blades(call))
        {
            call.Line($"Successfully reset the E-Fuse for device bay {blade.Bay}.");
            call.Site.Syslog.Add($"The E-Fuse of device bay {blade.Bay} was reset by {call.Session.User}.");
            BladePower.Cut(call.Site, blade, andOn: true);
        }
    }

    private static void ResetIlo(OaCall call)
    {
        foreach (var blade in Blades(call))
        {
            call.Line(call.Enclosure.NewerOa ? $"Bay {blade.Bay}: Successfully reset iLO through Hardware reset" : "Successfully reset iLO through IPMI");
            call.Site.Syslog.Add($"iLO of the server blade in bay {blade.Bay} was reset by {call.Session.User}.");
            BladePower.ResetIlo(call.Site, blade);
        }
    }

    private static void NoConsole(OaCall call)
    {
        foreach (var blade in Blades(call))
            call.Line($"Connecting to bay {blade.Bay} failed: the management processor gives no console.");
    }

    private static List<LabHost> Blades(OaCall call, Func<LabHost, string?>? refusal = null) =>
        call.Occupants(call.DeviceBays(), call.Site.BladeIn, "No server blade is installed in bay", refusal);
}
