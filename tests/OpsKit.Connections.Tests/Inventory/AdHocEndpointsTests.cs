using OpsKit.Connections.Inventory;
using OpsKit.Connections.Secrets;

namespace OpsKit.Connections.Tests.Inventory;

public sealed class AdHocEndpointsTests
{
    private const string Pin = "3F0A77C1158B4E9260D3AA0F5C21B86E9407DD3BE27019C58AF436519D0B629C";

    [Fact]
    public void Bare_name_means_https_and_sdk()
    {
        var server = Create(["vc1", "https://vc2:8443/other"], []).VCenters.ToArray();

        server[0].SdkUri.ShouldBe(new Uri("https://vc1/sdk"));
        server[1].SdkUri.ShouldBe(new Uri("https://vc2:8443/other"));
        server[1].Name.ShouldBe("vc2:8443");
    }

    [Fact]
    public void User_without_a_password_is_asked_for_it() =>
        AdHocEndpoints.Create(["vc1"], [], "reader", null, null).Endpoints[0].Credential!.Password.ShouldBe(new SecretReference(SecretSource.Prompt, ""));

    [Fact]
    public void Host_takes_a_port() => Create([], ["esx1:2222"]).Hosts.Single().Ssh.Port.ShouldBe(2222);

    [Fact]
    public void Thumbprint_is_normalised() =>
        ((VCenterEndpoint)AdHocEndpoints.Create(["vc1"], [], null, null, "sha256:" + string.Join(':', Pin.ToLowerInvariant().Chunk(2).Select(pair => new string(pair)))).Endpoints[0]).Tls.Thumbprint.ShouldBe(Pin);

    [Theory]
    [InlineData("vc1", null, "pw", null, "by reference")]
    [InlineData("vc1", null, "env:X", null, "no user")]
    [InlineData("http://vc1", null, null, null, "only https")]
    [InlineData("vc1,vc2", null, null, Pin, "cannot stand for 2 servers")]
    [InlineData("vc1,VC1", null, null, null, "given twice")]
    [InlineData("vc1", null, null, "0A9C3F0A77C1158B4E9260D3AA0F5C21B86E9407", "SHA-1")]
    public void What_is_wrong_is_told(string servers, string? user, string? password, string? thumbprint, string message)
    {
        user ??= password == "pw" ? "reader" : null;
        var refused = Should.Throw<OpsKitException>(() => AdHocEndpoints.Create(servers.Split(','), [], user, password, thumbprint));

        refused.Kind.ShouldBe(FailureKind.Usage);
        refused.Message.ShouldContain(message);
    }

    private static Estate Create(string[] servers, string[] hosts) => AdHocEndpoints.Create(servers, hosts, null, null, null);
}
