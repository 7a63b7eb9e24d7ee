using System.Text.Json;
using CsCheck;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Tests.Journal;
using OpsKit.TestKit;

namespace OpsKit.Engine.Tests.Plans;

public sealed class PlanJsonTests
{
    [Fact]
    public void Plan_comes_back_as_it_was_written() => RandomPlans.All.Sample(plan =>
    {
        var text = PlanJson.Write(plan);

        var read = PlanJson.Read(text);

        PlanJson.Write(read).ShouldBe(text);
        read.Steps.Count.ShouldBe(plan.Steps.Count);
        read.Made.ShouldBe(plan.Made);
        foreach (var (written, came) in plan.Steps.Zip(read.Steps))
        {
            came.ShouldBe(came with { Number = written.Number, Name = written.Name, Verb = written.Verb, Timeout = written.Timeout, Instructions = written.Instructions });
            came.Batches.SelectMany(batch => batch).ShouldBe(written.Batches.SelectMany(batch => batch));
            came.Targets.Select(target => target.Target).ShouldBe(written.Targets.Select(target => target.Target));
            came.Targets.SelectMany(target => target.Changes).Select(change => (change.Id, change.Summary, change.Before, change.After, change.Impact))
                .ShouldBe(written.Targets.SelectMany(target => target.Changes).Select(change => (change.Id, change.Summary, change.Before, change.After, change.Impact)));
            came.Targets.SelectMany(target => target.Observed).ShouldBe(written.Targets.SelectMany(target => target.Observed));
            came.Targets.SelectMany(target => target.Uses).ShouldBe(written.Targets.SelectMany(target => target.Uses));
            came.Targets.Select(target => (target.NotAssessed, target.Failure, target.DependsOnStep)).ShouldBe(written.Targets.Select(target => (target.NotAssessed, target.Failure, target.DependsOnStep)));
        }
    });

    [Fact]
    public void Plan_as_other_programs_read_it() => Golden.ShouldMatch(PlanJson.Write(JournalBench.Plan("esx01")), "plan.json");

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"playbook": null}""")]
    [InlineData("""{"playbook": 7}""")]
    [InlineData("""{"playbook":"","file":"","playbookSha256":"","inventory":"","inventorySha256":"","made":"2026-01-01T00:00:00Z","steps":[{"number":1,"name":"","verb":"","timeoutSeconds":9e99,"batches":[],"targets":[]}]}""")]
    public void What_is_no_plan_is_told(string text) => Should.Throw<FormatException>(() => PlanJson.Read(text)).Message.ShouldStartWith("this is not a plan of OpsKit");

    [Fact]
    public void What_is_no_json_is_told() => Should.Throw<JsonException>(() => PlanJson.Read("{"));

    /// <summary>A plan with a piece cut out or another word in it is read or refused, and nothing else.</summary>
    [Fact]
    public void Damaged_plan_is_read_or_refused() => Gen.Select(RandomPlans.All, Gen.Double.Unit, Gen.Int[0, 20], OneOf("", "null", "-1", "\"\"", "}", "[", "9e99", "true")).Sample((plan, share, length, word) =>
    {
        var text = PlanJson.Write(plan);
        var at = (int)(share * (text.Length - 1));
        try
        {
            PlanJson.Read(text.Remove(at, Math.Min(length, text.Length - at)).Insert(at, word)).Steps.ShouldNotBeNull();
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            e.Message.ShouldNotBeEmpty();
        }
    });

    private static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(place => words[place]);
}
