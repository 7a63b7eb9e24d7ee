using OpsKit.Connections.Ssh;
using Renci.SshNet;

namespace OpsKit.Connections.Tests.Ssh;

public sealed class SshAlgorithmsTests
{
    private static readonly string[] Old =
    [
        "diffie-hellman-group14-sha1", "diffie-hellman-group-exchange-sha1", "diffie-hellman-group1-sha1", "aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc", "hmac-sha1",
        "hmac-sha1-etm@openssh.com", "ssh-rsa",
    ];

    [Fact]
    public void Old_algorithms_are_offered_where_they_are_allowed_and_last()
    {
        var modern = Offered(allowLegacy: false);
        var all = Offered(allowLegacy: true);

        foreach (var kind in modern.Keys)
        {
            modern[kind].ShouldNotBeEmpty();
            modern[kind].Intersect(Old).ShouldBeEmpty(kind);
            all[kind].Take(modern[kind].Length).ShouldBe(modern[kind]);
        }

        all.Values.SelectMany(offered => offered).Intersect(Old).ShouldBe(Old, ignoreOrder: true);
    }

    [Fact]
    public void Curve25519_comes_first() => Offered(allowLegacy: false)["kex"][0].ShouldBe("curve25519-sha256");

    [Fact]
    public void Certificates_are_never_asked_for() => Offered(allowLegacy: true)["host keys"].ShouldAllBe(name => !name.Contains("cert", StringComparison.Ordinal));

    [Fact]
    public void Key_types_on_record_are_asked_for_first()
    {
        var order = SshAlgorithms.HostKeyOrder(["ssh-ed25519", "ecdsa-sha2-nistp256", "rsa-sha2-512", "rsa-sha2-256"], ["ssh-rsa"]);

        order.ShouldBe(["rsa-sha2-512", "rsa-sha2-256", "ssh-ed25519", "ecdsa-sha2-nistp256"]);
    }

    private static Dictionary<string, string[]> Offered(bool allowLegacy)
    {
        var info = new ConnectionInfo("host", "user", new NoneAuthenticationMethod("user"));
        SshAlgorithms.Offer(info, allowLegacy, []);
        return new Dictionary<string, string[]>
        {
            ["kex"] = [.. info.KeyExchangeAlgorithms.Keys],
            ["ciphers"] = [.. info.Encryptions.Keys],
            ["macs"] = [.. info.HmacAlgorithms.Keys],
            ["host keys"] = [.. info.HostKeyAlgorithms.Keys],
        };
    }
}
