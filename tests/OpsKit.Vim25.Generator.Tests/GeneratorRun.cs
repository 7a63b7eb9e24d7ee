using OpsKit.TestKit;

namespace OpsKit.Vim25.Generator.Tests;

/// <summary>A run of the generator on the garden sample, into a folder of its own.</summary>
internal sealed class GeneratorRun : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("opskit-generator-").FullName;

    public string Error { get; private set; } = "";

    public string Output { get; private set; } = "";

    public static string Sample(string name) => Repository.PathOf(Path.Combine("tests/OpsKit.Vim25.Generator.Tests/Samples", name));

    public async Task<int> RunAsync(string wsdl, string? manifest = null, params string[] more)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] args = ["--wsdl", wsdl, "--model", Sample("garden.json"), "--manifest", manifest ?? Sample("garden.manifest"), "--output", Folder, .. more];
        var status = await Generation.RunAsync(args, output, error, TestContext.Current.CancellationToken);
        (Output, Error) = (output.ToString(), error.ToString());
        return status;
    }

    public async Task<IReadOnlyDictionary<string, string>> FilesOfAsync(string wsdl, params string[] more)
    {
        (await RunAsync(wsdl, null, more)).ShouldBe(0, Error);
        return Files();
    }

    public IReadOnlyDictionary<string, string> Files() => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
