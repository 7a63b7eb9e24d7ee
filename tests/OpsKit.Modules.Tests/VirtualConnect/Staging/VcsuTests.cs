using CsCheck;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Engine.Plans;
using OpsKit.Modules.VirtualConnect;

namespace OpsKit.Modules.Tests.VirtualConnect.Staging;

public sealed class VcsuTests
{
    private static readonly VcsuFacts Facts = VirtualConnectFactsReader.BuiltIn.Vcsu;
    private static readonly VcsuAccess Access = new("192.0.2.5", "oa", new Secret("oa-secret"), "vc", new Secret("vc-secret"));

    [Theory]
    [InlineData("vcfw375.bin", "3.75")]
    [InlineData(@"c:\fw\vcfwall361_20140404.bin", "3.61")]
    [InlineData("http://depot/vcfwall420.bin", "4.20")]
    [InlineData("vcfw-4.85.bin", "4.85")]
    [InlineData("firmware.bin", null)]
    [InlineData("fw20140404.bin", null)]
    public void Package_tells_its_version_by_its_name(string package, string? version) => FirmwareVersions.InName(package).ShouldBe(version);

    [Theory]
    [InlineData(0, "The firmware of 2 module(s) has been updated successfully.", null)]
    [InlineData(0, "All done.", "it ended with exit code 0 and does not say \"updated successfully\"; its last words: All done.")]
    [InlineData(1, "updated successfully", "it ended with exit code 1; its last words: updated successfully")]
    [InlineData(0, "updated successfully\nERROR: bay 2 failed", "ERROR: bay 2 failed")]
    [InlineData(0, "", "it ended with exit code 0 and does not say \"updated successfully\"")]
    public void Update_succeeded_where_words_and_exit_code_say_so(int exitCode, string output, string? why) =>
        VcsuOutput.WhyNotUpdated(Facts, new ProcessResult(exitCode, output, "")).ShouldBe(why);

    [Fact]
    public void Utility_that_knows_no_activation_by_hand_is_not_used()
    {
        VcsuOutput.LacksByHand(Facts, new ProcessResult(0, "-oe, -of: manual, oddeven", "")).ShouldBeNull();
        VcsuOutput.LacksByHand(Facts, new ProcessResult(0, "-a -i -u", "")).ShouldBe("its help does not name -oe, -of, manual");
    }

    [Fact]
    public void Update_leaves_the_activation_to_the_operator_and_passwords_to_the_dialogue()
    {
        VcsuArguments.Update(Access, "vcfw375.bin", passwords: false)
            .ShouldBe(["-a", "update", "-i", "192.0.2.5", "-u", "oa", "-vcu", "vc", "-l", "vcfw375.bin", "-oe", "manual", "-of", "manual"]);
        var handed = VcsuArguments.Update(Access, "vcfw375.bin", passwords: true);
        handed.ShouldContain("oa-secret");
        VcsuArguments.Shown(handed).ShouldBe("-a update -i 192.0.2.5 -u oa -p *** -vcu vc -vcp *** -q -l vcfw375.bin -oe manual -of manual");
    }

    [Fact]
    public void Questions_are_answered_each_with_its_own_password()
    {
        var heard = new List<string>();
        var dialogue = new VcsuDialogue(Facts, Access, heard.Add);

        dialogue.Hear("Starting\nPlease enter Onboard Administrator Password").ShouldBeNull("it may go on");
        dialogue.Hear(": ").ShouldBe("oa-secret\n");
        dialogue.Hear("\nPassword: ").ShouldBe("vc-secret\n");
        dialogue.Hear("\nGo on with this update? [YES/NO]: ").ShouldBe("YES\n");
        heard.ShouldNotContain(line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Password_that_is_asked_for_again_is_not_given_again()
    {
        var dialogue = new VcsuDialogue(Facts, Access, _ => { });
        dialogue.Hear("Password: ");
        dialogue.Hear("\nPassword: ");

        Should.Throw<OpsKitException>(() => dialogue.Hear("\nPassword: ")).Kind.ShouldBe(FailureKind.AuthenticationRefused);
    }

    [Fact]
    public void Activation_by_itself_breaks_the_update_off()
    {
        var dialogue = new VcsuDialogue(Facts, Access, _ => { }) { StopsAtActivation = true };
        dialogue.Hear("The update should not be interrupted by resetting modules.\n").ShouldBeNull();

        Should.Throw<OpsKitException>(() => dialogue.Hear("Activating bays 1, 2\n")).OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public void Pieces_of_output_mean_the_same_wherever_they_are_cut() => Gen.Int[1, 12].Sample(size =>
    {
        const string said = "one\ntwo: 3\r\nProgress.....\n";
        var heard = new List<string>();
        var dialogue = new VcsuDialogue(Facts, Access, heard.Add);
        foreach (var piece in said.Chunk(size))
            dialogue.Hear(new string(piece)).ShouldBeNull();
        heard.ShouldBe(["one", "two: 3", "Progress....."]);
    });

    [Theory]
    [InlineData(null, true, Effect.NotDone)]
    [InlineData("VCSU said that the update succeeded", true, Effect.Done)]
    [InlineData("VCSU runs as process 42", true, Effect.Unknown)]
    [InlineData("VCSU runs as process 42", false, Effect.NotDone)]
    public void Staging_that_was_cut_off_is_repeated_unless_it_goes_on(string? note, bool runs, Effect effect) =>
        StageNote.StandingOf(note, (id, _) => id == 42 && runs).Effect.ShouldBe(effect);

    [Theory]
    [InlineData("version: 1\nreset: {command: RESET SERVER, accepted: [x]}\n", "is no command that resets an interconnect module")]
    [InlineData("version: 1\nreset: {command: RESTART INTERCONNECT, accepted: []}\n", "\"accepted\" names nothing")]
    [InlineData("version: 1\nresett: {}\n", "resett")]
    public void Mistakes_in_the_facts_are_told_with_their_place(string text, string told) =>
        Should.Throw<OpsKitException>(() => VirtualConnectFactsReader.Parse(text, "virtual-connect.yaml")).Message.ShouldContain(told);

    [Fact]
    public void Facts_that_are_built_in_say_what_was_seen()
    {
        var facts = VirtualConnectFactsReader.BuiltIn;
        facts.ResetCommand.ShouldBe("RESTART INTERCONNECT");
        facts.ResetAccepted.ShouldBe(["Resetting Interconnect"]);
        facts.Vcsu.Success.ShouldBe(["updated successfully"]);
    }
}
