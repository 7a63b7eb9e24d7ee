using System.Globalization;
using OpsKit.Connections.Downloads;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Trust;
using OpsKit.TestKit;

namespace OpsKit.Connections.Tests.Downloads;

public sealed class WebDownloaderTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(index => (byte)(index * 7))];

    private readonly TestHost _host = new();
    private readonly MemoryStream _got = new();

    public void Dispose()
    {
        _got.Dispose();
        _host.Dispose();
    }

    [Fact]
    public async Task File_comes_as_it_is()
    {
        await using var server = SoapServer.Start(_ => new SoapAnswer { Body = Content });
        var progress = new List<WebProgress>();

        var download = await FetchAsync(server, progress: new Told(progress));

        _got.ToArray().ShouldBe(Content);
        download.Bytes.ShouldBe(Content.Length);
        progress[^1].ShouldBe(new WebProgress(Content.Length, Content.Length));
        server.Requests.ShouldHaveSingleItem().Headers.ContainsKey("Authorization").ShouldBeFalse();
    }

    [Fact]
    public async Task Download_that_breaks_off_is_gone_on_with()
    {
        await using var server = SoapServer.Start(request => request.Headers.TryGetValue("Range", out var range)
            ? Rest(int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture))
            : new SoapAnswer { Body = Content, Headers = ["ETag: \"one\""], CutAt = 100_000 });

        await FetchAsync(server);

        _got.ToArray().ShouldBe(Content);
        server.Requests.Count.ShouldBe(2);
        server.Requests[1].Headers["If-Range"].ShouldBe("\"one\"");
    }

    [Fact]
    public async Task Server_without_ranges_is_asked_for_all_of_it_again()
    {
        var asked = 0;
        await using var server = SoapServer.Start(_ => new SoapAnswer { Body = Content, CutAt = Interlocked.Increment(ref asked) == 1 ? 100_000 : null });

        await FetchAsync(server);

        _got.ToArray().ShouldBe(Content);
        server.Requests.ShouldAllBe(request => !request.Headers.ContainsKey("Range"));
    }

    [Fact]
    public async Task Server_that_has_another_file_by_now_is_taken_from_the_beginning()
    {
        var asked = 0;
        await using var server = SoapServer.Start(_ => Interlocked.Increment(ref asked) == 1
            ? new SoapAnswer { Body = new byte[200_000], Headers = ["ETag: \"old\""], CutAt = 100_000 }
            : new SoapAnswer { Body = Content, Headers = ["ETag: \"new\""] });

        await FetchAsync(server);

        _got.ToArray().ShouldBe(Content);
    }

    [Fact]
    public async Task Redirect_is_followed_and_a_circle_is_not()
    {
        await using var server = SoapServer.Start(request => request.Path == "/sdk" ? Sent("/else") : request.Path == "/else" ? new SoapAnswer { Body = Content } : Sent("/circle"));

        (await FetchAsync(server)).Address.AbsolutePath.ShouldBe("/else");
        (await RefusedAsync(new Uri(server.Sdk, "/circle"))).What.ShouldBe("sends on more than 5 times");
    }

    [Theory]
    [InlineData("ftp://example.com/x", "ftp is not spoken here")]
    [InlineData("http://user:secret@example.com/x", "a login has no place")]
    public async Task Redirect_to_elsewhere_is_refused(string location, string what)
    {
        await using var server = SoapServer.Start(_ => Sent(location));

        var refusal = await RefusedAsync(server.Sdk);

        refusal.What.ShouldStartWith(what);
        refusal.Message.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData(404, FailureKind.Failed, "HTTP 404: there is no such file")]
    [InlineData(403, FailureKind.AuthenticationRefused, "HTTP 403: the server wants a login, and none is sent")]
    [InlineData(500, FailureKind.Failed, "HTTP 500, which is no file")]
    [InlineData(204, FailureKind.Failed, "HTTP 204, which is no file")]
    public async Task Refusal_is_told_without_the_query(int status, FailureKind kind, string what)
    {
        await using var server = SoapServer.Start(_ => SoapAnswer.Text(status, ""));

        var refusal = await RefusedAsync(new Uri(server.Sdk, "/a.zip?token=secret"));

        (refusal.Kind, refusal.What).ShouldBe((kind, what));
        refusal.Message.ShouldNotContain("secret");
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Server_that_is_busy_is_asked_again()
    {
        var asked = 0;
        await using var server = SoapServer.Start(_ => Interlocked.Increment(ref asked) == 1 ? SoapAnswer.Text(503, "") : new SoapAnswer { Body = Content });

        (await FetchAsync(server)).Bytes.ShouldBe(Content.Length);
    }

    [Fact]
    public async Task Silence_is_not_waited_out_twice()
    {
        await using var server = SoapServer.Start(_ => new SoapAnswer { Body = Content, HangAt = 1000 });

        var refusal = await RefusedAsync(server.Sdk, new WebDownloadOptions { Patience = TimeSpan.FromMilliseconds(300) });

        (refusal.Kind, refusal.What).ShouldBe((FailureKind.Unreachable, "nothing came for 0 s"));
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Too_much_is_refused_whether_it_is_announced_or_not(bool announced)
    {
        await using var server = SoapServer.Start(_ => announced
            ? new SoapAnswer { Body = Content }
            : new SoapAnswer { Stream = async (stream, ct) => await stream.WriteAsync(Content, ct) });

        (await RefusedAsync(server.Sdk, new WebDownloadOptions { MostBytes = 200_000 })).What.ShouldStartWith("is larger than 200000 bytes");
        _got.Length.ShouldBeLessThanOrEqualTo(200_000);
    }

    [Fact]
    public async Task Self_signed_certificate_is_refused_until_it_is_trusted()
    {
        using var certificate = SoapServer.SelfSigned();
        await using var server = SoapServer.Start(_ => new SoapAnswer { Body = Content }, certificate);

        var refusal = await RefusedAsync(server.Sdk);

        refusal.Kind.ShouldBe(FailureKind.TrustRefused);
        refusal.What.ShouldContain("it is self-signed");
        refusal.Next.ShouldNotBeNull().ShouldContain($"opskit trust add --server 127.0.0.1:{server.Port}");
        server.Requests.ShouldBeEmpty();

        await new TrustStore(_host.JumpHost).AddAsync("127.0.0.1", server.Port, CertificateFacts.From(certificate), TestContext.Current.CancellationToken);
        await FetchAsync(server);
        _got.ToArray().ShouldBe(Content);
    }

    [Fact]
    public async Task Encrypted_server_does_not_send_on_to_an_open_one()
    {
        using var certificate = SoapServer.SelfSigned();
        await using var open = SoapServer.Start(_ => new SoapAnswer { Body = Content });
        await using var server = SoapServer.Start(_ => Sent(open.Sdk.AbsoluteUri), certificate);
        await new TrustStore(_host.JumpHost).AddAsync("127.0.0.1", server.Port, CertificateFacts.From(certificate), TestContext.Current.CancellationToken);

        var refusal = await RefusedAsync(server.Sdk);

        refusal.Kind.ShouldBe(FailureKind.TrustRefused);
        refusal.What.ShouldContain("which is not encrypted");
        open.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://example.com/a%20b.zip?x=1", "a b.zip", "https://example.com/a%20b.zip")]
    [InlineData("http://example.com:8080/", "example.com", "http://example.com:8080/")]
    public void Address_is_named_and_shown(string text, string name, string shown)
    {
        WebAddress.Looks(text).ShouldBeTrue();
        var address = WebAddress.Parse(text);
        (WebAddress.NameOf(address), WebAddress.Shown(address)).ShouldBe((name, shown));
    }

    [Theory]
    [InlineData("C:\\a.vib")]
    [InlineData("a.vib")]
    [InlineData("./x://y")]
    public void Path_is_no_address(string text) => WebAddress.Looks(text).ShouldBeFalse();

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://")]
    [InlineData("https://u:p@example.com/x")]
    public void Other_address_is_a_usage_error(string text)
    {
        var refusal = Should.Throw<OpsKitException>(() => WebAddress.Parse(text));
        refusal.Kind.ShouldBe(FailureKind.Usage);
        refusal.Message.ShouldNotContain("u:p");
    }

    private static SoapAnswer Sent(string location) => new() { Status = 302, Headers = [$"Location: {location}"] };

    private static SoapAnswer Rest(int from) =>
        new() { Status = 206, Body = Content[from..], Headers = [$"Content-Range: bytes {from}-{Content.Length - 1}/{Content.Length}", "ETag: \"one\""] };

    private Task<WebDownload> FetchAsync(SoapServer server, IProgress<WebProgress>? progress = null) =>
        new WebDownloader(new TrustStore(_host.JumpHost), _host.JumpHost).FetchAsync(server.Sdk, _got, null, progress, TestContext.Current.CancellationToken);

    private Task<OpsKitException> RefusedAsync(Uri address, WebDownloadOptions? options = null) =>
        Should.ThrowAsync<OpsKitException>(() => new WebDownloader(new TrustStore(_host.JumpHost), _host.JumpHost).FetchAsync(address, _got, options, null, TestContext.Current.CancellationToken));

    private sealed class Told(List<WebProgress> told) : IProgress<WebProgress>
    {
        public void Report(WebProgress value) => told.Add(value);
    }
}
