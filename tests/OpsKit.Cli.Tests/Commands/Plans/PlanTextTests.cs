using OpsKit.Cli.Commands.Plans;
using OpsKit.Cli.Terminals;
using OpsKit.Cli.Tests.Commands.Runs;
using OpsKit.Engine.Plans;
using OpsKit.TestKit;

namespace OpsKit.Cli.Tests.Commands.Plans;

public sealed class PlanTextTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(160)]
    public void Plan_as_an_operator_reads_it(int width)
    {
        var text = PlanText.Of(RunScene.Plan, RunScene.Playbook, width, RunScene.Plain);

        text.Split('\n').ShouldAllBe(line => TableCells.WidthOf(line) <= width);
        text.ShouldNotContain('\u001b');
        Golden.ShouldMatch(text, $"plan-{width}.txt");
    }

    [Fact]
    public void Colours_change_no_words()
    {
        var painted = PlanText.Of(RunScene.Plan, RunScene.Playbook, 100, (text, ink) => ink.Around(text));

        painted.ShouldContain('\u001b');
        System.Text.RegularExpressions.Regex.Replace(painted, "\u001b\\[[0-9;]*m", "").ShouldBe(PlanText.Of(RunScene.Plan, RunScene.Playbook, 100, RunScene.Plain));
    }

    [Fact]
    public void Targets_of_which_it_says_the_same_are_one_entry_with_all_their_names()
    {
        var text = PlanText.Of(OfRestarts(5), RunScene.Playbook, 80, RunScene.Plain);

        text.ShouldContain("esx02.example.com  (Prod, enc1, vc1)");
        text.ShouldContain("esx1.example.com, esx2.example.com, esx3.example.com, esx4.example.com,\n    esx5.example.com, esx01.example.com  (6 alike; Prod, enc1, vc1)");
        text.Split("restart, and wait").Length.ShouldBe(4);
    }

    [Fact]
    public void Two_targets_alike_are_entries_of_their_own()
    {
        var text = PlanText.Of(OfRestarts(1), RunScene.Playbook, 80, RunScene.Plain);

        text.ShouldNotContain("alike");
        text.ShouldContain("esx1.example.com  (Prod, enc1, vc1)");
    }

    [Fact]
    public void Summary_counts_what_is_to_come() => PlanText.Summary(RunScene.Plan).ShouldBe("10 changes on 4 targets, 1 blocked, 1 planned again in their turn, 1 not assessed");

    [Fact]
    public void Nothing_to_change_is_said() => PlanText.Summary(RunScene.Plan with { Steps = [] }).ShouldBe("nothing to change");

    /// <summary>The scene with more hosts that are restarted as its first one is, before it.</summary>
    private static Plan OfRestarts(int hosts)
    {
        var step = RunScene.Plan.Steps[1];
        var more = Enumerable.Range(1, hosts).Select(number => step.Targets[0] with { Target = RunScene.Host($"esx{number}.example.com") });
        return RunScene.Plan with { Steps = [step with { Targets = [.. more, .. step.Targets] }] };
    }
}
