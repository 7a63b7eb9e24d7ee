using OpsKit.Lab.Doors;
using OpsKit.Lab.Enclosures.Lines;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures.VirtualConnect;

/// <summary>The Virtual Connect Manager command line of a module. Only the module that runs the manager answers more than that it does not.</summary>
internal sealed class VcShell(EnclosureSite site, LabInterconnect module) : IShellEndpoint
{
    public const string Prompt = "->";

    private static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    public string Name => NameOf(site, module);

    public string? FileSystemRoot => null;

    public static string NameOf(EnclosureSite site, LabInterconnect module) => $"{site.Enclosure.Name}-bay{module.Bay}";

    public static string Banner(LabEnclosure enclosure)
    {
        var firmware = enclosure.Interconnects.Find(module => module.IsPrimary)?.Firmware ?? "";
        var old = firmware.StartsWith('3');
        var ruler = new string('-', 79);
        return $"""
            {ruler}
            {(old ? "HP" : "HPE")} Virtual Connect Management CLI v{firmware}
            Build: {firmware}-1 (r{firmware.Replace(".", "", StringComparison.Ordinal)}) {(old ? "Aug 24 2011" : "Mar 14 2018")}
            {(old ? "(C) Copyright 2006-2011 Hewlett-Packard Development Company, L.P." : "(C) Copyright 2006-2018 Hewlett Packard Enterprise Development LP")}
            All Rights Reserved
            {ruler}

            """.ReplaceLineEndings("\n");
    }

    public bool Accepts(string user, string password)
    {
        lock (site.Estate.Gate)
            return site.Enclosure.VcAccounts.Exists(account => account.User == user && account.Password == password);
    }

    public async Task<ShellOutcome> ExecuteAsync(string user, string command, Stream input, Stream output, Stream error, CancellationToken cancellationToken)
    {
        var answer = new VcInterpreter(site, module, user).Answer(command);
        await output.WriteTextAsync(answer, cancellationToken).ConfigureAwait(false);
        return new ShellOutcome(answer.StartsWith("ERROR", StringComparison.Ordinal) ? 1 : 0);
    }

    public async Task<ShellOutcome> ShellAsync(string user, Stream input, Stream output, CancellationToken cancellationToken)
    {
        var typed = new TypedLines(input, output, site.Clock) { Idle = Idle };
        await ConverseAsync(site, module, user, typed, output.WriteTextAsync, cancellationToken).ConfigureAwait(false);
        return new ShellOutcome(0);
    }

    /// <summary>The conversation after a login.</summary>
    internal static async Task ConverseAsync(
        EnclosureSite site, LabInterconnect module, string user, TypedLines typed, Func<string, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var interpreter = new VcInterpreter(site, module, user);
        string greeting;
        lock (site.Estate.Gate)
            greeting = $"{Banner(site.Enclosure)}\n{VcInterpreter.GettingStarted}\n{(module.IsPrimary ? "" : VcInterpreter.NotHere + "\n\n")}";
        await write(greeting.ReplaceLineEndings("\n"), cancellationToken).ConfigureAwait(false);
        try
        {
            while (!interpreter.Ended)
            {
                await write(Prompt, cancellationToken).ConfigureAwait(false);
                if (await typed.ReadAsync(echo: true, cancellationToken).ConfigureAwait(false) is not { } line)
                    return;
                await write(interpreter.Answer(line).ReplaceLineEndings("\n"), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TimeoutException)
        {
            await write("\nERROR: Session timed out\n", cancellationToken).ConfigureAwait(false);
        }
    }
}
