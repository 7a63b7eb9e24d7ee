using System.Text.RegularExpressions;
using OpsKit.Lab.Estate;
using OpsKit.Vim25;

namespace OpsKit.Lab.Enclosures.Oa;

/// <summary>Understands command lines: which command, whether it may be done here, now, and by this user.</summary>
internal static partial class OaInterpreter
{
    public const string StandbyRefusal = "Not a valid request while running in standby mode";

    /// <summary>Carries a line out and shows its answer.</summary>
    public static async Task RunAsync(OaSession session, string line, CancellationToken cancellationToken)
    {
        var first = line.Split('\n')[0];
        var words = Word.Matches(first).Select(match => match.Value.Trim('"')).Where(static word => word.Length > 0).ToList();
        if (words.Count == 0)
            return;
        session.History.Add(first.Trim());
        if (OaCommands.Find(words, session.Site.Enclosure) is not { } command)
        {
            session.Site.Log.Add(session.Site.Enclosure.Name, "unknown", OperationKind.Query, "", first.Trim());
            await session.ShowAsync("\nInvalid command. Type \"HELP\" for a list of available commands.\n", cancellationToken).ConfigureAwait(false);
            return;
        }

        var arguments = words.Skip(command.Parts.Count).ToArray();
        var call = new OaCall(session, command, arguments, Behind(first, line, command.Parts.Count));
        if (Refusal(call) is { } refusal)
        {
            await session.ShowAsync($"\n{refusal}\n", cancellationToken).ConfigureAwait(false);
            return;
        }

        if (command.Question is not null && !await session.ConfirmAsync(command.Question, cancellationToken).ConfigureAwait(false))
            return;
        var target = string.Join(' ', arguments);
        session.Site.Log.Add(session.Site.Enclosure.Name, command.Words, command.Kind, target, $"{command.Words} {target}".TrimEnd());
        await CarryOutAsync(call, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Carries a command out that is known to be allowed, and shows its answer.</summary>
    public static async Task CarryOutAsync(OaCall call, CancellationToken cancellationToken)
    {
        if (call.Command.Show is { } show)
        {
            lock (call.Site.Estate.Gate)
                show(call);
        }

        if (call.Command.Act is { } act)
            await act(call, cancellationToken).ConfigureAwait(false);
        await call.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string? Refusal(OaCall call)
    {
        lock (call.Site.Estate.Gate)
        {
            if (!call.Oa.Active && !(call.Command.OnStandby && ConcernsItself(call)))
                return StandbyRefusal;
            return call.Command.Kind == OperationKind.Change && call.Session.Account is { Privileges: not null }
                ? "This command requires administrator or operator privileges."
                : null;
        }
    }

    /// <summary>A standby tells of itself alone.</summary>
    private static bool ConcernsItself(OaCall call) =>
        call.Arguments.Length == 0 || !call.Command.Words.StartsWith("SHOW OA", StringComparison.Ordinal) || (call.Arguments is [var bay] && bay == $"{call.Oa.Bay}");

    /// <summary>The line behind its first words.</summary>
    private static string Behind(string first, string line, int words)
    {
        var matches = Word.Matches(first);
        return matches.Count > words ? line[matches[words].Index..] : "";
    }

    [GeneratedRegex("\"[^\"\n]*\"?|[^\\s\"]+", RegexOptions.None, 1000)]
    private static partial Regex Word { get; }
}
