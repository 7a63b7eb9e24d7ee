using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Trust;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Tls;

/// <summary>Certificates by OpenSSL, presented by OpenSSL, judged as sessions judge them.</summary>
public sealed class CertificateTests : IDisposable
{
    private const string Loopback = "IP:127.0.0.1";

    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-tls-").FullName;
    private readonly JumpHost _host;

    public CertificateTests() => _host = JumpHost.From(new Dictionary<string, string>(), _folder, _folder, windows: false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Self_signed_is_refused_with_all_it_takes_to_decide()
    {
        var certificate = await OpenSslCertificate.SelfSignedAsync(_folder, "vc1", Loopback);
        await using var server = await OpenSslServer.StartAsync(certificate);

        var refused = await RefusedAsync(server.Port);

        refused.Kind.ShouldBe(FailureKind.TrustRefused);
        refused.Message.ShouldContain("it is self-signed");
        refused.Message.ShouldContain("CN=vc1");
        refused.Message.ShouldContain(await certificate.FingerprintAsync());
        refused.Message.ShouldMatch(@"valid +\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d");
        refused.Next.ShouldNotBeNull().ShouldContain($"opskit trust add --server 127.0.0.1:{server.Port}");
    }

    [Fact]
    public async Task Pinned_in_the_settings_is_accepted_and_another_is_not()
    {
        var certificate = await OpenSslCertificate.SelfSignedAsync(_folder, "vc1", "DNS:somebody-else");
        await using var server = await OpenSslServer.StartAsync(certificate);
        Thumbprint.TryNormalize(await certificate.FingerprintAsync(), out var thumbprint, out _).ShouldBeTrue();

        (await GetAsync(server.Port, new TlsSettings { Thumbprint = thumbprint })).ShouldBe(200);
        var refused = await RefusedAsync(server.Port, new TlsSettings { Thumbprint = new string('0', 64) });

        refused.Kind.ShouldBe(FailureKind.TrustRefused);
        refused.Message.ShouldContain("replaced, or somebody is in between");
        refused.Message.ShouldContain(await certificate.FingerprintAsync());
    }

    [Fact]
    public async Task Trusted_once_is_accepted_until_it_changes()
    {
        var store = new TrustStore(_host);
        var certificate = await OpenSslCertificate.SelfSignedAsync(_folder, "vc1", Loopback);
        int port;
        await using (var server = await OpenSslServer.StartAsync(certificate))
        {
            port = server.Port;
            await store.AddAsync("127.0.0.1", port, await CertificateProbe.FetchAsync(Target(port, new TlsSettings()), TimeProvider.System, Token), Token);
            (await GetAsync(port, new TlsSettings())).ShouldBe(200);
        }

        await using var impostor = await OpenSslServer.StartAsync(await OpenSslCertificate.SelfSignedAsync(_folder, "vc1-impostor", Loopback));
        await store.AddAsync("127.0.0.1", impostor.Port, CertificateFacts.From(System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificateFromFile(certificate.Path)), Token);
        var refused = await RefusedAsync(impostor.Port);

        refused.Kind.ShouldBe(FailureKind.TrustRefused);
        refused.Next.ShouldNotBeNull().ShouldContain("opskit trust remove");
    }

    [Fact]
    public async Task Expired_pin_is_still_the_pin()
    {
        var certificate = await (await OpenSslCertificate.AuthorityAsync(_folder, "ca")).SignAsync("old", [$"subjectAltName={Loopback}"], "-days", "-1");
        await using var server = await OpenSslServer.StartAsync(certificate);
        Thumbprint.TryNormalize(await certificate.FingerprintAsync(), out var thumbprint, out _).ShouldBeTrue();

        (await GetAsync(server.Port, new TlsSettings { Thumbprint = thumbprint })).ShouldBe(200);
    }

    [Fact]
    public async Task Authority_of_the_ca_file_is_followed_through_an_intermediate()
    {
        var root = await OpenSslCertificate.AuthorityAsync(_folder, "root");
        var intermediate = await root.SignAsync("intermediate", ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign"]);
        var leaf = await intermediate.SignAsync("vc1", [$"subjectAltName={Loopback}"]);
        await using var server = await OpenSslServer.StartAsync(leaf, "-cert_chain", intermediate.Path);

        (await GetAsync(server.Port, new TlsSettings { CaFile = root.Path })).ShouldBe(200);
        (await RefusedAsync(server.Port)).Message.ShouldContain("its issuer is not known to this machine");
    }

    [Fact]
    public async Task Missing_intermediate_is_refused()
    {
        var root = await OpenSslCertificate.AuthorityAsync(_folder, "root");
        var intermediate = await root.SignAsync("intermediate", ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign"]);
        await using var server = await OpenSslServer.StartAsync(await intermediate.SignAsync("vc1", [$"subjectAltName={Loopback}"]));

        (await RefusedAsync(server.Port, new TlsSettings { CaFile = root.Path })).Message.ShouldContain("does not lead to a CA in");
    }

    [Theory]
    [InlineData("vc1", "DNS:vc1.example.com", "30", "it is for vc1.example.com, not for 127.0.0.1")]
    [InlineData("vc1", Loopback, "-1", "expired")]
    public async Task Ca_file_excuses_neither_name_nor_date(string name, string names, string days, string why)
    {
        var root = await OpenSslCertificate.AuthorityAsync(_folder, "root");
        await using var server = await OpenSslServer.StartAsync(await root.SignAsync(name, [$"subjectAltName={names}"], "-days", days));

        var refused = await RefusedAsync(server.Port, new TlsSettings { CaFile = root.Path });

        refused.Kind.ShouldBe(FailureKind.TrustRefused);
        refused.Message.ShouldContain(why);
    }

    [Fact]
    public async Task Name_that_does_not_match_is_told_besides_the_unknown_issuer()
    {
        await using var server = await OpenSslServer.StartAsync(await OpenSslCertificate.SelfSignedAsync(_folder, "vc1", "DNS:vc1.example.com"));

        var refused = await RefusedAsync(server.Port);

        refused.Message.ShouldContain("it is for vc1.example.com, not for 127.0.0.1; it is self-signed");
    }

    [Fact]
    public async Task Certificate_of_tomorrow_is_refused_today()
    {
        var certificate = await OpenSslCertificate.SelfSignedAsync(_folder, "vc1", Loopback);
        await using var server = await OpenSslServer.StartAsync(certificate);
        var yesterday = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(-2));

        (await RefusedAsync(server.Port, clock: yesterday)).Message.ShouldContain("it is not valid until");
    }

    [Theory]
    [InlineData("nowhere.pem", "", "cannot be read")]
    [InlineData("empty.pem", "nothing here", "holds no certificate")]
    public async Task Ca_file_that_is_none_is_told(string name, string content, string why)
    {
        await using var server = await OpenSslServer.StartAsync(await OpenSslCertificate.SelfSignedAsync(_folder, "vc1", Loopback));
        if (content.Length > 0)
            await File.WriteAllTextAsync(Path.Combine(_folder, name), content, Token);

        var refused = await RefusedAsync(server.Port, new TlsSettings { CaFile = Path.Combine(_folder, name) });

        refused.Kind.ShouldBe(FailureKind.Usage);
        refused.Message.ShouldContain(why);
    }

    [Theory]
    [InlineData("-tls1")]
    [InlineData("-tls1_1")]
    public async Task Old_tls_needs_the_endpoints_own_setting_and_is_warned_of(string version)
    {
        var certificate = await OpenSslCertificate.SelfSignedAsync(_folder, "vc1", Loopback);
        await using var server = await OpenSslServer.StartAsync(certificate, version, "-cipher", "AES128-SHA:@SECLEVEL=0");
        Thumbprint.TryNormalize(await certificate.FingerprintAsync(), out var thumbprint, out _).ShouldBeTrue();
        var warnings = new List<string>();

        var refused = await RefusedAsync(server.Port, new TlsSettings { Thumbprint = thumbprint });
        var status = await GetAsync(server.Port, new TlsSettings { Thumbprint = thumbprint, AllowLegacy = true }, warnings.Add);

        refused.Kind.ShouldBe(FailureKind.TrustRefused);
        refused.Next.ShouldNotBeNull().ShouldContain("allow-legacy");
        status.ShouldBe(200);
        warnings.ShouldHaveSingleItem().ShouldContain("TLS 1.0");
        (await CertificateProbe.FetchAsync(Target(server.Port, new TlsSettings { AllowLegacy = true }), TimeProvider.System, Token)).Sha256.ShouldBe(thumbprint);
    }

    [Fact]
    public async Task Modern_server_is_still_spoken_to_with_modern_tls_when_old_is_allowed()
    {
        var certificate = await OpenSslCertificate.SelfSignedAsync(_folder, "vc1", Loopback);
        await using var server = await OpenSslServer.StartAsync(certificate, "-tls1_3");
        Thumbprint.TryNormalize(await certificate.FingerprintAsync(), out var thumbprint, out _).ShouldBeTrue();

        (await GetAsync(server.Port, new TlsSettings { Thumbprint = thumbprint, AllowLegacy = true })).ShouldBe(200);
    }

    [Fact]
    public async Task Probe_tells_what_is_presented_and_trusts_nothing()
    {
        var certificate = await OpenSslCertificate.SelfSignedAsync(_folder, "vc1", "DNS:vc1.example.com,IP:10.0.0.1");
        await using var server = await OpenSslServer.StartAsync(certificate);

        var facts = await CertificateProbe.FetchAsync(Target(server.Port, new TlsSettings()), TimeProvider.System, Token);

        Thumbprint.Format(facts.Sha256).ShouldBe(await certificate.FingerprintAsync());
        facts.Names.ShouldBe(["vc1.example.com", "10.0.0.1"]);
        facts.IsSelfSigned.ShouldBeTrue();
        new TrustStore(_host).Certificates().ShouldBeEmpty();
    }

    [Fact]
    public async Task Probe_of_a_service_without_tls_is_told()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        var speaking = Task.Run(
            async () =>
            {
                using var client = await listener.AcceptTcpClientAsync(Token);
                await client.GetStream().WriteAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(), Token);
                await client.GetStream().CopyToAsync(Stream.Null, Token);
            },
            Token);

        var refused = await Should.ThrowAsync<OpsKitException>(() => CertificateProbe.FetchAsync(Target(port, new TlsSettings()), TimeProvider.System, Token));

        refused.Kind.ShouldBe(FailureKind.Unreachable);
        refused.Message.ShouldContain("no TLS conversation");
        await speaking;
    }

    [Fact]
    public async Task Probe_of_a_silent_service_gives_up_after_the_connect_timeout()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var target = Target(((System.Net.IPEndPoint)listener.LocalEndpoint).Port, new TlsSettings()) with { ConnectTimeout = TimeSpan.FromSeconds(1) };

        var refused = await Should.ThrowAsync<OpsKitException>(() => CertificateProbe.FetchAsync(target, TimeProvider.System, Token));

        refused.Message.ShouldContain("no answer within 1 s");
    }

    private static TlsTarget Target(int port, TlsSettings settings) => new("127.0.0.1", "127.0.0.1", port, settings, TimeSpan.FromSeconds(15));

    private async Task<int> GetAsync(int port, TlsSettings settings, Action<string>? warn = null, TimeProvider? clock = null)
    {
        var target = Target(port, settings);
        var judge = new CertificateJudge(target, new TrustStore(_host), clock ?? TimeProvider.System);
        using var http = new HttpClient(TlsTrust.CreateHandler(target, judge, warn));
        try
        {
            using var response = await http.GetAsync(new Uri($"https://127.0.0.1:{port}/"), Token);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException e)
        {
            throw TlsTrust.Explain(e, target, judge).ShouldNotBeNull();
        }
    }

    private async Task<OpsKitException> RefusedAsync(int port, TlsSettings? settings = null, TimeProvider? clock = null) =>
        await Should.ThrowAsync<OpsKitException>(() => GetAsync(port, settings ?? new TlsSettings(), clock: clock));
}
