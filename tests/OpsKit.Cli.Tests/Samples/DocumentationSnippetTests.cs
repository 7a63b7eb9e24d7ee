using System.Text.RegularExpressions;
using OpsKit.Modules;
using OpsKit.TestKit;

namespace OpsKit.Cli.Tests.Samples;

/// <summary>The playbooks and pieces of them that the documentation shows.</summary>
public sealed partial class DocumentationSnippetTests : IDisposable
{
    private static readonly string[] Pages = ["README.md", .. Repository.Files("docs", "*.md")];

    private readonly CliHarness _cli = new();

    /// <summary>Blocks of YAML that are a playbook or a part of one, as <c>page:line</c>.</summary>
    public static TheoryData<string> Snippets =>
        [.. Pages.SelectMany(page => Blocks(page).Where(block => IsPlaybook(block.Text)).Select(block => $"{page}:{block.Line}"))];

    public void Dispose() => _cli.Dispose();

    [Theory]
    [MemberData(nameof(Snippets))]
    public void Snippet_is_a_playbook_without_mistakes(string place)
    {
        var (page, line) = (place[..place.LastIndexOf(':')], place[(place.LastIndexOf(':') + 1)..]);
        _cli.Write("snippet.yaml", Completed(Blocks(page).Single(block => $"{block.Line}" == line).Text));

        var run = _cli.Run("playbook lint snippet.yaml");

        run.ExitCode.ShouldBe(ExitCodes.Done, run.Out);
    }

    [Fact]
    public void Snippets_are_found() => Snippets.Count.ShouldBeGreaterThan(10);

    [Fact]
    public void Verb_is_documented()
    {
        var pages = string.Concat(Pages.Select(Repository.Read));

        foreach (var verb in ModuleVerbs.All)
            pages.ShouldContain($"`{verb.Name}`");
    }

    private static IEnumerable<(int Line, string Text)> Blocks(string page)
    {
        var text = Repository.Read(page);
        return YamlBlock().Matches(text).Select(block => (text.AsSpan(0, block.Index).Count('\n') + 1, block.Groups[1].Value));
    }

    private static bool IsPlaybook(string text) => Has("steps", text) || Has("guards", text);

    /// <summary>A piece becomes a playbook by what it leaves out.</summary>
    private static string Completed(string text) =>
        (Has("name", text) ? "" : "name: snippet\n") + text + (Has("steps", text) ? "" : "steps: [{uses: license.vram}]\n");

    private static bool Has(string key, string text) => Regex.IsMatch(text, $"^{key}:", RegexOptions.Multiline);

    [GeneratedRegex("^```yaml\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex YamlBlock();
}
