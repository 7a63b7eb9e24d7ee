using OpsKit.Cli.Commands.Plans;
using OpsKit.Cli.Terminals;
using OpsKit.Cli.Tests.Commands.Runs;
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
    public void Summary_counts_what_is_to_come() => PlanText.Summary(RunScene.Plan).ShouldBe("10 changes on 4 targets, 1 blocked, 1 planned again in their turn, 1 not assessed");

    [Fact]
    public void Nothing_to_change_is_said() => PlanText.Summary(RunScene.Plan with { Steps = [] }).ShouldBe("nothing to change");
}
