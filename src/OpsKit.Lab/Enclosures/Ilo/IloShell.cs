using System.Globalization;
using OpsKit.Lab.Doors;
using OpsKit.Lab.Enclosures.Lines;
using OpsKit.Lab.Enclosures.Oa.Commands;
using OpsKit.Lab.Estate;
using OpsKit.Vim25;

namespace OpsKit.Lab.Enclosures.Ilo;

/// <summary>The SMASH command line of a blade's iLO, as far as it is of use here: looking, power, and its own reset.</summary>
internal sealed class IloShell(EnclosureSite site, LabHost blade) : IShellEndpoint
{
    private const string Prompt = "</>hpiLO-> ";

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    public string Name => ServerInfo.IloName(blade);

    public string? FileSystemRoot => null;

    public bool Accepts(string user, string password)
    {
        lock (site.Estate.Gate)
            return site.Enclosure.Accounts.Exists(account => account.User == user && account.Password == password);
    }

    public async Task<ShellOutcome> ExecuteAsync(string user, string command, Stream input, Stream output, Stream error, CancellationToken cancellationToken)
    {
        await output.WriteTextAsync(Answer(user, command), cancellationToken).ConfigureAwait(false);
        return new ShellOutcome(0);
    }

    public async Task<ShellOutcome> ShellAsync(string user, Stream input, Stream output, CancellationToken cancellationToken)
    {
        var typed = new TypedLines(input, output, site.Clock) { Idle = Idle };
        var greeting = $"User:{user} logged-in to {Name}(127.0.0.1)\n{ServerInfo.IloType(blade).Replace("iLO", "iLO ", StringComparison.Ordinal)} {ServerInfo.IloFirmware(blade)}\nServer Name: {blade.Name}\nServer Power: {(IsOn ? "On" : "Off")}\n\n";
        await output.WriteTextAsync(greeting, cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                await output.WriteTextAsync(Prompt, cancellationToken).ConfigureAwait(false);
                if (await typed.ReadAsync(echo: true, cancellationToken).ConfigureAwait(false) is not { } line)
                    break;
                await output.WriteTextAsync(Answer(user, line), cancellationToken).ConfigureAwait(false);
                if (line.Trim().ToLowerInvariant() is "exit" or "quit" || IsReset(line))
                    break;
            }
        }
        catch (TimeoutException)
        {
            await output.WriteTextAsync("\nCLI session timed out.\n", cancellationToken).ConfigureAwait(false);
        }

        return new ShellOutcome(0);
    }

    private bool IsOn
    {
        get
        {
            lock (site.Estate.Gate)
                return blade.PoweredOn;
        }
    }

    private static bool IsReset(string line) => Words(line) is ["reset", "/map1" or "map1"];

    private static string[] Words(string line) => line.ToLowerInvariant().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private string Answer(string user, string line)
    {
        var words = Words(line);
        switch (words)
        {
            case []:
                return "";
            case ["exit" or "quit"]:
                return Framed("CLI session stopped\n");
            case ["show", "/map1" or "map1", ..]:
                Log(line, OperationKind.Query);
                return Framed($"\n/map1\n  Targets\n    firmware1\n    accounts1\n    log1\n  Properties\n    name={ServerInfo.IloName(blade)}\n    version={ServerInfo.IloFirmware(blade).Split(' ')[0]}\n  Verbs\n    cd version exit show reset set oemhp_ping oemhp_loadSSHKey\n");
            case ["show", "/map1/blade1" or "map1/blade1"]:
                Log(line, OperationKind.Query);
                return Framed($"\n/map1/blade1\n  Targets\n    rack\n  Properties\n    bay_number={blade.Bay}\n    auto_power=on\n  Verbs\n    cd version exit show set\n");
            case ["show", ..]:
                Log(line, OperationKind.Query);
                return Framed($"\n/\n  Targets\n    system1\n    map1\n  Properties\n    enabledstate={(IsOn ? "enabled" : "disabled")}\n  Verbs\n    cd version exit show\n");
            case ["power"]:
                Log(line, OperationKind.Query);
                return Framed($"\npower: server power is currently: {(IsOn ? "On" : "Off")}\n");
            case ["power", "on" or "off" or "reset"] or ["reset", "/map1" or "map1"] when site.Enclosure.Accounts.Find(account => account.User == user) is not { Privileges: null }:
                return Framed("\nYou do not have the required privilege.\n", status: 2, "COMMAND PROCESSING FAILED", "INSUFFICIENT PRIVILEGE");
            case ["power", var to] when to is "on" or "off" or "reset":
                Log(line, OperationKind.Change);
                return Power(to);
            case ["reset", "/map1" or "map1"]:
                Log(line, OperationKind.Change);
                BladePower.ResetIlo(site, blade);
                return Framed("\nResetting iLO.\n\nCLI session stopped\n");
            default:
                return Framed("\nInvalid command.\n", status: 2, "COMMAND PROCESSING FAILED", "COMMAND NOT RECOGNIZED");
        }
    }

    private string Power(string to)
    {
        if (to == "on" == IsOn)
            return Framed($"\nServer power already {(IsOn ? "on" : "off")}.\n");
        switch (to)
        {
            case "on":
                BladePower.SwitchOn(site, blade);
                return Framed("\nServer powering on .......\n");
            case "off":
                BladePower.ShutDown(site, blade);
                return Framed("\nServer powering off .......\n");
            default:
                BladePower.Cut(site, blade, andOn: true);
                return Framed("\nServer resetting .......\n");
        }
    }

    private void Log(string line, OperationKind kind) => site.Log.Add(Name, string.Join(' ', Words(line)), kind, blade.Name, line.Trim());

    private string Framed(string text, int status = 0, string tag = "COMMAND COMPLETED", string? error = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"\nstatus={status}\nstatus_tag={tag}\n{(error is null ? "" : $"error_tag={error}\n")}{site.Clock.GetUtcNow():ddd MMM d HH:mm:ss yyyy}\n\n{text}\n");
}
