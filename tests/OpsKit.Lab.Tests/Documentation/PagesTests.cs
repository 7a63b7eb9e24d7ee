using System.Reflection;
using System.Text.RegularExpressions;
using OpsKit.Cli;
using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Lab.Faults;
using OpsKit.Modules;
using OpsKit.TestKit;
using OpsKit.Vim25;

namespace OpsKit.Lab.Tests.Documentation;

/// <summary>What the pages on the inside of OpsKit name is there.</summary>
public sealed partial class PagesTests
{
    private static readonly Assembly[] Assemblies =
    [
        typeof(LabProgram).Assembly, typeof(App).Assembly, typeof(ModuleVerbs).Assembly, typeof(Plan).Assembly, typeof(OpsKitException).Assembly, typeof(SoapClient).Assembly,
        typeof(System.Xml.XmlReader).Assembly,
    ];

    private static readonly ILookup<string, Type> Types = Assemblies.SelectMany(assembly => assembly.GetTypes()).ToLookup(type => type.Name.Split('`')[0], StringComparer.Ordinal);

    public static TheoryData<string> Inside => ["docs/architecture.md", "docs/adding-a-module.md"];

    public static TheoryData<string> All => ["CHANGELOG.md", .. Markdown.Pages];

    [Theory]
    [MemberData(nameof(Inside))]
    public void Type_or_member_that_a_page_names_exists(string page)
    {
        var names = Words(page).Where(word => TypeName().IsMatch(word) && !Placeholder().IsMatch(word)).ToList();

        names.Count.ShouldBeGreaterThan(20);
        names.Where(name => !Exists(name)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Inside))]
    public void Path_that_a_page_names_exists(string page)
    {
        var paths = Words(page).Where(word => PathName().IsMatch(word)).ToList();

        paths.ShouldNotBeEmpty();
        paths.Where(path => !IsThere(path)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Page_that_a_page_leads_to_exists(string page)
    {
        var folder = Path.GetDirectoryName(page)!;
        var links = Link().Matches(Repository.Read(page)).Select(link => link.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal));

        links.Where(link => !Path.Exists(Repository.PathOf(Path.Combine(folder, link)))).ShouldBeEmpty();
    }

    [Fact]
    public void Rehearsal_file_that_a_page_shows_is_one()
    {
        var shown = Markdown.Blocks("yaml").Where(block => block.Text.Contains("\nfaults:", StringComparison.Ordinal)).ToList();

        shown.ShouldNotBeEmpty();
        foreach (var block in shown)
            RehearsalFile.Parse(block.Text, block.Place).Faults.ShouldNotBeEmpty();
    }

    private static IEnumerable<string> Words(string page) => Code().Matches(Fence().Replace(Repository.Read(page), "")).Select(code => code.Groups[1].Value).Distinct(StringComparer.Ordinal);

    private static bool Exists(string name)
    {
        if (Types.Contains(name) || IsProject(name))
            return true;
        const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        return name.Split('.') is [var type, var member] && Types[type].Any(candidate => candidate.GetMember(member, Any).Length > 0);
    }

    private static bool IsProject(string name) => Directory.Exists(Repository.PathOf($"src/{name}")) || Directory.Exists(Repository.PathOf($"tests/{name}"));

    /// <summary>From the root, or a folder of one of the projects.</summary>
    private static bool IsThere(string path) =>
        Path.Exists(Repository.PathOf(path)) || Directory.EnumerateDirectories(Repository.PathOf("src")).Any(project => Directory.Exists(Path.Combine(project, path)));

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[A-Z]\w*[a-z]\w*(\.[A-Z]\w+)?$")]
    private static partial Regex TypeName();

    [GeneratedRegex("^X[A-Z]")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^[\w.-]+/[\w./-]*$")]
    private static partial Regex PathName();

    [GeneratedRegex(@"\]\(([^)#\s]+)")]
    private static partial Regex Link();
}
