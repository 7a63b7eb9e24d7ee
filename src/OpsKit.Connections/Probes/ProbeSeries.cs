using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace OpsKit.Connections.Probes;

/// <summary>
/// Probes many targets at a fixed interval. The n-th probe is due at start + n × interval on the monotonic clock, so that neither slow
/// answers nor a busy machine shift the series; targets are spread over the interval. Answers do not hold up later probes.
/// </summary>
public sealed class ProbeSeries
{
    /// <summary>The shortest interval.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(50);

    private readonly IProbe _probe;
    private readonly IReadOnlyList<ProbeTarget> _targets;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;

    /// <summary>Plans a series.</summary>
    /// <param name="probe">How targets are asked.</param>
    /// <param name="targets">Who is asked.</param>
    /// <param name="interval">Time between two probes of one target; at least 50 ms.</param>
    /// <param name="timeout">How long an answer may take; may be longer than the interval.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval or the timeout is too short.</exception>
    public ProbeSeries(IProbe probe, IReadOnlyList<ProbeTarget> targets, TimeSpan interval, TimeSpan timeout, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, ShortestInterval);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        _probe = probe;
        _targets = targets;
        _interval = interval;
        _timeout = timeout;
        _clock = clock;
    }

    /// <summary>Runs from now until cancelled; samples come as they are answered or given up, so not always in order.</summary>
    /// <exception cref="OpsKitException">This machine may not send such probes.</exception>
    public IAsyncEnumerable<ProbeSample> RunAsync(CancellationToken cancellationToken) => RunAsync(_clock.GetTimestamp(), cancellationToken);

    /// <summary>Runs until cancelled, on a schedule that began at a moment the caller knows; samples come as they are answered or given up, so not always in order.</summary>
    /// <param name="start">A timestamp of the clock: what the samples' times count from.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OpsKitException">This machine may not send such probes.</exception>
    public async IAsyncEnumerable<ProbeSample> RunAsync(long start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var samples = Channel.CreateUnbounded<ProbeSample>(new UnboundedChannelOptions { SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sender = SendAsync(samples.Writer, start, stop.Token);
        try
        {
            while (await WaitAsync(samples.Reader, cancellationToken).ConfigureAwait(false))
            {
                while (samples.Reader.TryRead(out var sample))
                    yield return sample;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await sender.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<bool> WaitAsync(ChannelReader<ProbeSample> reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The ordinary end of a series.
            return false;
        }
    }

    /// <summary>One loop for all targets: slot by slot, each at its own time.</summary>
    private async Task SendAsync(ChannelWriter<ProbeSample> samples, long start, CancellationToken cancellationToken)
    {
        using var refused = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            for (long slot = 0; _targets.Count > 0; slot++)
            {
                var (sequence, index) = Math.DivRem(slot, _targets.Count);
                var due = (_interval * sequence) + (_interval * index / _targets.Count);
                var early = due - _clock.GetElapsedTime(start);
                if (early > TimeSpan.Zero)
                    await Task.Delay(early, _clock, refused.Token).ConfigureAwait(false);
                refused.Token.ThrowIfCancellationRequested();

                var lateness = _clock.GetElapsedTime(start) - due;
                var target = _targets[(int)index];
                if (lateness >= _interval)
                    samples.TryWrite(new ProbeSample(target, sequence, due, lateness, null));
                else
                    _ = AskAsync(target, sequence, due, lateness, samples, refused);
            }

            samples.TryComplete();
        }
        catch (OperationCanceledException)
        {
            // Stopped by the reader, or by a probe that completed the channel with its reason.
            samples.TryComplete();
        }
    }

    private async Task AskAsync(
        ProbeTarget target,
        long sequence,
        TimeSpan due,
        TimeSpan lateness,
        ChannelWriter<ProbeSample> samples,
        CancellationTokenSource refused)
    {
        try
        {
            var reply = await _probe.SendAsync(target, _timeout, refused.Token).ConfigureAwait(false);
            samples.TryWrite(new ProbeSample(target, sequence, due, lateness, reply));
        }
        catch (OperationCanceledException)
        {
            // The series was stopped; what was under way says nothing.
        }
        catch (OpsKitException e)
        {
            samples.TryComplete(e);
            await refused.CancelAsync().ConfigureAwait(false);
        }
    }
}
