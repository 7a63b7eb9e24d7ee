using System.Net;
using OpsKit.Connections.Resilience;
using OpsKit.Vim25;
using Polly;

namespace OpsKit.Connections.VSphere;

/// <summary>How often requests of each kind are sent to a vSphere service.</summary>
internal sealed class VSpherePipelines(TimeProvider clock)
{
    private readonly ResiliencePipeline _change = OpsKitPipelines.Change(clock);

    internal ResiliencePipeline Query { get; } = OpsKitPipelines.Query(clock, IsTransient);

    internal ResiliencePipeline Authentication { get; } = OpsKitPipelines.Authentication(clock);

    internal ResiliencePipeline For(OperationKind kind) => kind switch
    {
        OperationKind.Query => Query,
        OperationKind.Session => Authentication,
        _ => _change,
    };

    /// <summary>
    /// A name that does not resolve, a port nobody listens on, an untrusted certificate: those do not mend themselves within seconds. A silence was
    /// waited for long enough.
    /// </summary>
    private static bool IsTransient(Exception e) => e is
        VimTransportException { Failure: TransportFailure.Broken or TransportFailure.HandshakeBroken }
        or VimProtocolException { StatusCode: HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout };
}
