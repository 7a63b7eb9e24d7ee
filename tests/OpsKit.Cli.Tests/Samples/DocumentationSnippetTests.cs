using System.Text.RegularExpressions;
using OpsKit.Modules;
using OpsKit.TestKit;

namespace OpsKit.Cli.Tests.Samples;

/// <summary>The playbooks and pieces of them that the documentation shows.</summary>
public sealed class DocumentationSnippetTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public static TheoryData<string> Snippets => [.. Playbooks.Select(block => block.Place)];

    private static IEnumerable<MarkdownBlock> Playbooks => Markdown.Blocks("yaml").Where(block => Has("steps", block.Text) || Has("guards", block.Text));

    public void Dispose() => _cli.Dispose();

    [Theory]
    [MemberData(nameof(Snippets))]
    public void Snippet_is_a_playbook_without_mistakes(string place)
    {
        _cli.Write("snippet.yaml", Completed(Playbooks.Single(block => block.Place == place).Text));

        var run = _cli.Run("playbook lint snippet.yaml");

        run.ExitCode.ShouldBe(ExitCodes.Done, run.Out);
    }

    [Fact]
    public void Snippets_are_found() => Snippets.Count.ShouldBeGreaterThan(10);

    [Fact]
    public void Verb_is_documented()
    {
        var pages = string.Concat(Markdown.Pages.Select(Repository.Read));

        foreach (var verb in ModuleVerbs.All)
            pages.ShouldContain($"`{verb.Name}`");
    }

    /// <summary>A piece becomes a playbook by what it leaves out.</summary>
    private static string Completed(string text) =>
        (Has("name", text) ? "" : "name: snippet\n") + text + (Has("steps", text) ? "" : "steps: [{uses: license.vram}]\n");

    private static bool Has(string key, string text) => Regex.IsMatch(text, $"^{key}:", RegexOptions.Multiline);
}
