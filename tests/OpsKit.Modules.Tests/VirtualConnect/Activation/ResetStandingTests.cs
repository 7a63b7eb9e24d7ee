using CsCheck;
using OpsKit.Engine.Plans;
using OpsKit.Modules.VirtualConnect;
using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.Tests.VirtualConnect.Activation;

public sealed class ResetStandingTests
{
    private static readonly ResetNote Note = new() { Asked = DateTimeOffset.UnixEpoch, Ran = "4.45", Links = [new SeenLink("esx01", "vmnic1", null)] };

    [Fact]
    public void Nothing_remembered_means_that_nothing_was_asked_for() =>
        ResetStanding.Of(null, "4.85", Look("4.45"), [], TimeSpan.FromDays(1)).Effect.ShouldBe(Effect.NotDone);

    [Theory]
    [InlineData("4.85", "OK", 0, "it runs 4.85")]
    [InlineData(null, "Unknown", 0, "it is away: Unknown")]
    [InlineData("4.45", "OK", 1, "the link of esx01 vmnic1 is down")]
    public void Whatever_shows_a_restart_makes_it_one_to_attach_to(string? firmware, string health, int down, string why) =>
        ResetStanding.Of(Note, "4.85", Look(firmware, health), [.. Note.Links.Take(down)], TimeSpan.FromSeconds(1)).ShouldBe(new Standing(Effect.UnderWay, why));

    [Fact]
    public void Module_that_could_not_have_restarted_yet_was_not_reset()
    {
        var standing = ResetStanding.Of(Note, "4.85", Look("4.45"), [], TimeSpan.FromSeconds(90));
        (standing.Effect, standing.MayStillCome).ShouldBe((Effect.NotDone, true));
    }

    [Fact]
    public void Module_that_may_have_restarted_unseen_is_taken_up_and_asked_about() =>
        ResetStanding.Of(Note, "4.85", Look("4.45"), [], TimeSpan.FromMinutes(3)).Detail.ShouldEndWith("whether it was reset meanwhile cannot be seen, so it is asked");

    [Fact]
    public void What_was_accepted_is_never_asked_for_again() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Bool).Sample((seconds, firmware, health, seen) =>
            ResetStanding.Of(Note with { Accepted = true }, "4.85", Look(new[] { "4.45", "4.85", null }[firmware], new[] { "OK", "Degraded", "Unknown" }[health]), seen ? [] : null, TimeSpan.FromSeconds(seconds)).Effect.ShouldBe(Effect.UnderWay));

    [Fact]
    public void Note_is_read_as_it_was_written()
    {
        var note = Note with { Accepted = true, Links = [new SeenLink("esx\"01\n", "vmnic1", "sw1, port <4>"), new SeenLink("esx02", "vmnic0", null)] };
        var read = ResetNote.Read(note.Write())!;
        (read.Asked, read.Ran, read.Accepted).ShouldBe((note.Asked, note.Ran, true));
        read.Links.ShouldBe(note.Links);
        ResetNote.Read(null).ShouldBeNull();
        ResetNote.Read("{}").ShouldBeNull();
        ResetNote.Read("reset, I think").ShouldBeNull();
    }

    private static ModuleLook Look(string? firmware, string health = "OK") => new(Sample.Module(2) with { Firmware = firmware, Health = health }, null);
}
