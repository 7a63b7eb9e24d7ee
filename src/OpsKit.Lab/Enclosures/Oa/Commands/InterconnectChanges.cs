using OpsKit.Lab.Enclosures.VirtualConnect;
using OpsKit.Lab.Estate;
using OpsKit.Vim25;

namespace OpsKit.Lab.Enclosures.Oa.Commands;

/// <summary>What the Onboard Administrator does to interconnect modules.</summary>
internal static class InterconnectChanges
{
    public const string Reset = "RESET INTERCONNECT";

    private const string Bays = "{ ALL | <bay number> [{ , | - } <bay number>] }";

    public static IReadOnlyList<OaCommand> List { get; } =
    [
        OaCommand.Acting("RESTART INTERCONNECT", Bays, "Resets interconnect modules", Restart) with { Question = "Are you sure you want to reset the Interconnect?" },
        OaCommand.Acting(Reset, Bays, "Resets the E-Fuse of interconnect bays", ResetFuse),
        OaCommand.Acting("POWEROFF INTERCONNECT", Bays, "Powers interconnect modules off", call => Power(call, on: false)),
        OaCommand.Acting("POWERON INTERCONNECT", Bays, "Powers interconnect modules on", call => Power(call, on: true)),
        OaCommand.Acting("CONNECT INTERCONNECT", "<bay number>", "Connects to the serial console of an interconnect module", ConnectAsync) with { Kind = OperationKind.Session },
    ];

    private static void Restart(OaCall call)
    {
        foreach (var module in Modules(call, module => module.PoweredOn ? null : $"Interconnect tray in bay {module.Bay} is powered off."))
        {
            call.Line($"Resetting Interconnect tray in bay {module.Bay}...");
            call.Site.Syslog.Add($"Interconnect tray in bay {module.Bay} was reset by {call.Session.User}.");
            call.Site.Network.Reset(call.Enclosure, module);
        }
    }

    private static void ResetFuse(OaCall call)
    {
        foreach (var module in Modules(call))
        {
            call.Line($"Successfully reset the E-Fuse for interconnect bay {module.Bay}.");
            call.Site.Syslog.Add($"The E-Fuse of interconnect bay {module.Bay} was reset by {call.Session.User}.");
            call.Site.Network.Reset(call.Enclosure, module);
        }
    }

    private static void Power(OaCall call, bool on)
    {
        var word = on ? "on" : "off";
        foreach (var module in Modules(call, module => module.PoweredOn == on ? $"Interconnect module in bay {module.Bay} is already powered {word}." : null))
        {
            call.Line($"Powering {word} interconnect module in bay {module.Bay}.");
            call.Site.Syslog.Add($"Interconnect tray in bay {module.Bay} was powered {word} by {call.Session.User}.");
            call.Site.Network.SetPower(call.Enclosure, module, on);
        }
    }

    private static List<LabInterconnect> Modules(OaCall call, Func<LabInterconnect, string?>? refusal = null) =>
        call.Occupants(call.InterconnectBays(), call.Site.ModuleIn, "No interconnect module is installed in bay", refusal);

    private static async Task ConnectAsync(OaCall call, CancellationToken cancellationToken)
    {
        if (call.Session.Typed is not { } typed)
        {
            call.Line();
            call.Line("This command needs an interactive session.");
            return;
        }

        if (Modules(call) is not [{ } module, ..])
            return;
        call.Line("\nNOTICE: This pass-thru connection to the integrated I/O console");
        call.Line("is provided for convenience and does not supply additional access");
        call.Line("control.  For security reasons, use the password features of the");
        call.Line("integrated switch.\n");
        call.Line($"Connecting to integrated switch {module.Bay} at 115200,N81...");
        call.Line("Escape character is '<Ctrl>_' (Control + Shift + Underscore)\n");
        call.Text("Press [Enter] to display the switch console:");
        await call.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (await typed.ReadAsync(echo: true, cancellationToken).ConfigureAwait(false) is not null)
            await VcConsole.RunAsync(call.Site, module, typed, call.Session.WriteAsync, cancellationToken).ConfigureAwait(false);
    }
}
