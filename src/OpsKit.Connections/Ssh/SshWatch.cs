using OpsKit.Connections.Secrets;
using OpsKit.Connections.Transcripts;

namespace OpsKit.Connections.Ssh;

/// <summary>Tells the observer what was done, how long it took and how it ended, and the transcript what was said.</summary>
internal sealed class SshWatch(SshTarget target, Action<SshExchange>? observer, ITranscript transcript, Redactor redactor, TimeProvider clock)
{
    private static readonly Figures Nothing = new();

    internal async Task<T> TimeAsync<T>(SshExchangeKind kind, string what, Func<Task<T>> act, Func<T, Figures>? figures = null, string? said = null)
    {
        if (observer is null && !transcript.IsRecording)
            return await act().ConfigureAwait(false);

        var started = clock.GetTimestamp();
        try
        {
            var result = await act().ConfigureAwait(false);
            Tell(kind, what, said, started, figures?.Invoke(result) ?? Nothing, null);
            return result;
        }
        catch (Exception e) when (e is OpsKitException or OperationCanceledException)
        {
            Tell(kind, what, said, started, Nothing, e.Message);
            throw;
        }
    }

    /// <summary>A shell said something nobody had asked for, such as its banner.</summary>
    internal void Heard(string text)
    {
        if (transcript.IsRecording)
            transcript.Ssh(new SshConversation { Exchange = new SshExchange(target.Name, SshExchangeKind.ShellStep, "", TimeSpan.Zero, null, text.Length, 0, null), Started = clock.GetUtcNow(), Output = text });
    }

    private void Tell(SshExchangeKind kind, string what, string? said, long started, Figures figures, string? failure)
    {
        var elapsed = clock.GetElapsedTime(started);
        var exchange = new SshExchange(target.Name, kind, redactor.Redact(what), elapsed, figures.ExitStatus, figures.Received, figures.Sent, failure is null ? null : redactor.Redact(failure));
        observer?.Invoke(exchange);
        if (!transcript.IsRecording)
            return;
        transcript.Ssh(new SshConversation
        {
            Exchange = exchange,
            Started = clock.GetUtcNow() - elapsed,
            Said = said ?? what,
            Output = figures.Output,
            Error = figures.Error,
            Detail = figures.Detail,
        });
    }

    /// <summary>What a call moved, and what was said.</summary>
    internal sealed record Figures(int? ExitStatus = null, long Received = 0, long Sent = 0)
    {
        public string Output { get; init; } = "";

        public string Error { get; init; } = "";

        public string Detail { get; init; } = "";
    }
}
