using Polly;
using Polly.Retry;

namespace OpsKit.Connections.Resilience;

/// <summary>
/// How often each kind of call is made: the one place that decides it. What counts as worth another attempt is the protocol's to say.
/// </summary>
internal static class OpsKitPipelines
{
    internal const int QueryRetries = 3;
    internal const int ConnectRetries = 4;

    /// <summary>Reads: again after a broken connection or an overloaded server, each time later and never at the same moment as others.</summary>
    internal static ResiliencePipeline Query(TimeProvider clock, Func<Exception, bool> isTransient) =>
        Again("query", clock, QueryRetries, TimeSpan.FromSeconds(0.5), isTransient);

    /// <summary>Connecting: again where the server hung up before it asked who calls, so that no login is tried twice.</summary>
    internal static ResiliencePipeline Connect(TimeProvider clock, Func<Exception, bool> isDroppedAtTheDoor) =>
        Again("connect", clock, ConnectRetries, TimeSpan.FromSeconds(0.2), isDroppedAtTheDoor);

    /// <summary>Changes: once. One whose answer was lost may have taken effect, so what is there is looked at before it is done again.</summary>
    internal static ResiliencePipeline Change(TimeProvider clock) => Once("change", clock);

    /// <summary>Logins and what else belongs to a session: once, as accounts lock.</summary>
    internal static ResiliencePipeline Authentication(TimeProvider clock) => Once("authentication", clock);

    private static ResiliencePipeline Again(string name, TimeProvider clock, int retries, TimeSpan delay, Func<Exception, bool> isTransient) =>
        new ResiliencePipelineBuilder { Name = name, TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                Name = name,
                MaxRetryAttempts = retries,
                Delay = delay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } e and not OperationCanceledException && isTransient(e)),
            })
            .Build();

    private static ResiliencePipeline Once(string name, TimeProvider clock) => new ResiliencePipelineBuilder { Name = name, TimeProvider = clock }.Build();
}
