using OpsKit.Connections.Trust;

namespace OpsKit.Connections.Tests.Trust;

public sealed class TrustStoreTests : IDisposable
{
    private static readonly CertificateFacts First = Facts('A', "CN=vc1");
    private static readonly CertificateFacts Second = Facts('B', "CN=vc1\nevil");

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Pin_is_kept_replaced_and_removed()
    {
        var store = new TrustStore(_host.JumpHost);
        store.Add("vc1", 443, First);
        store.Add("vc1", 8443, Second);
        store.Add("vc1", 443, Second);

        store.Find("VC1", 443).ShouldHaveSingleItem().Sha256.ShouldBe(Second.Sha256);
        new TrustStore(_host.JumpHost).Certificates().Count.ShouldBe(2);
        store.Remove("vc1", 443).ShouldBe(1);
        store.Remove("vc1", 443).ShouldBe(0);
        store.Find("vc1", 443).ShouldBeEmpty();
        store.Find("vc1", 8443).ShouldNotBeEmpty();
    }

    [Fact]
    public void Comments_and_other_lines_stay()
    {
        var store = new TrustStore(_host.JumpHost);
        store.Add("vc1", 443, First);
        File.AppendAllText(store.CertificatesFile, "# by hand\n");

        store.Add("vc2", 443, Second);
        store.Remove("vc1", 443);

        File.ReadAllText(store.CertificatesFile).ShouldStartWith("# by hand\nvc2:443 ");
    }

    [Fact]
    public void Damaged_line_is_told_with_its_place()
    {
        var store = new TrustStore(_host.JumpHost);
        store.Add("vc1", 443, First);
        File.AppendAllText(store.CertificatesFile, "vc2:443 not-a-thumbprint\n");

        var refused = Should.Throw<OpsKitException>(() => store.Find("vc1", 443));

        refused.Message.ShouldContain($"{store.CertificatesFile}:2");
    }

    [Fact]
    public async Task Writers_at_the_same_time_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => new TrustStore(_host.JumpHost).Add($"vc{number}", 443, First))));

        new TrustStore(_host.JumpHost).Certificates().Count.ShouldBe(20);
    }

    private static CertificateFacts Facts(char digit, string subject) =>
        new(subject, "CN=ca", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100), new string(digit, 64), ["vc1"]);
}
