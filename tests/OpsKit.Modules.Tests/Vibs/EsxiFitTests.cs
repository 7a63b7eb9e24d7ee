using OpsKit.Connections;
using OpsKit.Modules.Vibs;

namespace OpsKit.Modules.Tests.Vibs;

/// <summary>Which hosts a package can go on, by the facts of <c>config/vibs.yaml</c>.</summary>
public sealed class EsxiFitTests
{
    [Theory]
    [InlineData("vmkapi_2_0_0_0", "5.0 to 7.0")]
    [InlineData("vmkapi_2_2_0_0", "5.5 to 7.0")]
    [InlineData("com.vmware.driverAPI-9.2.2.0", "5.5 to 6.7")]
    [InlineData("esx-base >= 6.5.0-0.0.1", "6.5 to 7.0")]
    [InlineData("esx-base << 6.7.0", "5.0 to 6.5")]
    [InlineData("esx-base << 6.7.0-1.29", "5.0 to 6.7")]
    [InlineData("esx-base <= 6.0", "5.0 to 6.0")]
    [InlineData("esx-base = 6.7.0", "6.7")]
    [InlineData("some-other >= 9.0", "5.0 to 7.0")]
    public void Needs_decide(string need, string fits) => Fits(need).ShouldBe(fits);

    [Theory]
    [InlineData("8.*", "none")]
    [InlineData("6.*", "6.0 to 6.7")]
    [InlineData("6.7.0", "6.7")]
    [InlineData("", "5.0 to 7.0")]
    public void Platform_decides(string version, string fits) =>
        EsxiFit.Words(EsxiFit.Judge(Package(new VibDescriptor { Name = "a", Version = "1-1", Vendor = "b", Platforms = [new VibPlatform("embeddedEsx", version)] }), EsxiReleasesReader.BuiltIn), EsxiFitness.Fits).ShouldBe(fits);

    [Fact]
    public void Refusal_has_its_reason() =>
        EsxiFit.Judge(Package(Needing("vmkapi_2_3_0_0")), EsxiReleasesReader.BuiltIn)[0].Reasons.ShouldBe(["it needs vmkapi_2_3_0_0, which hosts have since 6.0"]);

    [Theory]
    [InlineData("lines: [six]", "\"six\" is no release line such as 6.7")]
    [InlineData("lines: [\"6.7\"]\nlimes: [a]", "unknown key \"limes\"")]
    [InlineData("lines: []", "at least one release line")]
    public void Facts_that_mean_nothing_are_refused_with_their_place(string text, string why)
    {
        var refused = Should.Throw<OpsKitException>(() => EsxiReleasesReader.Parse($"version: 1\ncontent-digest-since: \"8.0\"\n{text}\n", "vibs.yaml"));
        refused.Kind.ShouldBe(FailureKind.Usage);
        refused.Message.ShouldContain("vibs.yaml:");
        refused.Message.ShouldContain(why);
    }

    private static string Fits(string need) => EsxiFit.Words(EsxiFit.Judge(Package(Needing(need)), EsxiReleasesReader.BuiltIn), EsxiFitness.Fits);

    private static VibDescriptor Needing(string need) => new() { Name = "a", Version = "1-1", Vendor = "b", Depends = [VibRelation.Parse(need)] };

    private static VibPackage Package(VibDescriptor descriptor) =>
        new("a.vib", descriptor) { Payloads = [new VibPayload("a", "tgz") { ContentBytes = 1, Digests = [new VibDigest("sha-256", "", "00")] }] };
}
