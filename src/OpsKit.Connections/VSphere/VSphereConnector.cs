using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Transcripts;
using OpsKit.Connections.Trust;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Connections.VSphere;

/// <summary>Opens sessions with vCenters and ESXi hosts: one session an endpoint and run.</summary>
public sealed class VSphereConnector
{
    private static readonly ManagedObjectReference ServiceInstance = new("ServiceInstance", "ServiceInstance");

    private readonly TrustStore _trust;
    private readonly SecretResolver _secrets;
    private readonly TimeProvider _clock;
    private readonly VSpherePipelines _pipelines;
    private readonly Action<string>? _warn;
    private readonly ITranscript _transcript;

    /// <summary>Creates a connector.</summary>
    /// <param name="trust">The certificates trusted so far.</param>
    /// <param name="secrets">Fetches passwords.</param>
    /// <param name="host">The machine this runs on; its clock paces the sessions.</param>
    /// <param name="warn">Hears what the operator should know and cannot be refused, such as old TLS in use; null for nobody.</param>
    /// <param name="transcript">Takes down what is said; null for nobody.</param>
    public VSphereConnector(TrustStore trust, SecretResolver secrets, JumpHost host, Action<string>? warn = null, ITranscript? transcript = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        _trust = trust;
        _secrets = secrets;
        _clock = host.Clock;
        _pipelines = new VSpherePipelines(_clock);
        _warn = warn;
        _transcript = transcript ?? NoTranscript.Instance;
    }

    /// <summary>Connects and logs in. A refused login was tried exactly once.</summary>
    /// <param name="endpoint">The vCenter or ESXi host.</param>
    /// <param name="cancellationToken">Gives up; a session that was opened meanwhile is ended.</param>
    /// <exception cref="OpsKitException">
    /// No credential (Usage), no connection (Unreachable), an untrusted certificate (TrustRefused), a refused login (AuthenticationRefused),
    /// or something that is not vSphere (Failed).
    /// </exception>
    public async Task<VSphereSession> ConnectAsync(VCenterEndpoint endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var target = TlsTarget.For(endpoint);
        var judge = new CertificateJudge(target, _trust, _clock);
        var errors = new VSphereErrors(endpoint, target, judge);
        if (endpoint.Credential?.Password is not { } password)
            throw errors.NoCredential();

        var http = new HttpClient(TlsTrust.CreateHandler(target, judge, _warn)) { Timeout = Timeout.InfiniteTimeSpan };
        SessionLogin? login = null;
        try
        {
            var soap = new SoapClient(http, endpoint.SdkUri, new SoapClientOptions { Clock = _clock }) { Tap = new SoapTap(endpoint.Name, _transcript) };
            var (content, notes) = await GreetInTimeAsync(http, soap, endpoint, errors, cancellationToken).ConfigureAwait(false);
            login = new SessionLogin(soap, content, endpoint, token => RevealAsync(endpoint, password, token), errors, _pipelines.Authentication, _clock);
            await login.LogInAsync(cancellationToken).ConfigureAwait(false);
            var invoker = new SessionInvoker(soap, login, errors, _pipelines, endpoint.MaxRequestsInFlight, _clock);
            return new VSphereSession(endpoint, http, soap, login, invoker, content, notes, _clock);
        }
        catch (Exception e)
        {
            if (login is not null)
                await login.LogoutAsync().ConfigureAwait(false);
            login?.Dispose();
            http.Dispose();
            if (errors.Translate(e) is { } said)
                throw said;
            throw;
        }
    }

    private async Task<string> RevealAsync(VCenterEndpoint endpoint, SecretReference password, CancellationToken cancellationToken)
    {
        var owner = $"password of {endpoint.Credential!.UserName} for {endpoint.Name}";
        return (await _secrets.ResolveAsync(password, owner, cancellationToken).ConfigureAwait(false)).Reveal();
    }

    /// <summary>Bounds the greeting as a whole: what does not answer before a login is not worth the patience that reports need.</summary>
    private async Task<(ServiceContent Content, IReadOnlyList<string> Notes)> GreetInTimeAsync(
        HttpClient http, SoapClient soap, VCenterEndpoint endpoint, VSphereErrors errors, CancellationToken cancellationToken)
    {
        var limit = endpoint.ConnectTimeout * 2;
        using var deadline = new CancellationTokenSource(limit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await GreetAsync(http, soap, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw errors.Silent(limit);
        }
    }

    /// <summary>What can be asked without a login: the versions, then the service content.</summary>
    private async Task<(ServiceContent Content, IReadOnlyList<string> Notes)> GreetAsync(HttpClient http, SoapClient soap, CancellationToken cancellationToken)
    {
        var versions = await _pipelines.Query.ExecuteAsync(
            async token => await ServiceVersions.FetchAsync(http, soap.Sdk, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        soap.ApiVersion = versions.Choose(out var note);
        var content = await _pipelines.Query.ExecuteAsync(
            async token => await new VimQueries(soap).RetrieveServiceContentAsync(ServiceInstance, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)
            ?? throw new VimProtocolException("the server has no service content");
        if (versions.Offered.Count == 0 && content.About?.ApiVersion is { } own && ServiceVersions.NewestNotAbove(own) is { } newer)
        {
            soap.ApiVersion = newer;
            note = $"the server does not list its API versions; {newer} is taken from what it says about itself";
        }

        return (content, note is null ? [] : [note]);
    }
}
