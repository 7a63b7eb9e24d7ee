namespace OpsKit.Vim25.Generator.Tests.Wsdl;

public sealed class WsdlDocumentsTests : IDisposable
{
    private readonly GeneratorRun _run = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-wsdl-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _run.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Split_over_files_that_include_each_other_makes_the_same()
    {
        using var whole = new GeneratorRun();

        (await _run.FilesOfAsync(GeneratorRun.Sample("split/service.wsdl"))).ShouldBe(await whole.FilesOfAsync(GeneratorRun.Sample("garden.wsdl")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Served_by_a_server_it_makes_the_same(bool tls)
    {
        using var whole = new GeneratorRun();
        using var server = new FileServer(GeneratorRun.Sample("split"), tls);

        var files = await _run.FilesOfAsync($"{server.Address}/service.wsdl", tls ? ["--thumbprint", server.Thumbprint!] : []);

        files.ShouldBe(await whole.FilesOfAsync(GeneratorRun.Sample("garden.wsdl")));
        server.Asked.ShouldBe(["/service.wsdl", "/messages.wsdl", "/schema/types.xsd", "/schema/faults.xsd"]);
    }

    [Fact]
    public async Task Server_with_another_certificate_is_refused()
    {
        using var server = new FileServer(GeneratorRun.Sample("split"), tls: true);

        (await _run.RunAsync($"{server.Address}/service.wsdl", null, "--thumbprint", new string('0', 64))).ShouldBe(3);

        server.Asked.ShouldBeEmpty();
        _run.Files().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("not XML at all", "is no XML")]
    [InlineData("<html><body>Sign in</body></html>", "No operation found")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>", "DTD")]
    [InlineData("<wsdl:definitions xmlns:wsdl='http://schemas.xmlsoap.org/wsdl/'><wsdl:import location='missing.wsdl'/></wsdl:definitions>", "missing.wsdl")]
    public async Task What_is_no_wsdl_is_told_and_nothing_is_written(string content, string why)
    {
        var file = Path.Combine(_folder, "bad.wsdl");
        await File.WriteAllTextAsync(file, content, Token);

        (await _run.RunAsync(file)).ShouldBe(3);

        _run.Error.ShouldContain(why == "is no XML" ? "bad.wsdl:1:" : why);
        _run.Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task Missing_page_is_told_with_its_address()
    {
        using var server = new FileServer(GeneratorRun.Sample("split"), tls: false);

        (await _run.RunAsync($"{server.Address}/nothing.wsdl")).ShouldBe(3);

        _run.Error.ShouldContain("/nothing.wsdl");
        _run.Error.ShouldContain("404");
    }
}
