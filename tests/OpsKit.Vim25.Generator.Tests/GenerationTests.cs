using OpsKit.TestKit;

namespace OpsKit.Vim25.Generator.Tests;

public sealed class GenerationTests : IDisposable
{
    private readonly GeneratorRun _run = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-generation-").FullName;

    public void Dispose()
    {
        _run.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Small_wsdl_makes_the_files_on_record()
    {
        var files = await _run.FilesOfAsync(GeneratorRun.Sample("garden.wsdl"));

        var all = string.Concat(files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"==== {file.Key}\n{file.Value}"));
        Golden.ShouldMatch(all, "garden.txt");
    }

    [Fact]
    public async Task Generating_twice_gives_identical_files_and_changes_none()
    {
        var first = await _run.FilesOfAsync(GeneratorRun.Sample("garden.wsdl"));
        var written = Directory.EnumerateFiles(_run.Folder, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.GetLastWriteTimeUtc);

        var second = await _run.FilesOfAsync(GeneratorRun.Sample("garden.wsdl"));

        second.ShouldBe(first);
        _run.Output.ShouldContain(" 0 changed");
        Directory.EnumerateFiles(_run.Folder, "*", SearchOption.AllDirectories).ShouldAllBe(file => File.GetLastWriteTimeUtc(file) == written[file]);
    }

    [Fact]
    public async Task Unwanted_subtypes_and_their_fields_are_left_out()
    {
        var files = await _run.FilesOfAsync(GeneratorRun.Sample("garden.wsdl"));

        var code = string.Concat(files.Where(file => file.Key.EndsWith(".cs", StringComparison.Ordinal)).Select(file => file.Value));
        code.ShouldContain("class Rose");
        code.ShouldNotContain("class Weed");
    }

    [Fact]
    public async Task Order_and_comments_of_the_manifest_do_not_matter()
    {
        var first = await _run.FilesOfAsync(GeneratorRun.Sample("garden.wsdl"));
        using var other = new GeneratorRun();
        var lines = await File.ReadAllLinesAsync(GeneratorRun.Sample("garden.manifest"), TestContext.Current.CancellationToken);
        var manifest = Path.Combine(_folder, "other.manifest");
        await File.WriteAllLinesAsync(manifest, lines.Reverse().Append("# more"), TestContext.Current.CancellationToken);

        (await other.RunAsync(GeneratorRun.Sample("garden.wsdl"), manifest)).ShouldBe(0);

        other.Files().ShouldBe(first);
    }

    [Fact]
    public async Task Check_finds_a_changed_a_missing_and_a_stale_file()
    {
        await _run.FilesOfAsync(GeneratorRun.Sample("garden.wsdl"));
        (await _run.RunAsync(GeneratorRun.Sample("garden.wsdl"), null, "--check")).ShouldBe(0);

        var types = Directory.GetFiles(_run.Folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        await File.AppendAllTextAsync(types[0], " ", TestContext.Current.CancellationToken);
        File.Delete(types[1]);
        await File.WriteAllTextAsync(Path.Combine(_run.Folder, "Old.cs"), await File.ReadAllTextAsync(types[2], TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        (await _run.RunAsync(GeneratorRun.Sample("garden.wsdl"), null, "--check")).ShouldBe(1);
        _run.Error.ShouldContain(types[0]);
        _run.Error.ShouldContain(types[1]);
        _run.Error.ShouldContain("Old.cs");

        (await _run.RunAsync(GeneratorRun.Sample("garden.wsdl"))).ShouldBe(0);
        File.Exists(Path.Combine(_run.Folder, "Old.cs")).ShouldBeFalse();
        (await _run.RunAsync(GeneratorRun.Sample("garden.wsdl"), null, "--check")).ShouldBe(0);
    }

    [Fact]
    public async Task Check_finds_code_that_was_made_of_an_older_manifest()
    {
        await _run.FilesOfAsync(GeneratorRun.Sample("garden.wsdl"));
        var before = _run.Files();
        var lines = await File.ReadAllTextAsync(GeneratorRun.Sample("garden.manifest"), TestContext.Current.CancellationToken);
        var manifest = Path.Combine(_folder, "newer.manifest");

        await File.WriteAllTextAsync(manifest, lines + "# a remark changes nothing\n", TestContext.Current.CancellationToken);
        (await _run.RunAsync(GeneratorRun.Sample("garden.wsdl"), manifest, "--check")).ShouldBe(0);
        await File.WriteAllTextAsync(manifest, lines + "subtype Weed\n", TestContext.Current.CancellationToken);
        (await _run.RunAsync(GeneratorRun.Sample("garden.wsdl"), manifest, "--check")).ShouldBe(1);

        _run.Error.ShouldContain("differs: ");
        _run.Files().ShouldBe(before);
    }

    [Fact]
    public async Task Folder_with_files_of_somebody_else_is_left_alone()
    {
        var mine = Path.Combine(_run.Folder, "thesis.txt");
        await File.WriteAllTextAsync(mine, "years of work", TestContext.Current.CancellationToken);

        (await _run.RunAsync(GeneratorRun.Sample("garden.wsdl"))).ShouldBe(3);

        _run.Error.ShouldContain("thesis.txt");
        _run.Files().Keys.ShouldBe(["thesis.txt"]);
    }

    [Theory]
    [InlineData("--wsdl", "is missing")]
    [InlineData("--frob", "is not understood")]
    public async Task Wrong_command_line_is_told_with_the_usage(string argument, string why)
    {
        using var error = new StringWriter();

        (await Generation.RunAsync(argument == "--wsdl" ? [] : [argument], TextWriter.Null, error, TestContext.Current.CancellationToken)).ShouldBe(3);

        error.ToString().ShouldContain(why);
        error.ToString().ShouldContain("--manifest");
    }
}
