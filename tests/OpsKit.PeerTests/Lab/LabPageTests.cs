using System.Text.RegularExpressions;
using OpsKit.Lab.Faults;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Lab;

/// <summary>What the page on the lab shows is what happens.</summary>
public sealed partial class LabPageTests
{
    private const string Page = "docs/lab.md";

    [Fact]
    public async Task Commands_print_what_the_page_shows()
    {
        using var lab = await LabProgram.StartAsync();
        var shown = Dialogues().Single(dialogue => dialogue.Command.StartsWith("opskit-lab serve", StringComparison.Ordinal));
        Steady(lab.Said.TrimEnd()).ShouldBe(Steady(shown.Output.TrimEnd()));

        var commands = Dialogues().Where(dialogue => !dialogue.Command.Contains("serve", StringComparison.Ordinal) && !dialogue.Command.StartsWith("dotnet run", StringComparison.Ordinal)).ToList();
        commands.Count.ShouldBeGreaterThan(8);
        foreach (var (command, output) in commands)
        {
            var (_, printed, error) = await Shell.TryAsync("/bin/bash", "-c", $"opskit-lab() {{ {lab.Command} \"$@\"; }}; cd '{lab.Folder}/..'; {command}");
            Steady(error + printed).ShouldBe(Steady(output), command);
        }
    }

    [Fact]
    public void Every_fault_is_in_the_table() =>
        TableRow().Matches(Repository.Read(Page)).Select(row => row.Groups[1].Value).Where(word => word is not ("small" or "field" or "large")).ShouldBe(FaultWords.Kinds.Keys);

    [Fact]
    public void Rehearsal_file_is_one()
    {
        var file = RehearsalFile.Parse(Yaml().Match(Repository.Read(Page)).Groups[1].Value, Page);

        file.Faults.Single().Kind.ShouldBe(FaultKind.PingLoss);
    }

    /// <summary>The commands of all blocks with what is shown below each.</summary>
    private static IEnumerable<(string Command, string Output)> Dialogues()
    {
        foreach (var block in Console().Matches(Repository.Read(Page)).Select(block => block.Groups[1].Value))
        {
            foreach (var dialogue in block.Split("$ ", StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('\n', 2)))
                yield return (dialogue[0], dialogue[1]);
        }
    }

    /// <summary>Without what differs from run to run: ports, times, numbers of operations, and the room columns take for them.</summary>
    private static string Steady(string text) => Spaces().Replace(Times().Replace(Ports().Replace(Numbers().Replace(text.ReplaceLineEndings("\n"), "N "), "${before}PORT"), "TIME"), " ");

    [GeneratedRegex("^```console\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Console();

    [GeneratedRegex("^```yaml\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Yaml();

    [GeneratedRegex("^\\| `([^`]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"^ *\d+ (?= )", RegexOptions.Multiline)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"(?<before>port |127\.[\d.]+:)\d+", RegexOptions.ExplicitCapture)]
    private static partial Regex Ports();

    [GeneratedRegex(@"\d\d:\d\d:\d\d")]
    private static partial Regex Times();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
