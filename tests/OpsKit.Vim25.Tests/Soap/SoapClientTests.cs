using System.IO.Compression;
using System.Text;
using OpsKit.TestKit;
using OpsKit.Vim25.Types;

namespace OpsKit.Vim25.Tests.Soap;

public sealed class SoapClientTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_is_utf8_without_byte_order_mark_and_names_the_version()
    {
        await using var scripted = Scripted.Start(_ => Scripted.Time);
        scripted.Client.ApiVersion = "5.5";

        (await scripted.CurrentTimeAsync(Ct)).ShouldBe(new DateTimeOffset(2011, 8, 3, 12, 0, 0, TimeSpan.Zero));

        var request = scripted.Server.Requests.ShouldHaveSingleItem();
        request.Method.ShouldBe("POST");
        request.Path.ShouldBe("/sdk");
        request.Headers["SOAPAction"].ShouldBe("\"urn:vim25/5.5\"");
        request.Headers["Content-Type"].ShouldBe("text/xml; charset=utf-8");
        request.Body[0].ShouldBe('<');
        request.Body.ShouldContain("""<_this type="ServiceInstance">ServiceInstance</_this>""");
    }

    [Fact]
    public async Task Calls_one_after_the_other_use_one_connection()
    {
        await using var scripted = Scripted.Start(_ => Scripted.Time);
        for (var i = 0; i < 20; i++)
            await scripted.CurrentTimeAsync(Ct);

        scripted.Server.Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task Fault_of_a_known_type_is_typed()
    {
        await using var scripted = Scripted.Start(_ => SoapAnswer.Fault(
            "ManagedObjectNotFound", "The object 'vim.VirtualMachine:vm-1' has already been deleted", """<obj type="VirtualMachine">vm-1</obj>"""));

        var fault = await Should.ThrowAsync<VimFaultException>(scripted.CurrentTimeAsync(Ct));

        fault.Fault.ShouldBeOfType<ManagedObjectNotFound>().Obj.ShouldBe(new ManagedObjectReference("VirtualMachine", "vm-1"));
        fault.FaultType.ShouldBe("ManagedObjectNotFound");
        fault.Operation.ShouldBe("CurrentTime");
        fault.Message.ShouldBe("CurrentTime: The object 'vim.VirtualMachine:vm-1' has already been deleted (ManagedObjectNotFound)");
    }

    [Fact]
    public async Task Fault_of_an_unknown_type_keeps_its_name()
    {
        await using var scripted = Scripted.Start(_ => SoapAnswer.Fault("QuantumFluxFault", "Flux", "<flux>7</flux>"));

        var fault = await Should.ThrowAsync<VimFaultException>(scripted.CurrentTimeAsync(Ct));

        fault.FaultType.ShouldBe("QuantumFluxFault");
        fault.Fault!.IsUnknownSubtype.ShouldBeTrue();
    }

    [Fact]
    public async Task Fault_without_a_type_attribute_is_known_by_its_element()
    {
        await using var scripted = Scripted.Start(_ => SoapAnswer.Envelope(
            """<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>no</faultstring><detail><InvalidLoginFault xmlns="urn:vim25"/></detail></soapenv:Fault>""", 500));

        (await Should.ThrowAsync<VimFaultException>(scripted.CurrentTimeAsync(Ct))).Fault.ShouldBeOfType<InvalidLogin>();
    }

    [Fact]
    public async Task Fault_without_detail_is_known_by_its_code()
    {
        await using var scripted = Scripted.Start(_ => SoapAnswer.Envelope(
            "<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>Unexpected element tag</faultstring></soapenv:Fault>", 500));

        var fault = await Should.ThrowAsync<VimFaultException>(scripted.CurrentTimeAsync(Ct));

        fault.Fault.ShouldBeNull();
        fault.Message.ShouldBe("CurrentTime: Unexpected element tag (ServerFaultCode)");
    }

    [Fact]
    public async Task Fault_tells_its_messages_and_causes()
    {
        await using var scripted = Scripted.Start(_ => SoapAnswer.Fault(
            "HostConfigFault",
            "failed",
            """
            <faultCause><fault xsi:type="NoDiskSpace"><faultCause><fault xsi:type="NewFault"/></faultCause><file>/scratch</file><datastore>ds1</datastore></fault><localizedMessage>disk full</localizedMessage></faultCause>
            <faultMessage><key>com.vmware.k</key><message>See the log</message></faultMessage>
            """));

        var fault = await Should.ThrowAsync<VimFaultException>(scripted.CurrentTimeAsync(Ct));

        fault.Causes.ShouldBe(["See the log", "caused by: disk full (NoDiskSpace)", "caused by NewFault"]);
        fault.Message.ShouldEndWith("; See the log; caused by: disk full (NoDiskSpace); caused by NewFault");
    }

    [Theory]
    [InlineData(404, "<html>\n<body>Not   here</body></html>", "HTTP 404", "<html> <body>Not here</body></html>")]
    [InlineData(503, "Service Unavailable", "HTTP 503", "Service Unavailable")]
    [InlineData(500, "<html>proxy error</html>", "HTTP 500", "proxy error")]
    [InlineData(401, "", "HTTP 401", "CurrentTime")]
    [InlineData(200, "<html><body>Welcome</body></html>", "the answer is a <html>, not a SOAP envelope", "Welcome")]
    [InlineData(200, "hello", "not well-formed XML", "hello")]
    [InlineData(200, "", "not well-formed XML", "CurrentTime")]
    [InlineData(200, "<!DOCTYPE e [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><e>&x;</e>", "not well-formed XML", "DTD")]
    [InlineData(200, "<Envelope><Body></Body></Envelope>", "the SOAP envelope has no content", "Envelope")]
    [InlineData(200, "<Envelope><Body><OtherResponse/></Body></Envelope>", "the answer is a <OtherResponse>, not a <CurrentTimeResponse>", "Envelope")]
    [InlineData(200, "<Envelope><Body><CurrentTimeResponse><returnval>2011-08-03T12:00:00Z</returnv", "not well-formed XML", "Envelope")]
    public async Task Answer_that_is_none_says_what_came(int status, string body, string says, string quotes)
    {
        await using var scripted = Scripted.Start(_ => SoapAnswer.Text(status, body));

        var failure = await Should.ThrowAsync<VimProtocolException>(scripted.CurrentTimeAsync(Ct));

        failure.Message.ShouldContain(says);
        failure.Message.ShouldContain(quotes);
        failure.Message.ShouldStartWith($"{scripted.Server.Sdk}: CurrentTime");
        if (status != 200)
            ((int?)failure.StatusCode).ShouldBe(status);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(40)]
    public async Task Connection_cut_in_an_answer_is_a_broken_connection(int cutAt)
    {
        await using var scripted = Scripted.Start(_ => Scripted.Time with { CutAt = cutAt });

        (await Should.ThrowAsync<VimTransportException>(scripted.CurrentTimeAsync(Ct))).Failure.ShouldBe(TransportFailure.Broken);
    }

    [Fact]
    public async Task Port_nobody_listens_on_is_refused()
    {
        var scripted = Scripted.Start(_ => Scripted.Time);
        await scripted.Server.DisposeAsync();

        var failure = await Should.ThrowAsync<VimTransportException>(scripted.CurrentTimeAsync(Ct));

        failure.Failure.ShouldBe(TransportFailure.Refused);
        failure.NotSent.ShouldBeTrue();
    }

    [Fact]
    public async Task Name_without_an_address_is_not_found()
    {
        using var http = new HttpClient();
        var client = new SoapClient(http, new Uri("https://vcenter.invalid/sdk"));

        var failure = await Should.ThrowAsync<VimTransportException>(new VimQueries(client).CurrentTimeAsync(Scripted.ServiceInstance, Ct));

        failure.Failure.ShouldBe(TransportFailure.NameNotFound);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(60)]
    public async Task Silent_server_is_given_up_after_the_longest_silence(int? hangAt)
    {
        var answer = hangAt is null ? Scripted.Time with { Delay = TimeSpan.FromMinutes(1) } : Scripted.Time with { HangAt = hangAt };
        await using var scripted = Scripted.Start(_ => answer, new SoapClientOptions { LongestSilence = TimeSpan.FromSeconds(0.3) });

        var failure = await Should.ThrowAsync<VimTransportException>(scripted.CurrentTimeAsync(Ct));

        failure.Failure.ShouldBe(TransportFailure.TimedOut);
        failure.Message.ShouldContain("no answer within 0.3 s");
    }

    [Fact]
    public async Task Caller_that_cancels_is_let_go_even_when_the_server_hangs_in_a_large_body()
    {
        var large = SoapAnswer.Response("CurrentTime", new string(' ', 200_000) + "<returnval>2011-08-03T12:00:00Z</returnval>");
        await using var scripted = Scripted.Start(_ => large with { HangAt = 150_000 });
        using var cancel = new CancellationTokenSource();
        var call = scripted.CurrentTimeAsync(cancel.Token);
        while (scripted.Server.Requests.Count == 0)
            await Task.Delay(10, Ct);
        cancel.CancelAfter(100);

        await Should.ThrowAsync<OperationCanceledException>(call.WaitAsync(TimeSpan.FromSeconds(10), Ct));
    }

    [Fact]
    public async Task Answer_larger_than_the_limit_is_refused()
    {
        var large = SoapAnswer.Response("CurrentTime", new string(' ', 100_000));
        await using var scripted = Scripted.Start(_ => large, new SoapClientOptions { MaxResponseBytes = 70_000 });

        (await Should.ThrowAsync<VimProtocolException>(scripted.CurrentTimeAsync(Ct))).Message.ShouldContain("larger than the limit of 70000 bytes");
    }

    [Fact]
    public async Task Packed_answer_is_understood()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            await gzip.WriteAsync(Scripted.Time.Body, Ct);
        var answer = Scripted.Time with { Body = packed.ToArray(), Headers = ["Content-Encoding: gzip"] };
        await using var scripted = Scripted.Start(_ => answer, new SoapClientOptions { AcceptGzip = true });

        (await scripted.CurrentTimeAsync(Ct)).ShouldNotBeNull();
        scripted.Server.Requests[0].Headers["Accept-Encoding"].ShouldBe("gzip");
    }

    [Fact]
    public async Task Redirect_on_the_same_server_is_followed()
    {
        await using var scripted = Scripted.Start(request => request.Path == "/sdk"
            ? new SoapAnswer { Status = 307, Headers = ["Location: /sdk/vimService"] }
            : Scripted.Time);

        (await scripted.CurrentTimeAsync(Ct)).ShouldNotBeNull();
        scripted.Server.Requests.Select(r => $"{r.Method} {r.Path}").ShouldBe(["POST /sdk", "POST /sdk/vimService"]);
    }

    [Fact]
    public async Task Redirect_to_another_server_is_refused_and_nothing_is_sent_there()
    {
        await using var other = SoapServer.Start(_ => Scripted.Time);
        await using var scripted = Scripted.Start(_ => new SoapAnswer { Status = 302, Headers = [$"Location: {other.Sdk}"] });

        (await Should.ThrowAsync<VimProtocolException>(scripted.CurrentTimeAsync(Ct))).Message.ShouldContain("another server");
        other.Accepted.ShouldBe(0);
    }

    [Fact]
    public async Task Redirects_in_circles_end()
    {
        await using var scripted = Scripted.Start(_ => new SoapAnswer { Status = 302, Headers = ["Location: /sdk"] });

        (await Should.ThrowAsync<VimProtocolException>(scripted.CurrentTimeAsync(Ct))).Message.ShouldContain("redirects in circles");
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task Password_echoed_by_a_server_stays_out_of_the_message(int status)
    {
        await using var scripted = Scripted.Start(request => SoapAnswer.Text(status, $"<html>bad request: {request.Body.Replace("<?xml", "")}</html>"));
        var sessions = new VimSessions(scripted.Client);

        var failure = await Should.ThrowAsync<VimProtocolException>(sessions.LoginAsync(Scripted.Content.SessionManager!, "root", "s3cr3t&\"<>", cancellationToken: Ct));

        failure.ToString().ShouldNotContain("s3cr3t");
        scripted.Server.Requests[0].Body.ShouldContain("s3cr3t&amp;\"&lt;&gt;");
    }

    [Fact]
    public async Task Observer_learns_how_each_call_ended_and_nothing_of_its_content()
    {
        var answers = new Queue<SoapAnswer>([Scripted.Time, SoapAnswer.Fault("NotAuthenticated", "who?"), SoapAnswer.Text(503, "busy")]);
        await using var scripted = Scripted.Start(_ => answers.Dequeue());
        var seen = new List<SoapExchange>();
        scripted.Client.Observer = seen.Add;

        await scripted.CurrentTimeAsync(Ct);
        await Should.ThrowAsync<VimException>(scripted.CurrentTimeAsync(Ct));
        await Should.ThrowAsync<VimException>(scripted.CurrentTimeAsync(Ct));

        seen.Select(e => (e.Operation, e.Kind, e.Outcome, e.FaultType)).ShouldBe(
        [
            ("CurrentTime", OperationKind.Query, SoapOutcome.Answered, null),
            ("CurrentTime", OperationKind.Query, SoapOutcome.Fault, "NotAuthenticated"),
            ("CurrentTime", OperationKind.Query, SoapOutcome.Failed, null),
        ]);
        seen[0].ResponseBytes.ShouldBe(Scripted.Time.Body.Length);
    }

    [Fact]
    public async Task Large_request_arrives_whole()
    {
        await using var scripted = Scripted.Start(_ => SoapAnswer.Response("QueryPerfCounter"));
        var counters = Enumerable.Range(0, 20_000).ToArray();

        await scripted.Queries.QueryPerfCounterAsync(new ManagedObjectReference("PerformanceManager", "PerfMgr"), counters, Ct);

        Encoding.UTF8.GetByteCount(scripted.Server.Requests[0].Body).ShouldBe(int.Parse(scripted.Server.Requests[0].Headers["Content-Length"]));
        scripted.Server.Requests[0].Body.ShouldEndWith("</soapenv:Envelope>");
    }
}
