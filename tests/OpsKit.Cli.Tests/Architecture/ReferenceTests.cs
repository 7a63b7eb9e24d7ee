using System.Reflection;
using OpsKit.TestKit;

namespace OpsKit.Cli.Tests.Architecture;

/// <summary>References point one way: Vim25 ← Connections ← Engine ← Modules ← Cli.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void Reference_points_inward_only()
    {
        var names = Layers.InOrder.Select(a => a.GetName().Name!).ToList();
        for (var i = 0; i < names.Count; i++)
        {
            var outward = References(Layers.InOrder[i]).Intersect(names.Skip(i));
            outward.ShouldBeEmpty($"{names[i]} refers outward");
        }
    }

    [Fact]
    public void Vim25_refers_to_the_base_class_library_only() =>
        References(Layers.Vim25).Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name != "Microsoft.Win32.Primitives").ShouldBeEmpty();

    [Theory]
    [InlineData("Spectre.Console", "opskit")]
    [InlineData("System.CommandLine", "opskit")]
    [InlineData("CsvHelper", "OpsKit.Engine")]
    [InlineData("Renci.SshNet", "OpsKit.Connections")]
    [InlineData("Polly.Core", "OpsKit.Connections")]
    public void Library_has_one_home(string library, string home)
    {
        foreach (var assembly in Layers.InOrder.Where(a => a.GetName().Name != home))
            References(assembly).ShouldNotContain(name => name.StartsWith(library, StringComparison.Ordinal), $"{assembly.GetName().Name} refers to {library}");
    }

    [Fact]
    public void Generator_stands_alone()
    {
        var project = Repository.Read("src/OpsKit.Vim25.Generator/OpsKit.Vim25.Generator.csproj");

        project.ShouldNotContain("ProjectReference");
        project.ShouldNotContain("PackageReference");
    }

    [Fact]
    public void Test_code_stays_out_of_the_product()
    {
        foreach (var project in Repository.Files("src", "*.csproj"))
            Repository.Read(project).ShouldNotContain("tests/", customMessage: project);
    }

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);
}
