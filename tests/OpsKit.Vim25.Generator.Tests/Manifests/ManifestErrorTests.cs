namespace OpsKit.Vim25.Generator.Tests.Manifests;

public sealed class ManifestErrorTests : IDisposable
{
    private readonly GeneratorRun _run = new();
    private readonly string _manifest = Path.Combine(Directory.CreateTempSubdirectory("opskit-manifest-").FullName, "bad.manifest");

    public void Dispose()
    {
        _run.Dispose();
        Directory.Delete(Path.GetDirectoryName(_manifest)!, recursive: true);
    }

    [Theory]
    [InlineData("query GardenBed.QueryWeed", "QueryWeeds")]
    [InlineData("query GardenBath.QueryWeeds", "GardenBed")]
    [InlineData("query GardenBed.WaterBed_Task", "change GardenBed.WaterBed_Task")]
    [InlineData("session GardenBed.QueryWeeds", "SessionManager")]
    [InlineData("query QueryWeeds", "write ObjectType.Operation")]
    [InlineData("property GardenBed status", "state")]
    [InlineData("property GardenBed lastWatering.liters", "litres")]
    [InlineData("property GardenBed", "needs a name")]
    [InlineData("subtype Roose", "Rose")]
    [InlineData("subtypes Roose", "Rose")]
    [InlineData("qery GardenBed.QueryWeeds", "query")]
    [InlineData("api 4.0", "one line")]
    public async Task Entry_that_contradicts_the_api_is_told_with_its_line(string entry, string hint)
    {
        await File.WriteAllTextAsync(_manifest, $"api 3.0\n\n# comment\n{entry}\n", TestContext.Current.CancellationToken);

        (await _run.RunAsync(GeneratorRun.Sample("garden.wsdl"), _manifest)).ShouldBe(3);

        _run.Error.ShouldStartWith($"{_manifest}:4: ");
        _run.Error.ShouldContain(hint);
        _run.Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task Entry_that_stands_twice_is_told_with_both_lines()
    {
        await File.WriteAllTextAsync(_manifest, "api 3.0\nsubtype Rose\nquery GardenBed.QueryWeeds\nsubtype Weed Rose\n", TestContext.Current.CancellationToken);

        (await _run.RunAsync(GeneratorRun.Sample("garden.wsdl"), _manifest)).ShouldBe(3);

        _run.Error.ShouldContain(":4: ");
        _run.Error.ShouldContain("line 2");
    }

    [Fact]
    public async Task Missing_api_line_is_told()
    {
        await File.WriteAllTextAsync(_manifest, "subtype Rose\n", TestContext.Current.CancellationToken);

        (await _run.RunAsync(GeneratorRun.Sample("garden.wsdl"), _manifest)).ShouldBe(3);

        _run.Error.ShouldContain("api VERSION");
    }
}
