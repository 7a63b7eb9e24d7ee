using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Tests.Journal;

namespace OpsKit.Engine.Tests.Plans;

public sealed class SavedPlanTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-plan").FullName;

    private string Path => System.IO.Path.Combine(_folder, "night.plan");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Saved_plan_comes_back_with_what_it_takes_to_apply_it()
    {
        Saved().Write(Path);

        var read = SavedPlan.Read(Path, "night.plan");

        read.PlaybookText.ShouldBe("name: ${what}\n");
        read.Vars.ShouldBe(new Dictionary<string, string> { ["b"] = "ü", ["what"] = "night" });
        read.Limit.ShouldBe(["cluster:Prod", "!esx02"]);
        PlanJson.Write(read.Plan).ShouldBe(PlanJson.Write(Saved().Plan));
        SavedPlan.IsOne(Path).ShouldBeTrue();
    }

    [Theory]
    [InlineData("in maintenance mode", "out of maintenance mode", "it was changed after it was saved")]
    [InlineData("\"night\"", "\"day\"", "it was changed after it was saved")]
    [InlineData("cluster:Prod", "cluster:Test", "it was changed after it was saved")]
    [InlineData("\"version\": 1", "\"version\": 2", "its format is version 2, and this opskit knows version 1")]
    [InlineData("opskit-plan", "opskit-plum", "it does not say so")]
    [InlineData("\"vars\"", "\"wars\"", "The given key")]
    [InlineData("\"id\": \"enter\",", "", "this is not a plan of OpsKit")]
    [InlineData("\"maintenance-mode\"", "\"doom\"", "\"doom\" is no impact")]
    public void Plan_that_was_touched_is_refused(string text, string instead, string why)
    {
        Saved().Write(Path);
        File.WriteAllText(Path, File.ReadAllText(Path).Replace(text, instead, StringComparison.Ordinal));

        var refused = Should.Throw<OpsKitException>(() => SavedPlan.Read(Path, "night.plan"));

        refused.Kind.ShouldBe(FailureKind.Usage);
        refused.What.ShouldStartWith("night.plan is no plan that can be applied: ");
        refused.What.ShouldContain(why);
        refused.Next.ShouldBe("make one with opskit plan PLAYBOOK -o FILE");
    }

    [Theory]
    [InlineData("")]
    [InlineData("name: night\n")]
    [InlineData("[]")]
    [InlineData("{\"format\":")]
    public void What_is_no_saved_plan_is_refused(string text)
    {
        File.WriteAllText(Path, text);

        Should.Throw<OpsKitException>(() => SavedPlan.Read(Path, "night.plan")).What.ShouldStartWith("night.plan is no plan that can be applied: ");
    }

    [Fact]
    public void File_that_is_not_there_is_told()
    {
        Should.Throw<OpsKitException>(() => SavedPlan.Read(Path, "night.plan")).Kind.ShouldBe(FailureKind.Usage);
        SavedPlan.IsOne(Path).ShouldBeFalse();
    }

    [Theory]
    [InlineData("p.yaml", "{name: x}", false)]
    [InlineData("p.json", "\n  {\"format\"", true)]
    [InlineData("p", "name: x", false)]
    [InlineData("p.plan", "", false)]
    public void Plan_is_told_from_a_playbook(string name, string text, bool isOne)
    {
        var path = System.IO.Path.Combine(_folder, name);
        File.WriteAllText(path, text);

        SavedPlan.IsOne(path).ShouldBe(isOne);
    }

    private static SavedPlan Saved() => new()
    {
        Plan = JournalBench.Plan("esx01"),
        PlaybookText = "name: ${what}\n",
        Vars = new Dictionary<string, string> { ["what"] = "night", ["b"] = "ü" },
        Limit = ["cluster:Prod", "!esx02"],
    };
}
