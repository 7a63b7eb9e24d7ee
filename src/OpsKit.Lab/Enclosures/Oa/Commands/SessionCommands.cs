using System.Globalization;
using System.Net;
using OpsKit.Vim25;

namespace OpsKit.Lab.Enclosures.Oa.Commands;

/// <summary>Commands about the session itself, and what a standby does as well.</summary>
internal static class SessionCommands
{
    private const int MostPings = 100;
    private const int LongestSleep = 86400;

    public static IReadOnlyList<OaCommand> List { get; } =
    [
        OaCommand.Showing("HELP", "[<command>]", "Displays the commands, or how one of them is typed", Help) with { OnStandby = true },
        OaCommand.Showing("HISTORY", "", "Displays the commands of this session", call => call.Lines(call.Session.History.Select((line, index) => $"{index + 1,4}  {line}"))) with { OnStandby = true },
        OaCommand.Showing("SET SCRIPT MODE", "[ ON | OFF ]", "Answers without questions, for scripts", SetScriptMode) with { OnStandby = true },
        OaCommand.Showing("EXIT", "", "Ends the session", End) with { OnStandby = true },
        OaCommand.Showing("LOGOUT", "", "Ends the session", End) with { OnStandby = true },
        OaCommand.Showing("QUIT", "", "Ends the session", End) with { OnStandby = true },
        Waiting("PING", "[<number>] <address>", "Sends ICMP echo messages to a host", PingAsync),
        Waiting("SLEEP", "<seconds>", "Waits", SleepAsync),
    ];

    private static OaCommand Waiting(string words, string usage, string summary, Func<OaCall, CancellationToken, Task> act) =>
        OaCommand.Acting(words, usage, summary, act) with { Kind = OperationKind.Query, OnStandby = true };

    private static void Help(OaCall call)
    {
        var known = OaCommands.All.Where(command => OaCommands.Exists(command, call.Enclosure)).ToList();
        if (call.Arguments.Length == 0)
        {
            call.Line("\nAvailable commands:\n");
            call.Lines(known.Select(command => command.Words).Order(StringComparer.Ordinal).Select(words => "\t" + words));
            call.Line("\nType \"HELP <command>\" for how a command is typed.");
            return;
        }

        var wanted = string.Join(' ', call.Arguments);
        var meant = known.Where(command => command.Words.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)).OrderBy(command => command.Words, StringComparer.Ordinal).ToList();
        if (meant.Count == 0)
            call.Line("\nThere is no help for that. Type \"HELP\" for a list of available commands.");
        foreach (var command in meant)
            call.Line($"\n{command.Words} {command.Usage}".TrimEnd() + $"\n\t{command.Summary}.");
    }

    private static void SetScriptMode(OaCall call)
    {
        if (call.Arguments is not ([] or [_]) || (call.Arguments is [var word] && !word.Equals("ON", StringComparison.OrdinalIgnoreCase) && !word.Equals("OFF", StringComparison.OrdinalIgnoreCase)))
        {
            call.WrongUsage();
            return;
        }

        call.Session.ScriptMode = !call.Has("OFF");
    }

    private static void End(OaCall call) => call.Session.Ended = true;

    private static async Task PingAsync(OaCall call, CancellationToken cancellationToken)
    {
        var count = 4;
        if (call.Arguments is not [.. var number, var host] || number.Length > 1 || !IPAddress.TryParse(host, out var address)
            || (number is [var text] && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > MostPings)))
        {
            call.WrongUsage();
            return;
        }

        call.Line($"\nPING {address} ({address}): 56 data bytes");
        var received = 0;
        for (var sent = 0; sent < count; sent++)
        {
            if (sent > 0)
                await Task.Delay(TimeSpan.FromSeconds(1), call.Site.Clock, cancellationToken).ConfigureAwait(false);
            if (call.Site.Network.IsReachable(address))
            {
                received++;
                call.Line($"64 bytes from {address}: icmp_seq={sent} ttl=64 time=0.4 ms");
            }

            await call.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        call.Line($"\n--- {address} ping statistics ---");
        call.Line($"{count} packets transmitted, {received} packets received, {(count - received) * 100 / count}% packet loss");
    }

    private static async Task SleepAsync(OaCall call, CancellationToken cancellationToken)
    {
        if (call.Arguments is [var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= LongestSleep)
            await Task.Delay(TimeSpan.FromSeconds(seconds), call.Site.Clock, cancellationToken).ConfigureAwait(false);
        else
            call.WrongUsage();
    }
}
