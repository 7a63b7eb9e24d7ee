using System.Net;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Trust;
using OpsKit.Vim25;

namespace OpsKit.Connections.VSphere;

/// <summary>Turns what goes wrong below a session into what an operator can act on.</summary>
internal sealed class VSphereErrors(VCenterEndpoint endpoint, TlsTarget target, CertificateJudge judge)
{
    private string Target => endpoint.Name == endpoint.Address ? $"{endpoint.Address}:{endpoint.Port}" : $"{endpoint.Name} ({endpoint.Address}:{endpoint.Port})";

    private string Doctor => endpoint.DeclaredAt == Endpoint.OnTheCommandLine ? $"opskit doctor --server {endpoint.SdkUri}" : $"opskit doctor --limit {endpoint.Name}";

    /// <summary>Null where the exception says enough: a fault of the server, or the caller's own cancellation.</summary>
    internal OpsKitException? Translate(Exception e)
    {
        if (e is OpsKitException known)
            return known;
        if (e is VimTransportException && TlsTrust.Explain(e, target, judge) is { } refusal)
            return refusal;
        return e switch
        {
            VimTransportException transport => new OpsKitException(FailureKind.Unreachable, Reason(transport), Target, Doctor, e),
            VimProtocolException { StatusCode: { } status } when (int)status >= 500 => new OpsKitException(
                FailureKind.Unreachable, $"the server answered HTTP {(int)status} ({status}); vSphere may be starting, overloaded or out of sessions", Target, Doctor, e),
            VimProtocolException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.ProxyAuthenticationRequired } => new OpsKitException(
                FailureKind.AuthenticationRefused, "a web server or proxy before vSphere asks for a login of its own", Target, Doctor, e),
            VimProtocolException protocol => new OpsKitException(FailureKind.Failed, $"what answers there is not a vSphere service: {protocol.Message}", Target, Doctor, e),
            _ => null,
        };
    }

    /// <summary>The same for a request: a change that was sent and not answered may have taken effect, and says so.</summary>
    internal OpsKitException? Translate(Exception e, VimRequest request)
    {
        var said = Translate(e);
        return said is null || request.Kind != OperationKind.Change || !MayHaveTakenEffect(e)
            ? said
            : new OpsKitException(
                said.Kind, $"{said.What}; the outcome of {request.Operation} is unknown", said.Target, $"look at {request.Self.Type} {request.Self.Value} before it is done again", e) { OutcomeUnknown = true };
    }

    internal OpsKitException Silent(TimeSpan limit) => new(
        FailureKind.Unreachable, $"it takes connections and says nothing for {limit.TotalSeconds:0.#} s; vSphere may be starting, or something else answers there", Target, Doctor);

    internal OpsKitException LoginRefused(string user, VimFaultException fault) => new(
        FailureKind.AuthenticationRefused,
        $"the login of {user} was refused: {Said(fault)}. It was tried once and will not be tried again, so that the account does not lock",
        Target,
        "check the user name and the password's source, then run the command again",
        fault);

    internal OpsKitException NotPermitted(VimRequest request, string user, Exception fault) => new(
        FailureKind.Failed,
        $"{request.Operation} on {request.Self.Type} {request.Self.Value} was answered \"not authenticated\" although {user} is logged in: the account lacks the privilege for it",
        Target,
        "give the account a role with that privilege, or use another account",
        fault);

    internal OpsKitException NoCredential() => new(
        FailureKind.Usage,
        endpoint.Credential is null ? "no user name and password are given" : $"credential {endpoint.Credential.Name} has no password",
        Target,
        "--user NAME --password env:VARIABLE, or a credential in the inventory");

    private static string Said(VimFaultException fault) =>
        fault.ServerMessage.Length > 0 ? $"{fault.ServerMessage.ReplaceLineEndings(" ").TrimEnd('.')} ({fault.FaultType})" : fault.FaultType;

    private string Reason(VimTransportException e) => e.Failure switch
    {
        TransportFailure.NameNotFound => $"the name {endpoint.Address} has no address (DNS)",
        TransportFailure.Refused => $"connection refused: nothing listens on port {endpoint.Port}",
        TransportFailure.NoRoute => "no route leads there",
        TransportFailure.TimedOut => $"no answer in time ({e.Message})",
        _ => $"the connection broke: {Innermost(e).Message.TrimEnd('.')}",
    };

    /// <summary>A 503 comes from the proxy before vSphere: the request was not handed on.</summary>
    private static bool MayHaveTakenEffect(Exception e) => e is VimTransportException { NotSent: false }
        or VimProtocolException { StatusCode: null or HttpStatusCode.OK or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout };

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
