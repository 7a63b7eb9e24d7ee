using OpsKit.Connections;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;

namespace OpsKit.Lab.Tests.Faults;

public sealed class RehearsalFileTests
{
    [Fact]
    public void File_says_estate_speed_seed_and_faults()
    {
        var file = RehearsalFile.Parse(
            """
            size: field
            speed: 120
            seed: 7
            faults:
              - kind: slow
                endpoint: vc1
                operation: Retrieve*
                delay: 20s
                after: 3
                times: 2
                at: 5m
                duration: 2m
              - { kind: 503 }
            """, "patch.rehearsal.yaml");

        file.Size.ShouldBe(LabSize.Field);
        file.Speed.ShouldBe(120);
        file.Seed.ShouldBe(7);
        file.Faults.Count.ShouldBe(2);
        file.Faults[0].ShouldBe(new Fault(FaultKind.Slow)
        {
            Endpoint = "vc1", Operation = "Retrieve*", Delay = TimeSpan.FromSeconds(20), After = 3, Times = 2, At = TimeSpan.FromMinutes(5), Duration = TimeSpan.FromMinutes(2),
        });
        file.Faults[0].ToString().ShouldBe("slow (20s) at vc1 Retrieve*, after 3, 2 times, from 5m for 2m");
        file.Faults[1].ShouldBe(new Fault(FaultKind.Unavailable));
    }

    [Fact]
    public void Every_kind_can_be_written()
    {
        foreach (var kind in Enum.GetValues<FaultKind>())
            RehearsalFile.Parse($"faults: [{{ kind: {FaultWords.Of(kind)} }}]", "f.yaml").Faults.Single().Kind.ShouldBe(kind);
    }

    [Fact]
    public void Every_mistake_is_told_with_its_line_and_what_was_meant()
    {
        var failure = Should.Throw<OpsKitException>(() => RehearsalFile.Parse(
            """
            size: big
            speeed: 10
            faults:
              - kind: slwo
              - kind: cut
                delay: 5s
              - endpoint: vc1
                times: 0
            """, "f.yaml"));

        failure.Kind.ShouldBe(FailureKind.Usage);
        failure.What.Split('\n').ShouldBe(
        [
            "f.yaml:1:7: \"size\" is \"big\", expected one of small, field, large",
            "f.yaml:2:1: unknown key \"speeed\" (did you mean \"speed\"?); known: faults, mistakes, seed, size, speed",
            "f.yaml:4:11: \"kind\" is \"slwo\", expected one of slow, cut, garbled, refused, 503, task-failure, session-killed, stale-answers, disk-full, module-does-not-come-back, ping-loss, hints-one-by-one, result-lost, installation-fails (did you mean \"slow\"?)",
            "f.yaml:6:12: \"delay\" goes with slow, not with cut",
            "f.yaml:7:5: a fault has no \"kind\"; expected one of slow, cut, garbled, refused, 503, task-failure, session-killed, stale-answers, disk-full, module-does-not-come-back, ping-loss, hints-one-by-one, result-lost, installation-fails",
            "f.yaml:8:12: \"times\" is \"0\", expected a whole number from 1 to 1000000",
        ]);
    }

    [Theory]
    [InlineData("patch.yaml", "patch.rehearsal.yaml")]
    [InlineData("samples/playbooks/roll.yml", "samples/playbooks/roll.rehearsal.yaml")]
    public void Rehearsal_file_stands_beside_its_playbook(string playbook, string file) => RehearsalFile.PathOf(playbook).ShouldBe(file);
}
