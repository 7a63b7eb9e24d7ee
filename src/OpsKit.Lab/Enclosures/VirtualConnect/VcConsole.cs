using OpsKit.Lab.Enclosures.Lines;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures.VirtualConnect;

/// <summary>The serial console of a module, as the Onboard Administrator connects it: a login of its own, then the same command line.</summary>
internal static class VcConsole
{
    private const byte ControlUnderscore = 31;
    private const int Attempts = 3;

    /// <summary>Ends with the module's <c>exit</c> or Ctrl-_, and leaves the session it was called from open.</summary>
    public static async Task RunAsync(EnclosureSite site, LabInterconnect module, TypedLines typed, Func<string, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        typed.LeavingKey = ControlUnderscore;
        try
        {
            for (var attempt = 1; attempt <= Attempts; attempt++)
            {
                await write($"\n{SeenModule.Of(site, module).AssignedName} login: ", cancellationToken).ConfigureAwait(false);
                if (await typed.ReadAsync(echo: true, cancellationToken).ConfigureAwait(false) is not { } user)
                    return;
                await write("Password: ", cancellationToken).ConfigureAwait(false);
                if (await typed.ReadAsync(echo: false, cancellationToken).ConfigureAwait(false) is not { } password)
                    return;
                if (new VcShell(site, module).Accepts(user, password))
                {
                    await VcShell.ConverseAsync(site, module, user, typed, write, cancellationToken).ConfigureAwait(false);
                    return;
                }

                await write("\nLogin incorrect\n", cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            typed.LeavingKey = null;
        }
    }
}
