using System.Net;
using System.Text;
using OpsKit.Vim25;

namespace OpsKit.Lab.Tests.VCenter;

public sealed class RawRequestTests
{
    private const string Content = """<RetrieveServiceContent xmlns="urn:vim25"><_this type="ServiceInstance">ServiceInstance</_this></RetrieveServiceContent>""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", 200, "text/html")]
    [InlineData("/sdk/vimServiceVersions.xml", 200, "text/xml")]
    [InlineData("/sdk", 405, "text/plain")]
    [InlineData("/sdk/vimService?wsdl", 405, "text/plain")]
    [InlineData("/sdk/vimService.wsdl", 200, "text/xml")]
    [InlineData("/mob", 404, "text/plain")]
    public async Task Browsers_and_curl_get_sane_answers(string path, int status, string type)
    {
        await using var vcenter = await TinyVCenter.StartAsync();

        using var response = await vcenter.Http().GetAsync(new Uri(vcenter.Server.Sdk, path), Token);
        using var head = await vcenter.Http().SendAsync(new HttpRequestMessage(HttpMethod.Head, new Uri(vcenter.Server.Sdk, path)), Token);

        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        (await response.Content.ReadAsStringAsync(Token)).ShouldNotBeEmpty();
        head.StatusCode.ShouldBe(response.StatusCode);
    }

    [Fact]
    public async Task Versions_are_listed_newest_first()
    {
        await using var vcenter = await TinyVCenter.StartAsync();

        var versions = await ServiceVersions.FetchAsync(vcenter.Http(), vcenter.Server.Sdk, Token);

        versions.Offered[0].ShouldBe("8.0.3.0");
        versions.Offered.ShouldContain("6.7");
        versions.Choose(out var note).ShouldBe("8.0.3.0");
        note.ShouldBeNull();
    }

    [Fact]
    public async Task Other_methods_and_paths_are_refused_in_http()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var http = vcenter.Http();
        using var delete = await http.DeleteAsync(vcenter.Server.Sdk, Token);
        using var post = await http.PostAsync(new Uri(vcenter.Server.Sdk, "/"), new StringContent("x"), Token);
        using var packed = new ByteArrayContent([1, 2, 3]);
        packed.Headers.ContentEncoding.Add("gzip");
        using var gzip = await http.PostAsync(vcenter.Server.Sdk, packed, Token);
        using var nineMegabytes = new HttpRequestMessage(HttpMethod.Post, vcenter.Server.Sdk) { Content = new ByteArrayContent(new byte[9 * 1024 * 1024]) };
        nineMegabytes.Headers.ExpectContinue = true;
        using var large = await http.SendAsync(nineMegabytes, Token);

        delete.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        post.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        gzip.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Cookie_is_the_one_that_real_servers_set()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var account = vcenter.VCenter.Accounts[0];
        var login = $"""<Login xmlns="urn:vim25"><_this type="SessionManager">SessionManager</_this><userName>{account.User}</userName><password>{WebUtility.HtmlEncode(account.Password)}</password></Login>""";
        using var content = new StringContent(Envelope(login), Encoding.UTF8, "text/xml");

        using var response = await vcenter.Http().PostAsync(vcenter.Server.Sdk, content, Token);

        response.Headers.GetValues("Set-Cookie").Single().ShouldMatch("^vmware_soap_session=\"52[0-9a-f]{6}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\"; Path=/; HttpOnly; Secure$");
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/xml; charset=utf-8");
    }

    [Theory]
    [InlineData("", "no root element")]
    [InlineData("not xml at all", "not well-formed")]
    [InlineData("<a", "not well-formed")]
    [InlineData("<a/>", "Envelope")]
    [InlineData("<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>", "DTD")]
    [InlineData("<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\"/>", "SOAP 1.1")]
    [InlineData("<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"/>", "no request")]
    [InlineData("<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body/></e:Envelope>", "no request")]
    [InlineData("<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Legs/></e:Envelope>", "Legs")]
    public async Task Body_that_is_no_envelope_is_an_invalid_request(string body, string complaint)
    {
        await using var vcenter = await TinyVCenter.StartAsync();

        var (status, answer) = await vcenter.PostAsync(body);

        status.ShouldBe(HttpStatusCode.InternalServerError);
        answer.ShouldContain("<InvalidRequestFault");
        answer.ShouldContain(complaint);
        vcenter.Log.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("the elements in another order", "<_this type=\"SessionManager\">SessionManager</_this><password>p</password><userName>u</userName>", "expected \"userName\"")]
    [InlineData("a required element left out", "<_this type=\"SessionManager\">SessionManager</_this><userName>u</userName>", "password")]
    [InlineData("an element the operation does not have", "<_this type=\"SessionManager\">SessionManager</_this><userName>u</userName><password>p</password><token>t</token>", "token")]
    [InlineData("an element twice", "<_this type=\"SessionManager\">SessionManager</_this><userName>u</userName><userName>u</userName><password>p</password>", "userName")]
    [InlineData("no object", "<userName>u</userName><password>p</password>", "_this")]
    [InlineData("an object without a type", "<_this>SessionManager</_this><userName>u</userName><password>p</password>", "_this")]
    public async Task Request_that_the_schema_does_not_allow_is_refused(string fault, string parameters, string complaint)
    {
        await using var vcenter = await TinyVCenter.StartAsync();

        var (status, answer) = await vcenter.PostRequestAsync($"""<Login xmlns="urn:vim25">{parameters}</Login>""");

        status.ShouldBe(HttpStatusCode.InternalServerError, fault);
        answer.ShouldContain("<InvalidRequestFault");
        WebUtility.HtmlDecode(answer).ShouldContain(complaint);
    }

    [Theory]
    [InlineData("<spec><propSet><type>Folder</type></propSet></spec>", "objectSet")]
    [InlineData("<spec><objectSet><obj type=\"Folder\">group-d1</obj></objectSet><propSet><type>Folder</type></propSet></spec>", "propSet")]
    [InlineData("<spec><propSet><type>Folder</type><colour>red</colour></propSet></spec>", "colour")]
    [InlineData("<spec><propSet><type>Folder</type><all>yes</all></propSet></spec>", "true or false")]
    [InlineData("<spec><propSet><all/><type>Folder</type></propSet></spec>", "type")]
    [InlineData("<spec xsi:type=\"VirtualDisk\"/>", "VirtualDisk")]
    [InlineData("<spec xsi:type=\"Nonsense\"/>", "Nonsense")]
    public async Task Data_object_that_the_schema_does_not_allow_is_refused(string spec, string complaint)
    {
        await using var vcenter = await TinyVCenter.StartAsync();

        var (status, answer) = await vcenter.PostRequestAsync($"""<CreateFilter xmlns="urn:vim25"><_this type="PropertyCollector">propertyCollector</_this>{spec}<partialUpdates>false</partialUpdates></CreateFilter>""");

        status.ShouldBe(HttpStatusCode.InternalServerError);
        answer.ShouldContain("<InvalidRequestFault");
        WebUtility.HtmlDecode(answer).ShouldContain(complaint);
    }

    [Theory]
    [InlineData("<FlyToTheMoon xmlns=\"urn:vim25\"><_this type=\"ServiceInstance\">ServiceInstance</_this></FlyToTheMoon>")]
    [InlineData("<RetrieveServiceContent xmlns=\"urn:vim26\"><_this type=\"ServiceInstance\">ServiceInstance</_this></RetrieveServiceContent>")]
    [InlineData("<RetrieveServiceContent><_this type=\"ServiceInstance\">ServiceInstance</_this></RetrieveServiceContent>")]
    public async Task Operation_that_nobody_knows_cannot_be_resolved(string request)
    {
        await using var vcenter = await TinyVCenter.StartAsync();

        var (status, answer) = await vcenter.PostRequestAsync(request);

        status.ShouldBe(HttpStatusCode.InternalServerError);
        answer.ShouldContain("Unable to resolve WSDL method name");
        answer.ShouldContain("<InvalidRequestFault xsi:type=\"InvalidRequest\" xmlns=\"urn:vim25\"");
    }

    [Fact]
    public async Task Operation_that_the_object_does_not_have_and_one_the_lab_does_not_do_are_told_apart()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        var machine = TinyInventory.Of(vcenter.Machines[0]);

        var wrong = await Should.ThrowAsync<VimFaultException>(() => session.Changes.RefreshFirewallAsync(machine, Token));
        var unknown = await Should.ThrowAsync<VimFaultException>(() => session.Changes.ConsolidateVMDisksTaskAsync(machine, Token));

        wrong.Fault.ShouldBeOfType<Vim25.Types.MethodNotFound>().Method.ShouldBe("RefreshFirewall");
        unknown.Fault.ShouldBeOfType<Vim25.Types.NotSupported>();
        vcenter.Log.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Prefixes_headers_comments_and_attributes_of_other_clients_are_taken()
    {
        await using var vcenter = await TinyVCenter.StartAsync();

        var (status, answer) = await vcenter.PostAsync("""
            <?xml version="1.0" encoding="utf-8"?>
            <S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
              <S:Header><operationID>esxcli-1</operationID></S:Header><!-- hello -->
              <S:Body><v:RetrieveServiceContent xmlns:v="urn:vim25"><v:_this versionId="6.7" i:type="v:ManagedObjectReference" type="ServiceInstance">ServiceInstance</v:_this></v:RetrieveServiceContent></S:Body>
            </S:Envelope>
            """.TrimStart());

        status.ShouldBe(HttpStatusCode.OK, answer);
        answer.ShouldContain("<rootFolder type=\"Folder\">group-d1</rootFolder>");
        vcenter.Schema.Violations.ShouldAllBe(complaint => complaint.StartsWith("RetrieveServiceContent request", StringComparison.Ordinal));
        vcenter.Schema.Violations.Clear();
    }

    [Fact]
    public async Task Server_answers_on_after_anything_that_was_thrown_at_it()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var random = new Random(1);
        var valid = Encoding.UTF8.GetBytes(Envelope(Content));
        for (var i = 0; i < 100; i++)
        {
            var spoilt = valid.ToArray();
            for (var j = random.Next(1, 8); j > 0; j--)
                spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
            using var response = await vcenter.Http().PostAsync(vcenter.Server.Sdk, new ByteArrayContent(spoilt), Token);
            ((int)response.StatusCode).ShouldBeOneOf(200, 500);
        }

        (await vcenter.PostRequestAsync(Content)).Status.ShouldBe(HttpStatusCode.OK);
        vcenter.Schema.Violations.Clear();
    }

    private static string Envelope(string body) =>
        $"""<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>{body}</e:Body></e:Envelope>""";
}
