using System.Net;
using System.Security.Cryptography;
using System.Xml.Linq;
using OpsKit.Lab.Enclosures.XmlData;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Network;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.Enclosures;

public sealed class XmlDataTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_onboard_administrator_tells_of_managers_switches_and_blades()
    {
        await using var lab = new EnclosureLab();
        Golden.ShouldMatch(OaXml.Write(lab.Site, lab.Enclosure.Oas[0])!, "oa-xmldata.xml");
    }

    [Fact]
    public async Task An_ilo_tells_of_its_blade()
    {
        await using var lab = new EnclosureLab();
        Golden.ShouldMatch(IloXml.Write(lab.Site, lab.Host(1)), "ilo-xmldata.xml");
    }

    [Fact]
    public async Task It_is_served_without_a_login_at_every_address_with_a_certificate_for_it()
    {
        await using var lab = new EnclosureLab();
        await using var server = await StartAsync(lab);
        foreach (var oa in lab.Enclosure.Oas)
        {
            var document = XDocument.Parse(await GetAsync(server, oa.Address));
            var manager = document.Descendants("MANAGER").Single(element => element.Element("YOUAREHERE")!.Value == "true");
            manager.Element("NAME")!.Value.ShouldBe(oa.Name);
            manager.Element("ROLE")!.Value.ShouldBe(oa.Active ? "ACTIVE" : "STANDBY");
        }

        XDocument.Parse(await GetAsync(server, lab.Host(2).IloAddress!)).Descendants("SBSN").Single().Value.ShouldBe(lab.Host(2).Serial);
        lab.Log.All.ShouldAllBe(operation => operation.Operation == XmlDataServer.Operation);
    }

    [Fact]
    public async Task A_restarting_module_has_no_address_and_no_version()
    {
        await using var lab = new EnclosureLab();
        lab.Network.Reset(lab.Enclosure, lab.Module(1));
        lab.Real.Advance(NetworkTimes.OaLag);
        var module = XDocument.Parse(OaXml.Write(lab.Site, lab.Enclosure.Oas[0])!).Descendants("SWITCH").First();
        module.Element("FWRI")!.Value.ShouldBe("[Unknown]");
        module.Element("MGMTIPADDR")!.Value.ShouldBe("0.0.0.0");
    }

    [Theory]
    [InlineData("/xmldata", "GET", 404)]
    [InlineData("/xmldata?item=cpu", "GET", 404)]
    [InlineData("/", "GET", 404)]
    [InlineData("/xmldata?item=all", "POST", 405)]
    [InlineData("/xmldata?item=ALL", "GET", 200)]
    public async Task Other_requests_are_refused(string path, string method, int status)
    {
        await using var lab = new EnclosureLab(LabSize.Small);
        await using var server = await StartAsync(lab);
        using var http = Http(server, lab.Enclosure.Oas[0].Address);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await http.SendAsync(request, Token);
        ((int)response.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task Nothing_is_told_where_the_reply_is_off_or_the_administrator_away()
    {
        await using var lab = new EnclosureLab(LabSize.Small);
        await using var server = await StartAsync(lab);
        using var http = Http(server, lab.Enclosure.Oas[0].Address);
        await lab.ExecAsync("DISABLE XMLREPLY");
        (await http.GetAsync(new Uri("/xmldata?item=all", UriKind.Relative), Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await lab.ExecAsync("ENABLE XMLREPLY");
        lab.Network.TakeAway(lab.Enclosure.Oas[0], TimeSpan.Zero, NetworkTimes.OaRestart);
        await Should.ThrowAsync<HttpRequestException>(() => http.GetStringAsync(new Uri("/xmldata?item=all", UriKind.Relative), Token));
    }

    [Theory]
    [InlineData("Cut")]
    [InlineData("Refused")]
    [InlineData("Unavailable")]
    [InlineData("Garbled")]
    public async Task Faults_strike_once(string kind)
    {
        await using var lab = new EnclosureLab(LabSize.Small);
        await using var server = await StartAsync(lab);
        lab.Faults.Add(new Fault(Enum.Parse<FaultKind>(kind)) { Operation = XmlDataServer.Operation, Times = 1 });
        await Should.ThrowAsync<Exception>(async () => XDocument.Parse(await GetAsync(server, lab.Enclosure.Oas[0].Address)));
        XDocument.Parse(await GetAsync(server, lab.Enclosure.Oas[0].Address)).Root!.Name.LocalName.ShouldBe("RIMP");
    }

    private static async Task<XmlDataServer> StartAsync(EnclosureLab lab)
    {
        var server = new XmlDataServer(lab.Estate, lab.Network, lab.Faults, lab.Log, [lab.Site]);
        await server.StartAsync(Token);
        return server;
    }

    private static async Task<string> GetAsync(XmlDataServer server, IPAddress address)
    {
        using var http = Http(server, address);
        return await http.GetStringAsync(new Uri("/xmldata?item=all", UriKind.Relative), Token);
    }

    private static HttpClient Http(XmlDataServer server, IPAddress address)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            string.Equals(certificate?.GetCertHashString(HashAlgorithmName.SHA256), server.ThumbprintAt(address), StringComparison.OrdinalIgnoreCase);
        return new HttpClient(handler) { BaseAddress = new Uri($"https://{address}:{server.Port}/") };
    }
}
