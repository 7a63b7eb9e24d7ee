using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using OpsKit.Cli.Commands.About;
using OpsKit.Cli.Commands.Trust;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Ssh;
using OpsKit.Connections.Trust;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Cli.Commands.Doctor;

/// <summary>The doctor's probes on the real network.</summary>
internal sealed class WorldProbes(CommandContext context)
{
    private readonly TimeProvider _clock = context.JumpHost.Clock;

    /// <summary>The probes as the doctor takes them.</summary>
    public static DoctorProbes Of(CommandContext context)
    {
        var world = new WorldProbes(context);
        return new DoctorProbes
        {
            ResolveAsync = ResolveAsync,
            ConnectAsync = world.ConnectAsync,
            CertificateAsync = world.CertificateAsync,
            HostKeyAsync = world.HostKeyAsync,
            ClockSkewAsync = world.ClockSkewAsync,
            LoginAsync = world.LoginAsync,
            WhyNoIcmpAsync = WhyNoIcmpAsync,
        };
    }

    private static async Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken ct)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(name, ct);
        }
        catch (SocketException e)
        {
            throw new OpsKitException(
                FailureKind.Unreachable, $"{name} has no address: {e.Message}", next: $"check the spelling, then the resolver: {(OperatingSystem.IsWindows() ? "nslookup" : "getent hosts")} {name}", innerException: e);
        }
    }

    private async Task<TimeSpan> ConnectAsync(string address, int port, TimeSpan timeout, CancellationToken ct)
    {
        var started = _clock.GetTimestamp();
        using var deadline = new CancellationTokenSource(timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address, port, either.Token);
            return _clock.GetElapsedTime(started);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new OpsKitException(
                FailureKind.Unreachable, $"{address}:{port} does not answer within {timeout.TotalSeconds:0.###} s", next: $"a firewall may drop it: ask for TCP {port} from this jump host to {address}");
        }
        catch (SocketException e)
        {
            var next = e.SocketErrorCode == SocketError.ConnectionRefused
                ? $"nothing listens there: is the service started, and is {port} its port?"
                : $"check the route and the firewall for TCP {port} to {address}";
            throw new OpsKitException(FailureKind.Unreachable, $"{address}:{port}: {e.Message}", next: next, innerException: e);
        }
    }

    private async Task<CertificateOpinion> CertificateAsync(Endpoint endpoint, int port, CancellationToken ct)
    {
        var target = CertificateTrust.TargetOf(new TrustSubject(TrustEntry.Certificate, endpoint, endpoint.Address, port));
        var judge = new CertificateJudge(target, context.Access.Trust, _clock);
        try
        {
            using var response = await HeadAsync(TlsTrust.CreateHandler(target, judge), target, "/", ct);
        }
        catch (HttpRequestException e) when (judge.Presented is not null)
        {
            // Only the certificate counts here; what the service answers is judged by the login.
            context.Terminal.Detail($"{target.Address}: {e.Message}");
        }
        catch (HttpRequestException e)
        {
            throw TlsTrust.Explain(e, target, judge)
                ?? new OpsKitException(FailureKind.Unreachable, $"no TLS conversation: {e.Message}", target.Address, "is this the port of an HTTPS service?", e);
        }

        var facts = judge.Presented ?? throw new OpsKitException(FailureKind.Unreachable, "the service presented no certificate", target.Address);
        return new CertificateOpinion(facts.Names[0], facts.NotAfter, ReasonOf(target), judge.Refusal);
    }

    private async Task<TimeSpan?> ClockSkewAsync(VCenterEndpoint endpoint, CancellationToken ct)
    {
        var target = TlsTarget.For(endpoint);
        try
        {
            var before = _clock.GetUtcNow();
            var judge = new CertificateJudge(target, context.Access.Trust, _clock);
            using var response = await HeadAsync(TlsTrust.CreateHandler(target, judge), target, endpoint.Path, ct);
            var middle = before + ((_clock.GetUtcNow() - before) / 2);
            return response.Headers.Date - middle;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task<string> HostKeyAsync(Endpoint endpoint, CancellationToken ct)
    {
        var settings = endpoint is EnclosureEndpoint enclosure ? enclosure.Ssh : ((HostEndpoint)endpoint).Ssh;
        var key = await HostKeyProbe.FetchAsync(endpoint.Address, settings, context.Access.KnownHosts, endpoint.ConnectTimeout, _clock, ct);
        return HostKeyProbe.Judge(endpoint, settings, context.Access.KnownHosts, key) is { } refusal ? throw refusal : $"{key.Type} {key.Fingerprint}";
    }

    private async Task<LoginFacts> LoginAsync(Endpoint endpoint, CancellationToken ct)
    {
        try
        {
            switch (endpoint)
            {
                case VCenterEndpoint vCenter:
                    return await VCenterLoginAsync(vCenter, ct);
                case HostEndpoint host:
                    var esxi = await WorldAbout.AskHostAsync(context, host, ct);
                    return new LoginFacts($"{esxi.Product} {esxi.Version} build-{esxi.Build}", esxi.ClockSkew, []);
                default:
                    var administrator = await WorldAbout.AskEnclosureAsync(context, (EnclosureEndpoint)endpoint, ct);
                    return new LoginFacts($"{administrator.Product}, firmware {administrator.Version}", null, []);
            }
        }
        catch (VimException e)
        {
            throw new OpsKitException(FailureKind.Failed, e.Message, endpoint.Name, innerException: e);
        }
    }

    private async Task<LoginFacts> VCenterLoginAsync(VCenterEndpoint endpoint, CancellationToken ct)
    {
        await using var session = await context.Access.OpenAsync(endpoint, ct);
        var services = new List<SshServiceState>();
        var query = PropertyCollectorQuery.All("HostSystem", HostSystemProperties.Name, HostSystemProperties.ConfigService);
        await foreach (var host in session.Properties.RetrieveAsync(query, ct))
        {
            var ssh = host.Get(HostSystemProperties.ConfigService)?.Service.FirstOrDefault(service => service.Key == "TSM-SSH");
            if (ssh is not null)
                services.Add(new SshServiceState(host.Get(HostSystemProperties.Name) ?? host.Reference.Value, ssh.Running == true, ssh.Policy ?? "unknown"));
        }

        return new LoginFacts(session.About.FullName, await ServerClock.SkewAsync(session, _clock, ct), services);
    }

    private static async Task<string?> WhyNoIcmpAsync(CancellationToken ct)
    {
        try
        {
            using var ping = new Ping();
            var reply = await ping.SendPingAsync(IPAddress.Loopback, TimeSpan.FromSeconds(2), cancellationToken: ct);
            return reply.Status == IPStatus.Success ? null : $"no answer even from this machine ({reply.Status})";
        }
        catch (PingException e)
        {
            return (e.InnerException ?? e).Message;
        }
    }

    private async Task<HttpResponseMessage> HeadAsync(SocketsHttpHandler handler, TlsTarget target, string path, CancellationToken ct)
    {
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var deadline = new CancellationTokenSource(target.ConnectTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, new UriBuilder(Uri.UriSchemeHttps, target.Host, target.Port, path).Uri);
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new HttpRequestException($"no answer within {target.ConnectTimeout.TotalSeconds:0.###} s", e);
        }
    }

    private string ReasonOf(TlsTarget target) =>
        target.Settings.Thumbprint is not null ? target.DeclaredAt == Endpoint.OnTheCommandLine ? "pinned by --thumbprint" : "pinned in the inventory"
        : context.Access.Trust.Find(target.Host, target.Port).Count > 0 ? "pinned by opskit trust add"
        : target.Settings.CaFile is not null ? "signed by the CA file"
        : "trusted by this system";
}
