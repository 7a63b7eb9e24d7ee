using OpsKit.TestKit;

namespace OpsKit.PeerTests.Lab;

/// <summary>curl asks a lab what people ask servers with curl, and things no client of vim25 would.</summary>
public sealed class CurlTests(SmallLab lab) : IClassFixture<SmallLab>, IDisposable
{
    private const string Envelope =
        "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><RetrieveServiceContent xmlns=\"urn:vim25\"><_this type=\"ServiceInstance\">ServiceInstance</_this></RetrieveServiceContent></e:Body></e:Envelope>";

    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-curl-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", 200, "text/html; charset=utf-8", "simulated vCenter Server 8.0.3")]
    [InlineData("sdk/vimServiceVersions.xml", 200, "text/xml; charset=utf-8", "<version>8.0.3.0</version>")]
    [InlineData("sdk/vimService.wsdl", 200, "text/xml; charset=utf-8", "RebootHost_TaskRequestMsg")]
    [InlineData("sdk", 405, "text/plain; charset=utf-8", "by POST")]
    [InlineData("mob/?moid=ServiceInstance", 404, "text/plain; charset=utf-8", "Nothing is at /mob/")]
    [InlineData("sdk/%2e%2e/%2e%2e/etc/passwd", 404, "text/plain; charset=utf-8", "Nothing is at")]
    public async Task Pages_have_a_status_a_type_and_a_length(string path, int status, string type, string content)
    {
        var answer = await CurlAsync(path);
        var head = await CurlAsync(path, "--head");

        (answer.Status, answer["content-type"]).ShouldBe((status, type));
        answer.Body.ShouldContain(content);
        answer["content-length"].ShouldBe($"{System.Text.Encoding.UTF8.GetByteCount(answer.Body)}");
        (head.Status, head["content-length"], head.Body).ShouldBe((status, answer["content-length"], ""));
    }

    [Fact]
    public async Task Certificate_is_judged_and_found_good_only_by_who_knows_it()
    {
        var (status, _, error) = await Shell.TryAsync("curl", "--silent", "--show-error", lab.Server.Address.ToString());

        status.ShouldBe(60, error);
        (await CurlAsync("")).Status.ShouldBe(200);
        (await Shell.TryAsync("curl", "--silent", $"http://127.0.0.1:{lab.Server.Port}/")).Status.ShouldNotBe(0, "plain HTTP gets no answer");
    }

    [Theory]
    [InlineData("text/xml; charset=utf-8")]
    [InlineData("application/soap+xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("")]
    public async Task Request_is_read_whatever_its_type_says(string type)
    {
        var answer = await PostAsync(Envelope, "--header", $"Content-Type: {type}");

        (answer.Status, answer["content-type"]).ShouldBe((200, "text/xml; charset=utf-8"));
        answer.Body.ShouldContain("<apiType>VirtualCenter</apiType>");
        answer["set-cookie"].ShouldBe("");
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("{\"json\": true}")]
    [InlineData("<html><body>")]
    [InlineData("\0\0\0\u0001")]
    public async Task Garbage_gets_a_soap_fault(string body)
    {
        var answer = await PostAsync(body);

        (answer.Status, answer["content-type"]).ShouldBe((500, "text/xml; charset=utf-8"));
        answer.Body.ShouldContain("<faultcode>ServerFaultCode</faultcode>");
        answer.Body.ShouldContain("InvalidRequestFault");
    }

    [Theory]
    [InlineData("--http1.1", "HTTP/1.1")]
    [InlineData("--http1.0", "HTTP/1.1")]
    [InlineData("--http2", "HTTP/2")]
    public async Task Versions_of_http_are_spoken(string option, string version)
    {
        var answer = await PostAsync(Envelope, option);

        (answer.Status, answer.Version).ShouldBe((200, version));
    }

    [Fact]
    public async Task Body_waits_for_the_word_to_go_on()
    {
        var answer = await PostAsync(Envelope, "--http1.1", "--header", "Expect: 100-continue", "--expect100-timeout", "20", "--verbose");

        answer.Status.ShouldBe(200);
        answer.Said.ShouldContain("HTTP/1.1 100 Continue");
    }

    [Fact]
    public async Task Body_in_chunks_is_taken_and_one_that_is_compressed_refused()
    {
        (await PostAsync(Envelope, "--http1.1", "--header", "Transfer-Encoding: chunked")).Status.ShouldBe(200);
        (await PostAsync(Envelope, "--header", "Content-Encoding: gzip")).Status.ShouldBe(415);
        (await PostAsync(Envelope, "--compressed")).Body.ShouldContain("<apiType>VirtualCenter</apiType>");
    }

    [Fact]
    public async Task Oversized_body_is_refused_before_it_is_sent()
    {
        var answer = await PostAsync(new string('x', 9 << 20), "--http1.1", "--header", "Expect: 100-continue", "--expect100-timeout", "20");

        answer.Status.ShouldBe(413);
        (await PostAsync(Envelope)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Connection_is_kept_for_the_next_request()
    {
        var (status, output, error) = await Shell.TryAsync(
            "curl", "--silent", "--verbose", "--http1.1", "--cacert", lab.Server.Certificate, "--output", "/dev/null", "--output", "/dev/null", "--write-out", "%{num_connects} ", $"{lab.Server.Address}", $"{lab.Server.Address}sdk/vimServiceVersions.xml");

        status.ShouldBe(0, error);
        output.ShouldBe("1 0 ");
    }

    [Theory]
    [InlineData("DELETE", "sdk", 405)]
    [InlineData("PUT", "sdk", 405)]
    [InlineData("OPTIONS", "sdk", 405)]
    [InlineData("POST", "", 404)]
    [InlineData("BREW", "coffee", 405)]
    public async Task Other_methods_are_refused(string method, string path, int status)
    {
        var answer = await CurlAsync(path, "--request", method);

        answer.Status.ShouldBe(status);
        if (status == 405)
            answer["allow"].ShouldContain("POST");
    }

    [Fact]
    public async Task Description_is_complete_for_its_operations()
    {
        var file = Path.Combine(_folder, "vim.wsdl");
        await File.WriteAllTextAsync(file, (await CurlAsync("sdk/vimService.wsdl")).Body, TestContext.Current.CancellationToken);

        Task<string> CountAsync(string path) => Shell.RunAsync("xmllint", "--nonet", "--xpath", $"count({path})", file);
        var operations = (await CountAsync("//*[local-name()='portType']/*[local-name()='operation']")).Trim();

        int.Parse(operations).ShouldBeGreaterThan(80);
        (await CountAsync("//*[local-name()='binding']/*[local-name()='operation']")).Trim().ShouldBe(operations);
        (await CountAsync("//*[local-name()='part'][not(substring-after(@element, ':') = //*[local-name()='schema']/*[local-name()='element']/@name)]")).Trim().ShouldBe("0");
    }

    private async Task<CurlAnswer> PostAsync(string body, params string[] options)
    {
        var file = Path.Combine(_folder, "body");
        await File.WriteAllTextAsync(file, body, TestContext.Current.CancellationToken);
        return await CurlAsync("sdk", ["--data-binary", "@" + file, .. options]);
    }

    private async Task<CurlAnswer> CurlAsync(string path, params string[] options)
    {
        var (headers, content) = (Path.Combine(_folder, "headers"), Path.Combine(_folder, "content"));
        await File.WriteAllTextAsync(content, "", TestContext.Current.CancellationToken);
        var (status, _, error) = await Shell.TryAsync(
            "curl", ["--silent", "--show-error", "--path-as-is", "--max-time", "60", "--cacert", lab.Server.Certificate, "--dump-header", headers, "--output", content, .. options, $"{lab.Server.Address}{path}"]);
        status.ShouldBe(0, error);
        var isHead = options.Contains("--head");
        return CurlAnswer.Of(await File.ReadAllTextAsync(headers, TestContext.Current.CancellationToken), isHead ? "" : await File.ReadAllTextAsync(content, TestContext.Current.CancellationToken), error);
    }
}
