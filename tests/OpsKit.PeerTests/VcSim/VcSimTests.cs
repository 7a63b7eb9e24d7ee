using System.Net;
using System.Text;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.VcSim;

/// <summary>The simulator's own promises: tests of the product rest on them.</summary>
public sealed class VcSimTests(SharedVcSim shared) : IClassFixture<SharedVcSim>
{
    private const string Content =
        """<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><RetrieveServiceContent xmlns="urn:vim25"><_this type="ServiceInstance">ServiceInstance</_this></RetrieveServiceContent></soap:Body></soap:Envelope>""";

    [Fact]
    public async Task Call_received_is_counted_by_name()
    {
        using var http = Client(shared.Server);
        using var response = await http.PostAsync(shared.Server.Sdk, Xml(Content), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await shared.Server.CallsAsync()).ShouldContain("RetrieveServiceContent");
    }

    [Fact]
    public async Task Read_without_a_login_is_answered_not_authenticated()
    {
        using var http = Client(shared.Server);
        var read = Content.Replace("RetrieveServiceContent", "RetrievePropertiesEx").Replace("ServiceInstance", "propertyCollector");
        using var response = await http.PostAsync(shared.Server.Sdk, Xml(read), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("NotAuthenticatedFault");
    }

    [Theory]
    [InlineData("enclosure-a", "EP501-00000-00000-00000-PLUS1")]
    [InlineData("enclosure-b", "AD401-00000-00000-00000-ADVAN")]
    public async Task Estate_file_gives_the_simulator_real_licences(string estate, string key)
    {
        await using var server = await VCenterSimulator.StartAsync("-estate", VCenterSimulator.EstateFile(estate), "-any-user", "-plain");
        using var http = new HttpClient();
        const string login =
            """<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><Login xmlns="urn:vim25"><_this type="SessionManager">SessionManager</_this><userName>a</userName><password>b</password></Login></soap:Body></soap:Envelope>""";
        (await http.PostAsync(server.Sdk, Xml(login), TestContext.Current.CancellationToken)).Dispose();
        const string read =
            """<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><RetrievePropertiesEx xmlns="urn:vim25"><_this type="PropertyCollector">propertyCollector</_this><specSet><propSet><type>LicenseManager</type><pathSet>licenses</pathSet></propSet><objectSet><obj type="LicenseManager">LicenseManager</obj></objectSet></specSet><options/></RetrievePropertiesEx></soap:Body></soap:Envelope>""";
        using var response = await http.PostAsync(server.Sdk, Xml(read), TestContext.Current.CancellationToken);

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(key);
    }

    private static HttpClient Client(VCenterSimulator server)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate?.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256) == server.Thumbprint;
        return new HttpClient(handler);
    }

    private static StringContent Xml(string text) => new(text, Encoding.UTF8, "text/xml");
}
