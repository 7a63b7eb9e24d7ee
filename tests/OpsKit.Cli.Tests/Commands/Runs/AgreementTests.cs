using OpsKit.Cli.Commands.Runs;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Cli.Tests.Commands.Runs;

public sealed class AgreementTests : IDisposable
{
    private static readonly Approval Yes = new(ApprovalKind.Yes, "Prod", Impact.Stun, Pauses: false);
    private static readonly Approval Severe = new(ApprovalKind.Name, "Prod 1", Impact.HostReboot, Pauses: false);
    private readonly StringWriter _said = new() { NewLine = "\n" };

    public void Dispose() => _said.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("y", true)]
    [InlineData(" YES ", true)]
    [InlineData("n", false)]
    [InlineData("", false)]
    [InlineData("Prod", false)]
    public async Task Mild_plan_is_agreed_to_by_a_yes(string typed, bool agreed)
    {
        (await new Agreement(false, null).GetAsync(Yes, Interactive(typed), Token)).ShouldBe(agreed);
        _said.ToString().ShouldContain("Apply this plan? [y/N]");
    }

    [Theory]
    [InlineData("Prod 1", true)]
    [InlineData(" prod 1 ", true)]
    [InlineData("y", false)]
    [InlineData("", false)]
    public async Task Severe_plan_is_agreed_to_by_the_name_of_what_it_touches(string typed, bool agreed)
    {
        (await new Agreement(false, null).GetAsync(Severe, Interactive(typed), Token)).ShouldBe(agreed);
        _said.ToString().ShouldContain("host-reboot: hosts restart");
        _said.ToString().ShouldContain("Type Prod 1 to apply this plan:");
    }

    [Fact]
    public async Task Yes_in_advance_does_not_agree_to_a_severe_plan()
    {
        (await new Agreement(true, null).GetAsync(Severe, Interactive("nothing"), Token)).ShouldBeFalse();
        var refused = await Should.ThrowAsync<OpsKitException>(() => new Agreement(true, null).GetAsync(Severe, Alone(), Token));
        refused.What.ShouldBe("this needs the agreement of an operator (host-reboot: hosts restart), and nobody can be asked here");
        refused.Next.ShouldBe("read the plan; then add --confirm \"Prod 1\"");
    }

    [Fact]
    public async Task Agreement_in_advance_asks_nothing()
    {
        (await new Agreement(true, null).GetAsync(Yes, Alone(), Token)).ShouldBeTrue();
        (await new Agreement(false, "whatever").GetAsync(Yes, Alone(), Token)).ShouldBeTrue();
        (await new Agreement(false, "PROD 1").GetAsync(Severe, Alone(), Token)).ShouldBeTrue();
        _said.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Name_of_something_else_is_refused_even_where_somebody_could_be_asked()
    {
        var refused = await Should.ThrowAsync<OpsKitException>(() => new Agreement(true, "Prod").GetAsync(Severe, Interactive("Prod 1"), Token));

        (refused.Kind, refused.What, refused.Next).ShouldBe((FailureKind.Usage, "--confirm Prod is not what this plan touches", "read the plan; then --confirm \"Prod 1\""));
    }

    [Fact]
    public async Task Nobody_to_ask_is_told_with_what_to_add()
    {
        var refused = await Should.ThrowAsync<OpsKitException>(() => new Agreement(false, null).GetAsync(Yes, Alone(), Token));

        (refused.Kind, refused.Next).ShouldBe((FailureKind.Usage, "read the plan; then add --yes"));
    }

    [Fact]
    public async Task Nothing_to_agree_to_is_agreed_to_unless_a_step_waits_and_nobody_is_there()
    {
        var none = new Approval(ApprovalKind.None, "night", Impact.None, Pauses: false);

        (await new Agreement(false, null).GetAsync(none, Alone(), Token)).ShouldBeTrue();
        (await new Agreement(false, null).GetAsync(none with { Pauses = true }, Interactive(""), Token)).ShouldBeTrue();
        (await new Agreement(true, null).GetAsync(none with { Pauses = true }, Alone(), Token)).ShouldBeTrue();
        (await Should.ThrowAsync<OpsKitException>(() => new Agreement(false, null).GetAsync(none with { Pauses = true }, Alone(), Token)))
            .What.ShouldBe("a step waits for an operator, and nobody can be asked here");
    }

    private Terminal Interactive(string typed) => new(TextWriter.Null, _said, new StringReader(typed + "\n"), new TerminalStreams(OutputIsTerminal: true, ErrorIsTerminal: true, InputIsTerminal: true, 80))
    {
        Capabilities = new TerminalCapabilities(Boxes: true, OutputColor: false, ErrorColor: false, Interactive: true, 80),
    };

    private Terminal Alone() => new(TextWriter.Null, _said, TextReader.Null, new TerminalStreams(OutputIsTerminal: false, ErrorIsTerminal: false, InputIsTerminal: false, int.MaxValue));
}
