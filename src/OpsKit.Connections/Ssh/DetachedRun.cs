using System.Globalization;
using System.Text;

namespace OpsKit.Connections.Ssh;

/// <summary>A command that runs on a host by itself. Losing the connection does not end it; it is found again by its name.</summary>
public sealed class DetachedRun : IAsyncDisposable
{
    private static readonly TimeSpan ScriptTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(15);
    private const int ChunkBytes = 1024 * 1024;

    private readonly DetachedCommand _command;
    private readonly Reconnecting _host;
    private readonly TimeProvider _clock;

    private DetachedRun(DetachedCommand command, Reconnecting host, TimeProvider clock)
    {
        _command = command;
        _host = host;
        _clock = clock;
        Directory = $"{command.Folder.TrimEnd('/')}/opskit-{command.Id}";
    }

    /// <summary>The run's folder on the host, with <c>command</c>, <c>pid</c>, <c>output</c> and, at the end, <c>exit</c>.</summary>
    public string Directory { get; }

    /// <summary>True where the run was there already when this was asked to start it.</summary>
    public bool WasThere { get; private set; }

    /// <summary>True once waiting was given up since the run's folder is there and nothing ran in it: whoever started it was cut off in between.</summary>
    public bool NeverStarted { get; private set; }

    internal static async Task<DetachedRun> StartAsync(DetachedCommand command, Reconnecting host, TimeProvider clock, CancellationToken cancellationToken)
    {
        RequireName(command);
        var run = new DetachedRun(command, host, clock);
        // The folder's creation makes this start once, however often it is asked for: a connection lost in between is no danger.
        var started = await run.ScriptAsync(HostScripts.StartDetached, "starting a command", cancellationToken, run.Directory, command.Text).ConfigureAwait(false);
        if (!started.Succeeded)
            throw new OpsKitException(FailureKind.Failed, $"the command was not started: {started.Error.Trim().ReplaceLineEndings("; ")}", host.Name, $"check the folder {command.Folder} there");
        run.WasThere = started.Output.StartsWith("attached", StringComparison.Ordinal);
        return run;
    }

    /// <summary>A run that was started before, by its name; whether it is there shows when it is waited for.</summary>
    internal static DetachedRun Attach(DetachedCommand command, Reconnecting host, TimeProvider clock)
    {
        RequireName(command);
        return new DetachedRun(command, host, clock) { WasThere = true };
    }

    /// <summary>Waits for the command's end. A broken connection is opened again.</summary>
    /// <param name="onOutput">Told the output as it comes, in pieces; null for nobody.</param>
    /// <param name="cancellationToken">Stops waiting; the command goes on. <see cref="StopAsync"/> ends it.</param>
    /// <exception cref="OpsKitException">
    /// It vanished without an exit status (the host was restarted, or it was killed), the host stays unreachable, or the time is up; the outcome is unknown.
    /// </exception>
    public async Task<DetachedResult> WaitAsync(Action<string>? onOutput, CancellationToken cancellationToken)
    {
        var started = _clock.GetTimestamp();
        var kept = new KeptOutput(_command.OutputLimit);
        while (true)
        {
            var look = await LookAsync(kept.Received + 1, cancellationToken).ConfigureAwait(false);
            kept.Add(look.Output.Span);
            if (look.Output.Length > 0)
                onOutput?.Invoke(kept.Decode(look.Output.Span).ToString());
            if (look.Output.Length == ChunkBytes)
                continue;

            switch (look.State)
            {
                case "exited":
                    return new DetachedResult(look.ExitStatus, kept.Text, _host.Reconnections) { Truncated = kept.Truncated };
                case "gone":
                    throw Unknown($"{Directory} is gone: the host was restarted, or somebody removed it");
                case "vanished":
                    throw Unknown("the command ended without an exit status: it was killed, or the host was restarted");
                case "starting" when _clock.GetElapsedTime(started) > StartPatience:
                    NeverStarted = true;
                    throw Unknown($"the command did not start within {SshFailures.Seconds(StartPatience)}");
            }

            if (_clock.GetElapsedTime(started) > _command.Timeout)
                throw Unknown($"the command still runs after {SshFailures.Seconds(_command.Timeout)}; it goes on, in {Directory}");
            await Task.Delay(_command.PollInterval, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the command and what it started (SIGTERM); one that has ended already is left alone.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) =>
        await ScriptAsync(HostScripts.StopDetached, "stopping a command", cancellationToken, Directory).ConfigureAwait(false);

    /// <summary>Removes the run's folder from the host. Do so once its outcome is recorded here.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken) =>
        await _host.RunAsync(new RemoteCommand(PosixShell.Command("rm", "-rf", Directory)) { Timeout = ScriptTimeout }, "removing " + Directory, cancellationToken).ConfigureAwait(false);

    /// <summary>Closes the connection; the command goes on.</summary>
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task<(string State, int ExitStatus, ReadOnlyMemory<byte> Output)> LookAsync(long from, CancellationToken cancellationToken)
    {
        var looked = await ScriptAsync(
            HostScripts.LookAtDetached, "looking at a command", cancellationToken, Directory, from.ToString(CultureInfo.InvariantCulture), ChunkBytes.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false);
        var end = looked.OutputBytes.Span.IndexOf((byte)'\n');
        var line = end < 0 ? "" : Encoding.UTF8.GetString(looked.OutputBytes.Span[..end]).Trim();
        var words = line.Split(' ');
        if (words[0] is not ("exited" or "running" or "starting" or "gone" or "vanished"))
            throw new OpsKitException(FailureKind.Failed, $"cannot tell how the command stands: {looked.Error.Trim().ReplaceLineEndings("; ")}", _host.Name) { OutcomeUnknown = true };
        var status = -1;
        if (words[0] == "exited" && (words.Length < 2 || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out status)))
            throw new OpsKitException(FailureKind.Failed, $"the exit status in {Directory}/exit is damaged", _host.Name) { OutcomeUnknown = true };
        return (words[0], status, looked.OutputBytes[(end + 1)..]);
    }

    private Task<RemoteCommandResult> ScriptAsync(string script, string doing, CancellationToken cancellationToken, params string[] arguments) =>
        _host.RunAsync(new RemoteCommand(PosixShell.Script(script, arguments)) { Timeout = ScriptTimeout, OutputLimit = ChunkBytes + 4096 }, doing, cancellationToken);

    private OpsKitException Unknown(string what) =>
        new(FailureKind.Failed, what, _host.Name, $"look at {Directory}/output there, and at what the command was to do") { OutcomeUnknown = true };

    private static void RequireName(DetachedCommand command)
    {
        if (command.Id.Length is 0 or > 64 || command.Id.Any(c => !(char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
            throw new ArgumentException($"\"{command.Id}\" is no name of a detached run: 1 to 64 letters, digits, - and _.", nameof(command));
    }
}
