using OpsKit.Connections;
using OpsKit.Engine.Playbooks;
using OpsKit.Modules.VirtualConnect;

namespace OpsKit.Modules.Tests.VirtualConnect.Activation;

public sealed class RolloutVerbTests
{
    [Theory]
    [InlineData("vc.rollout", "{}", "\"package\" is missing: the firmware to write; whoever wrote it already says staged-by-hand: true, and which version")]
    [InlineData("vc.rollout", "{staged-by-hand: true}", "\"version\" is missing: which one was written by hand?")]
    [InlineData("vc.stage", "{package: firmware.bin}", "the name of the package holds no version: give it, such as version: \"4.85\"")]
    [InlineData("vc.stage", "{package: vcfw485.bin, vc-password: hunter2}", "a secret is given by reference, not by value")]
    [InlineData("vc.activate", "{}", "\"version\" is missing: the version that was written and is to run, such as 4.85")]
    [InlineData("vc.activate", "{version: new}", "\"new\" is no version of firmware, expected such as 4.85")]
    [InlineData("vc.activate", "{version: \"4.85\", order: [2, 9]}", "\"9\" in \"order\" is no bay")]
    [InlineData("vc.activate", "{version: \"4.85\", reset-command: RESET SERVER}", "\"RESET SERVER\" is no command that resets an interconnect module, expected such as RESTART INTERCONNECT")]
    [InlineData("vc.activate", "{version: \"4.85\", watch-interval: 50ms}", "from 100ms to 1m")]
    [InlineData("vc.activate", "{version: \"4.85\", watch-interval: 10s}", "an outage of 5s is shorter than the interval of 10s and cannot be measured")]
    public void Mistakes_in_options_are_told_and_nothing_is_contacted(string verb, string with, string told) =>
        Should.Throw<OpsKitException>(() => Read(verb, with)).Message.ShouldContain(told);

    [Fact]
    public void Watchdog_watches_the_enclosures_hosts_and_what_is_given()
    {
        var guard = Read("vc.activate", "{version: \"4.85\", watch: [192.0.2.1], watch-interval: 100ms, watch-share: 0.5}").Steps[0].Bound
            .GuardsOf([new() { Kind = OpsKit.Engine.Verbs.TargetKind.Enclosure, Name = "enc1" }]).ShouldHaveSingleItem();

        guard.Targets.ShouldBe(["enclosure:enc1", "192.0.2.1"]);
        (guard.Interval, guard.Outage, guard.ShareOfTargets).ShouldBe((TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), 0.5m));
        Read("vc.stage", "{package: vcfw485.bin}").Steps[0].Bound.GuardsOf([]).ShouldBeEmpty("writing touches no network");
    }

    private static Playbook Read(string verb, string with) =>
        PlaybookReader.Parse($"name: x\nsteps:\n  - uses: {verb}\n    targets: [enc1]\n    with: {with}\n", "x.yaml", null, RolloutVerb.All);
}
