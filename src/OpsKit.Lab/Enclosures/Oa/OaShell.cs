using OpsKit.Lab.Doors;
using OpsKit.Lab.Enclosures.Lines;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Operations;
using OpsKit.Vim25;

namespace OpsKit.Lab.Enclosures.Oa;

/// <summary>The command line of an Onboard Administrator. Its exit status is always 0: what came of a command stands in its output alone.</summary>
internal sealed class OaShell(EnclosureSite site, LabOa oa) : IShellEndpoint
{
    public string Name => oa == site.Enclosure.Oas[0] ? site.Enclosure.Name : $"{site.Enclosure.Name}-oa{oa.Bay}";

    public string? FileSystemRoot => null;

    public bool Accepts(string user, string password)
    {
        lock (site.Estate.Gate)
            return site.Enclosure.Accounts.Exists(account => account.User == user && account.Password == password);
    }

    /// <summary>Banner, prompt with the command, its output, a prompt, and the command once more: all of that is the output of an exec channel.</summary>
    public Task<ShellOutcome> ExecuteAsync(string user, string command, Stream input, Stream output, Stream error, CancellationToken cancellationToken) =>
        WhileUpAsync(async ct =>
        {
            var session = new OaSession(site, oa, user, output, lines: null);
            await session.WriteAsync(session.Banner + "\n", ct).ConfigureAwait(false);
            foreach (var line in CommandLines.Split(command))
            {
                if (site.Enclosure.ExecShowsPrompts)
                    await session.WriteAsync($"{session.Prompt}{line}\n\n", ct).ConfigureAwait(false);
                await OaInterpreter.RunAsync(session, line, ct).ConfigureAwait(false);
                if (session.Ended)
                    return;
            }

            if (site.Enclosure.ExecShowsPrompts)
                await session.WriteAsync($"\n{session.Prompt}\n\n{command}\n", ct).ConfigureAwait(false);
        }, cancellationToken);

    public Task<ShellOutcome> ShellAsync(string user, Stream input, Stream output, CancellationToken cancellationToken) =>
        WhileUpAsync(async ct =>
        {
            var typed = new TypedLines(input, output, site.Clock) { Idle = site.Enclosure.SessionTimeout };
            var session = new OaSession(site, oa, user, output, typed);
            site.Syslog.Add($"{user} logged into the Onboard Administrator from 127.0.0.1");
            await session.WriteAsync("\n" + session.Banner + "\n", ct).ConfigureAwait(false);
            try
            {
                await ConverseAsync(session, typed, ct).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                await session.WriteAsync("\n\nSession timed out. Logging out.\n", ct).ConfigureAwait(false);
            }
        }, cancellationToken);

    private static async Task ConverseAsync(OaSession session, TypedLines typed, CancellationToken ct)
    {
        while (!session.Ended)
        {
            await session.WriteAsync(session.Prompt, ct).ConfigureAwait(false);
            if (await typed.ReadAsync(echo: true, ct).ConfigureAwait(false) is not { } line)
                return;
            while (CommandLines.MarkerOf(line) is { } marker && !CommandLines.IsComplete(line, marker))
            {
                if (line.Length > CommandLines.LongestHeredoc || await typed.ReadAsync(echo: true, ct).ConfigureAwait(false) is not { } more)
                    return;
                line += "\n" + more;
            }

            await OaInterpreter.RunAsync(session, line, ct).ConfigureAwait(false);
            if (!session.Ended)
                await session.WriteAsync("\n", ct).ConfigureAwait(false);
        }
    }

    /// <summary>A session breaks where its Onboard Administrator restarts.</summary>
    private async Task<ShellOutcome> WhileUpAsync(Func<CancellationToken, Task> session, CancellationToken cancellationToken)
    {
        var broken = site.Pair.SessionsOf(oa);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, broken);
        try
        {
            await session(either.Token).ConfigureAwait(false);
            return new ShellOutcome(0);
        }
        catch (OperationCanceledException) when (broken.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionCutException(Name);
        }
    }
}
