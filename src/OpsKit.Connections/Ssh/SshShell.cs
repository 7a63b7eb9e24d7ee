using System.Text;
using System.Text.RegularExpressions;
using Renci.SshNet.Common;

namespace OpsKit.Connections.Ssh;

/// <summary>An interactive shell: a line is sent, and what comes back up to the prompt is its answer. One step at a time.</summary>
public sealed class SshShell : IAsyncDisposable
{
    private readonly SshTarget _target;
    private readonly IShellChannel _channel;
    private readonly SshShellOptions _options;
    private readonly SshWatch _watch;
    private readonly TimeProvider _clock;
    private readonly ShellTranscript _received;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    private SshShell(SshTarget target, IShellChannel channel, SshShellOptions options, SshWatch watch, TimeProvider clock)
    {
        _target = target;
        _channel = channel;
        _options = options;
        _watch = watch;
        _clock = clock;
        _received = new ShellTranscript(options.OutputLimit);
        _channel.Listen(_received.Add, _received.End);
    }

    /// <summary>What the device said before its first prompt, such as a banner.</summary>
    public string Greeting { get; private set; } = "";

    internal static async Task<SshShell> OpenAsync(
        SshTarget target, ISshConnection connection, SshShellOptions options, SshWatch watch, TimeProvider clock, CancellationToken cancellationToken)
    {
        var opening = BlockingCalls.RunAsync(() => connection.OpenShell(options));
        SshShell shell;
        try
        {
            shell = new SshShell(target, await opening.WaitAsync(options.Timeout, clock, cancellationToken).ConfigureAwait(false), options, watch, clock);
        }
        catch (TimeoutException e)
        {
            BlockingCalls.Forget(opening);
            throw new OpsKitException(FailureKind.Unreachable, $"gives no shell within {SshFailures.Seconds(options.Timeout)}", target.Display, innerException: e);
        }
        catch (SshException e)
        {
            throw new OpsKitException(FailureKind.Failed, $"gives no interactive shell: {e.Message}", target.Display, innerException: e);
        }

        try
        {
            shell.Greeting = (await shell.WaitForAsync([options.Prompt], null, "the first prompt", options.Timeout, cancellationToken).ConfigureAwait(false)).Output;
            watch.Heard(shell.Greeting);
            return shell;
        }
        catch
        {
            await shell.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends a line and waits for the prompt.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="cancellationToken">Stops waiting; the command goes on, and the shell must be closed.</param>
    /// <returns>What came between the echo of the line and the prompt.</returns>
    /// <exception cref="OpsKitException">No prompt in time, or the shell was closed; the outcome is unknown.</exception>
    public async Task<string> AskAsync(string line, CancellationToken cancellationToken) =>
        (await SendAsync(line, [_options.Prompt], null, cancellationToken).ConfigureAwait(false)).Output;

    /// <summary>Sends a line and waits for one of several texts, such as a question that wants <c>YES</c> or the prompt.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="awaited">Each is matched against the last line received.</param>
    /// <param name="timeout">How long that may take; null for the shell's.</param>
    /// <param name="cancellationToken">Stops waiting; the command goes on, and the shell must be closed.</param>
    /// <exception cref="OpsKitException">None of them in time, or the shell was closed; the outcome is unknown.</exception>
    public async Task<SshShellStep> SendAsync(string line, IReadOnlyList<Regex> awaited, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(awaited);
        if (line.AsSpan().ContainsAny('\r', '\n'))
            throw new ArgumentException("A line has no line ends in it; send one after the other.", nameof(line));

        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _watch.TimeAsync(
                SshExchangeKind.ShellStep,
                line,
                async () =>
                {
                    var limit = timeout ?? _options.Timeout;
                    await WriteAsync(line + _options.NewLine, line, limit, cancellationToken).ConfigureAwait(false);
                    return await WaitForAsync(awaited, line, $"\"{line}\"", limit, cancellationToken).ConfigureAwait(false);
                },
                static step => new SshWatch.Figures(null, step.Output.Length) { Output = $"{step.Output}\n{step.Matched}" }).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Closes the shell; the session stays open.</summary>
    public async ValueTask DisposeAsync()
    {
        var closing = BlockingCalls.RunAsync(_channel.Dispose);
        BlockingCalls.Forget(closing);
        await Task.WhenAny(closing, Task.Delay(TimeSpan.FromSeconds(1), _clock)).ConfigureAwait(false);
        _oneAtATime.Dispose();
    }

    private async Task WriteAsync(string text, string line, TimeSpan limit, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var writing = BlockingCalls.RunAsync(() => _channel.Write(bytes));
        try
        {
            await writing.WaitAsync(limit, _clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            BlockingCalls.Forget(writing);
            throw SshFailures.Deadline(_target, $"sending \"{line}\"", limit, e);
        }
        catch (Exception e) when (SshFailures.IsConnectionLoss(e))
        {
            throw SshFailures.Lost(_target, $"sending \"{line}\"", e);
        }
    }

    private async Task<SshShellStep> WaitForAsync(IReadOnlyList<Regex> awaited, string? sent, string doing, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            while (true)
            {
                var (raw, more) = _received.Look();
                var step = ShellMatch.Find(TerminalText.Plain(raw), awaited, sent);
                if (step is not null && await IsSettledAsync(more, either.Token).ConfigureAwait(false))
                {
                    _received.Take(raw.Length);
                    return step;
                }

                await more.WaitAsync(either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw SshFailures.Deadline(_target, $"{doing}{LastLine()}", limit);
        }
        catch (Exception e) when (e is IOException or InvalidDataException || SshFailures.IsConnectionLoss(e))
        {
            throw SshFailures.Lost(_target, doing, e);
        }
    }

    /// <summary>True where nothing follows for a while: a prompt in the middle of output is none.</summary>
    private async Task<bool> IsSettledAsync(Task more, CancellationToken cancellationToken)
    {
        var silence = Task.Delay(_options.Settle, _clock, cancellationToken);
        await Task.WhenAny(more, silence).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return !more.IsCompletedSuccessfully;
    }

    private string LastLine()
    {
        try
        {
            var plain = TerminalText.Plain(_received.Look().Text);
            var last = plain[(plain.LastIndexOf('\n') + 1)..].Trim();
            return last.Length == 0 ? "" : $" (the last line is \"{(last.Length > 80 ? last[..80] + "…" : last)}\")";
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return "";
        }
    }
}
