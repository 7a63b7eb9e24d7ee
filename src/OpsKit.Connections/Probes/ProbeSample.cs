namespace OpsKit.Connections.Probes;

/// <summary>One probe of a series.</summary>
/// <param name="Target">Who was asked.</param>
/// <param name="Sequence">Number in the series of this target, from 0. Numbers are never used twice; a gap does not occur.</param>
/// <param name="Due">When it was to be sent, from the start of the series.</param>
/// <param name="Lateness">How much later than that it was sent: the sampler's own jitter.</param>
/// <param name="Reply">What became of it; null when it was not sent, because the sampler itself was held up for more than an interval.</param>
public sealed record ProbeSample(ProbeTarget Target, long Sequence, TimeSpan Due, TimeSpan Lateness, ProbeReply? Reply)
{
    /// <summary>Whether this machine failed to send it: such a sample says nothing of the target.</summary>
    public bool IsSkipped => Reply is null;
}
