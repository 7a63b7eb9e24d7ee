using System.Text.RegularExpressions;
using OpsKit.TestKit;
using OpsKit.Vim25.Generator.Emit;
using OpsKit.Vim25.Generator.Manifests;

namespace OpsKit.Vim25.Generator.Tests;

/// <summary>The manifest in the repository and the code generated from it belong together. The WSDL itself is not in the repository.</summary>
public sealed partial class CommittedOutputTests
{
    private static readonly string Client = Repository.PathOf("src/OpsKit.Vim25");
    private static readonly Manifest Manifest = ManifestParser.Read(Path.Combine(Client, "vim25.manifest"));
    private static readonly string Code = string.Concat(
        Directory.EnumerateFiles(Path.Combine(Client, "Generated"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

    [Fact]
    public void Code_was_generated_from_this_manifest()
    {
        ManifestHash().Match(Code).Groups["hash"].Value.ShouldBe(Manifest.Hash, "run the generator: the manifest was changed after the code was made");
    }

    [Theory]
    [InlineData("Session", "Sessions", 3)]
    [InlineData("Query", "Queries", 20)]
    [InlineData("Change", "Changes", 15)]
    public void Every_operation_has_a_method_in_the_interface_of_its_kind_and_a_request(string kind, string name, int atLeast)
    {
        var operations = Manifest.Operations.Where(entry => entry.Kind.ToString() == kind).ToArray();
        var methods = Regex.Matches(File.ReadAllText(Path.Combine(Client, "Generated", "Operations", $"IVim{name}.cs")), @"^    Task.* (\w+)Async\(", RegexOptions.Multiline);

        operations.Length.ShouldBeGreaterThanOrEqualTo(atLeast);
        methods.Select(method => method.Groups[1].Value).Distinct().ShouldBe(operations.Select(entry => CSharpNames.Operation(entry.Operation)).Distinct(), ignoreOrder: true);
        foreach (var entry in operations)
            Code.ShouldContain($"\"{entry.Operation}\"");
        Code.ShouldContain($"OperationKind.{kind}");
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
}
