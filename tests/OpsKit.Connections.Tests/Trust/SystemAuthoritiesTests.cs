using OpsKit.Connections.Inventory;
using OpsKit.Connections.Trust;

namespace OpsKit.Connections.Tests.Trust;

public sealed class SystemAuthoritiesTests : IDisposable
{
    private static readonly VCenterEndpoint Plain = new() { Name = "vc1", Address = "vc1" };
    private static readonly VCenterEndpoint Pinned = Plain with { Name = "vc2", Address = "vc2", Tls = new TlsSettings { Thumbprint = new string('A', 64) } };
    private static readonly HostEndpoint Host = new() { Name = "esx1", Address = "esx1" };
    private static readonly EnclosureEndpoint Enclosure = new() { Name = "enc1", Address = "enc1" };

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Endpoints_with_a_thumbprint_or_without_tls_do_without() => Needed(Pinned, Host).ShouldBeFalse();

    [Fact]
    public void One_endpoint_without_a_pin_needs_them() => Needed(Pinned, Host, Plain).ShouldBeTrue();

    [Fact]
    public void Ca_file_needs_them() => Needed(Plain with { Tls = new TlsSettings { CaFile = "ca.pem" } }).ShouldBeTrue();

    [Fact]
    public void Enclosure_needs_them() => Needed(Enclosure).ShouldBeTrue();

    [Fact]
    public async Task Certificate_trusted_before_does_without()
    {
        var facts = new CertificateFacts("CN=vc1", "CN=vc1", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, new string('B', 64), ["vc1"]);
        await new TrustStore(_host.JumpHost).AddAsync("vc1", 443, facts, TestContext.Current.CancellationToken);

        Needed(Plain).ShouldBeFalse();
        Needed(Plain with { Port = 8443 }).ShouldBeTrue();
    }

    private bool Needed(params Endpoint[] endpoints) => SystemAuthorities.AreNeededBy(endpoints, new TrustStore(_host.JumpHost));
}
