using System.Net;
using OpsKit.Vim25;
using Polly;
using Polly.Retry;

namespace OpsKit.Connections.VSphere;

/// <summary>How queries are sent again.</summary>
internal static class VSpherePipeline
{
    internal const int Retries = 3;

    /// <summary>Again after a broken connection or an overloaded server, each time later and never at the same moment as others.</summary>
    internal static ResiliencePipeline Queries(TimeProvider clock) => new ResiliencePipelineBuilder { TimeProvider = clock, Name = "vsphere-queries" }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Retries,
            Delay = TimeSpan.FromSeconds(0.5),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = static arguments => ValueTask.FromResult(IsTransient(arguments.Outcome.Exception)),
        })
        .Build();

    /// <summary>
    /// A name that does not resolve, a port nobody listens on, an untrusted certificate: those do not mend themselves within seconds. A silence was
    /// waited for long enough.
    /// </summary>
    private static bool IsTransient(Exception? e) => e is
        VimTransportException { Failure: TransportFailure.Broken or TransportFailure.HandshakeBroken }
        or VimProtocolException { StatusCode: HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout };
}
