using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using OpsKit.Vim25.Generator.Manifests;

namespace OpsKit.Vim25.Generator.Tests;

/// <summary>The manifest in the repository and the code generated from it belong together. The WSDL itself is not in the repository.</summary>
public sealed partial class CommittedOutputTests
{
    private static readonly string Client = Path.GetFullPath(Path.Combine(Here(), "../../src/OpsKit.Vim25"));
    private static readonly Manifest Manifest = ManifestParser.Read(Path.Combine(Client, "vim25.manifest"));
    private static readonly string Code = string.Concat(
        Directory.EnumerateFiles(Path.Combine(Client, "Generated"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

    [Fact]
    public void Code_was_generated_from_this_manifest()
    {
        ManifestHash().Match(Code).Groups["hash"].Value.ShouldBe(Manifest.Hash, "run the generator: the manifest was changed after the code was made");
    }

    [Fact]
    public void Every_operation_has_a_request_with_its_kind()
    {
        Manifest.Operations.Count.ShouldBeGreaterThan(50);
        foreach (var entry in Manifest.Operations)
        {
            Code.ShouldContain($"\"{entry.Operation}\"");
            Code.ShouldContain($"OperationKind.{entry.Kind}");
        }
    }

    [Fact]
    public void Every_property_path_and_subtype_is_there()
    {
        Manifest.Properties.Count.ShouldBeGreaterThan(100);
        foreach (var entry in Manifest.Properties)
            Code.ShouldContain($"\"{entry.Path}\"");
        foreach (var entry in Manifest.Subtypes)
            Code.ShouldContain($"class {entry.Type}");
    }

    [GeneratedRegex("ManifestHash = \"(?<hash>[0-9a-f]{64})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ManifestHash();

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
