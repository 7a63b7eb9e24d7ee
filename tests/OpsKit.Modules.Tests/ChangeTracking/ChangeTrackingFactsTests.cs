using OpsKit.Connections;
using OpsKit.Modules.ChangeTracking;

namespace OpsKit.Modules.Tests.ChangeTracking;

public sealed class ChangeTrackingFactsTests
{
    [Fact]
    public void Facts_built_in_are_whole()
    {
        var facts = ChangeTrackingFactsReader.BuiltIn;

        facts.Faults.Select(fault => fault.Id).ShouldBe(["KB 2090639", "KB 2136854", "reverted snapshots"]);
        facts.Faults[1].MendedIn["6.0"].ShouldBe(3247720);
        facts.IsBackup("VEEAM BACKUP TEMPORARY SNAPSHOT").ShouldBeTrue();
        facts.IsBackup("before the patch").ShouldBeFalse();
    }

    [Theory]
    [InlineData("5.1.0", "799733", 200L, true)]
    [InlineData("5.1.0", "799733", 128L, false)]
    [InlineData("5.1.0", null, null, true)]
    [InlineData("6.0.0", "1", 200L, false)]
    [InlineData(null, null, 200L, false)]
    [InlineData("", "", 200L, false)]
    public void Fault_concerns_a_disk_by_version_and_size(string? version, string? build, long? gigabytes, bool concerned) =>
        ChangeTrackingFactsReader.BuiltIn.Faults[0].Concerns(version, build, gigabytes << 30).ShouldBe(concerned);

    [Fact]
    public void Mistakes_are_told_with_their_places_all_at_once()
    {
        const string Text = """
            version: 1
            faults:
              - id: KB 1
                versions: ["5"]
                mended-in: {"6.0": soon}
                above-gb: 0
                what: x
                remedy: y
                more: z
            backup-snapshot: [x]
            """;

        var failure = Should.Throw<OpsKitException>(() => ChangeTrackingFactsReader.Parse(Text, "facts.yaml"));

        failure.Kind.ShouldBe(FailureKind.Usage);
        foreach (var place in new[] { "facts.yaml:4:16", "facts.yaml:5:24", "facts.yaml:6:15", "facts.yaml:9:5", "facts.yaml:10:1" })
            failure.Message.ShouldContain(place);
    }
}
