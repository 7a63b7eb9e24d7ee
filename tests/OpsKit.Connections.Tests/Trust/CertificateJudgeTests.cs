using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Trust;

namespace OpsKit.Connections.Tests.Trust;

/// <summary>The order in which the judge looks: thumbprint, pin, CA file, system. The handshakes themselves are in the peer tests.</summary>
public sealed class CertificateJudgeTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly TestHost _host = new();
    private readonly FakeTimeProvider _clock = new(Now);
    private readonly X509Certificate2 _certificate = Certificate("CN=vc1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _certificate.Dispose();
        _host.Dispose();
    }

    [Fact]
    public void System_trust_decides_where_nothing_else_is_known()
    {
        var judge = Judge(new TlsSettings());

        judge.Accept(_certificate, null, SslPolicyErrors.None).ShouldBeTrue();
        judge.Refusal.ShouldBeNull();
        judge.Accept(_certificate, null, SslPolicyErrors.RemoteCertificateChainErrors).ShouldBeFalse();
        judge.Refusal.ShouldNotBeNull().Kind.ShouldBe(FailureKind.TrustRefused);
    }

    [Fact]
    public void Thumbprint_decides_alone()
    {
        var right = Judge(new TlsSettings { Thumbprint = Sha256(_certificate) });
        var wrong = Judge(new TlsSettings { Thumbprint = new string('0', 64) });

        right.Accept(_certificate, null, SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch).ShouldBeTrue();
        wrong.Accept(_certificate, null, SslPolicyErrors.None).ShouldBeFalse();
        wrong.Refusal!.Message.ShouldContain($"expected  {Thumbprint.Format(new string('0', 64))}");
    }

    [Fact]
    public async Task Pin_decides_before_the_system_and_the_ca_file()
    {
        using var other = Certificate("CN=vc1");
        await new TrustStore(_host.JumpHost with { Clock = _clock }).AddAsync("vc1", 443, CertificateFacts.From(other), Token);
        var judge = Judge(new TlsSettings { CaFile = _host.Write("ca.pem", _certificate.ExportCertificatePem()) });

        judge.Accept(other, null, SslPolicyErrors.RemoteCertificateChainErrors).ShouldBeTrue();
        judge.Accept(_certificate, null, SslPolicyErrors.None).ShouldBeFalse();
        judge.Refusal!.Message.ShouldContain("the one trusted since 2026-06-15");
        judge.Refusal.Next.ShouldNotBeNull().ShouldContain("opskit trust remove --server vc1:443, then opskit trust add --server vc1:443");
    }

    [Fact]
    public async Task Pin_of_another_port_says_nothing()
    {
        await new TrustStore(_host.JumpHost).AddAsync("vc1", 8443, CertificateFacts.From(_certificate), Token);

        Judge(new TlsSettings()).Accept(_certificate, null, SslPolicyErrors.RemoteCertificateChainErrors).ShouldBeFalse();
    }

    [Fact]
    public void Damaged_store_refuses_rather_than_trusts()
    {
        var store = new TrustStore(_host.JumpHost);
        _host.Write(Path.GetRelativePath(_host.Folder, store.CertificatesFile), "vc1:443 nonsense\n");
        var judge = Judge(new TlsSettings());

        judge.Accept(_certificate, null, SslPolicyErrors.None).ShouldBeFalse();
        judge.Refusal!.Kind.ShouldBe(FailureKind.Usage);
    }

    [Fact]
    public void Endpoint_of_the_inventory_is_named_in_the_command_to_type()
    {
        var target = new TlsTarget("vc-berlin", "vc1", 443, new TlsSettings(), TimeSpan.FromSeconds(1)) { DeclaredAt = "opskit.yaml:3:5" };
        var judge = new CertificateJudge(target, new TrustStore(_host.JumpHost), _clock);

        judge.Accept(_certificate, null, SslPolicyErrors.RemoteCertificateChainErrors);

        judge.Refusal!.Next.ShouldNotBeNull().ShouldEndWith("opskit trust add vc-berlin");
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        _clock.SetUtcNow(Now.AddYears(2));
        var judge = Judge(new TlsSettings());

        judge.Accept(_certificate, null, SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch);

        judge.Refusal!.Message.ShouldContain("it expired on 2027-01-01; it is for vc1.example.com, not for vc1; it is self-signed");
    }

    [Fact]
    public void Service_without_a_certificate_is_refused()
    {
        var judge = Judge(new TlsSettings { Thumbprint = new string('0', 64) });

        judge.Accept(null, null, SslPolicyErrors.RemoteCertificateNotAvailable).ShouldBeFalse();
        judge.Refusal!.Message.ShouldBe("vc1:443: the service presented no certificate");
    }

    private static X509Certificate2 Certificate(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("vc1.example.com");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    private static string Sha256(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    private CertificateJudge Judge(TlsSettings settings) =>
        new(new TlsTarget("vc1", "vc1", 443, settings, TimeSpan.FromSeconds(1)), new TrustStore(_host.JumpHost), _clock);
}
