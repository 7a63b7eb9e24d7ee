using OpsKit.TestKit;

namespace OpsKit.Vim25.Tests.Soap;

public sealed class ServiceVersionsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("4.1", "4.1,4.0,2.5u2", false)]
    [InlineData("5.0", "5.0,4.1,4.0", false)]
    [InlineData("6.5", "6.5,6.0,5.5", false)]
    [InlineData("8.0.3.0", "8.0.3.0,8.0.2.0,8.0.1.0", false)]
    [InlineData("8.0.3.0", "9.1.0.0,9.0.0.0,8.0.3.0,8.0.2.0", false)]
    [InlineData("8.0.3.0", "12.0.0.0,11.0.0.0", true)]
    [InlineData("7.0.3.2", "7.0.3.5", true)]
    [InlineData("4.1", "", true)]
    public void Newest_version_both_sides_know_is_chosen(string expected, string offered, bool noted)
    {
        var versions = new ServiceVersions(offered.Split(',', StringSplitOptions.RemoveEmptyEntries));

        versions.Choose(out var note).ShouldBe(expected);
        (note is not null).ShouldBe(noted);
    }

    [Fact]
    public void Server_before_vsphere_4_1_is_refused_with_its_version() =>
        Should.Throw<VimProtocolException>(() => new ServiceVersions(["4.0", "2.5u2"]).Choose(out _)).Message.ShouldContain("4.0 is older than 4.1");

    [Fact]
    public async Task Versions_are_those_of_the_vim25_namespace()
    {
        const string file = """
            <?xml version="1.0" encoding="UTF-8" ?>
            <namespaces version="1.0">
             <namespace><name>urn:vim25</name><version>5.5</version><priorVersions><version>5.1</version><version>5.0</version></priorVersions></namespace>
             <namespace><name>urn:vim2</name><version>2.0</version></namespace>
            </namespaces>
            """;
        await using var server = SoapServer.Start(_ => SoapAnswer.Text(200, file, "text/xml"));
        using var http = new HttpClient();

        var versions = await ServiceVersions.FetchAsync(http, server.Sdk, Ct);

        versions.Offered.ShouldBe(["5.5", "5.1", "5.0"]);
        server.Requests[0].Path.ShouldBe("/sdk/vimServiceVersions.xml");
    }

    [Fact]
    public async Task Missing_file_offers_nothing()
    {
        await using var server = SoapServer.Start(_ => SoapAnswer.Text(404, "no"));
        using var http = new HttpClient();

        (await ServiceVersions.FetchAsync(http, server.Sdk, Ct)).Offered.ShouldBeEmpty();
    }

    [Fact]
    public async Task File_that_is_a_web_page_is_refused()
    {
        await using var server = SoapServer.Start(_ => SoapAnswer.Text(200, "<!DOCTYPE html><html>"));
        using var http = new HttpClient();

        await Should.ThrowAsync<VimProtocolException>(ServiceVersions.FetchAsync(http, server.Sdk, Ct));
    }

    [Theory]
    [InlineData("5.5", "5.5")]
    [InlineData("8.0.2.1", "8.0.2.0")]
    [InlineData("99", "8.0.3.0")]
    [InlineData("4.0", null)]
    public void Version_a_server_has_is_matched_from_below(string server, string? expected) =>
        ServiceVersions.NewestNotAbove(server).ShouldBe(expected);

    [Fact]
    public void Known_versions_are_newest_first() =>
        ServiceVersions.Known.Zip(ServiceVersions.Known.Skip(1)).ShouldAllBe(pair => ServiceVersions.Compare(pair.First, pair.Second) >= 0);
}
