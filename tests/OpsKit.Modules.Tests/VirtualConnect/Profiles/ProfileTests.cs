using OpsKit.Connections;
using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Profiles;
using OpsKit.Modules.VirtualConnect.Texts;

namespace OpsKit.Modules.Tests.VirtualConnect.Profiles;

public sealed class ProfileTests
{
    private const string Enclosures =
        """
        =====================================================================
        ID    Name       Import Status  Serial Number  Part        Asset Tag
                                                       Number
        =====================================================================
        enc0  rack6-enc  Imported       CZ36666ABC     507019-B21
        enc1  rack7-enc  Imported       CZ37777ABC     507019-B21  some tag
        """;

    private const string List =
        """
        =======================================
        Name        Ethernet     Server  Status
                    Connections
        =======================================
        prof-esx01  2            enc1:1  OK
        prof-other  2            enc0:1  OK
        prof-spare  2                    OK
        """;

    private const string Profile =
        """
        Name          : prof-esx01
        Device Bay    : enc1:1

        Ethernet Network Connections
        =================================================
        Port      Bay  PXE      MAC Address        Allocated
                                                   Speed
        =================================================
        LOM1:1-a  1    UseBIOS  00-17-A4-77-00-01  2Gb
        LOM1:2-a  2    UseBIOS  00-17-A4-77-00-02  2Gb
        LOM1:1-b  1    UseBIOS  Factory-Default    2Gb
        """;

    private static readonly ServerProfile Given = new("prof-esx01", 1, [("LOM1:1-a", "00:17:a4:77:00:01"), ("LOM1:2-a", "00:17:a4:77:00:02")]);

    [Fact]
    public void Profiles_of_the_enclosure_are_found_in_a_domain_of_several()
    {
        var id = ProfileReader.EnclosureId(Enclosures, Sample.Enclosure);
        id.ShouldBe("enc1");
        ProfileReader.Assigned(List, id).ShouldBe([("prof-esx01", 1)]);
        ProfileReader.Macs(Profile, "prof-esx01").ShouldBe(Given.Macs);
        VcTexts.Facts(Profile)["Device Bay"].ShouldBe("enc1:1");
    }

    [Fact]
    public void An_enclosure_that_is_none_of_the_domains_is_not_guessed() =>
        Should.Throw<OpsKitException>(() => ProfileReader.EnclosureId(Enclosures, Sample.Enclosure with { Serial = null, DeviceName = "rack9" })).Unreadable.ShouldBeTrue();

    [Theory]
    [InlineData("ERROR: Profile not found : x", "refused")]
    [InlineData("ERROR: Virtual Connect Manager not found at this IP address", "does not run there")]
    [InlineData("Unable to communicate with the Virtual Connect Manager\n", "does not run there")]
    public void Answers_that_say_no_are_no_answers(string answer, string why) => Should.Throw<OpsKitException>(() => VcTexts.Checked(answer, "show profile x")).What.ShouldContain(why);

    [Fact]
    public void Blade_with_the_addresses_of_its_profile_is_well()
    {
        var standing = ProfileCheck.Of(Sample.Enclosure, Sample.Hosts(), [Given]).ShouldHaveSingleItem();
        (standing.Verdict, standing.SeenBy, standing.Host, standing.Profile).ShouldBe((ProfileVerdict.Applied, "vCenter", "esx01.lab.example", "prof-esx01"));
    }

    [Fact]
    public void Blade_with_its_own_addresses_came_up_without_its_profile()
    {
        var host = Sample.Host with { Nics = [.. Sample.Host.Nics.Select((nic, index) => nic with { Mac = $"78:e3:b5:00:00:0{index}" })] };
        var standing = ProfileCheck.Of(Sample.Enclosure, Sample.Hosts(host), [Given])[0];
        standing.Verdict.ShouldBe(ProfileVerdict.Factory);
        standing.Missing.ShouldBe(["00:17:a4:77:00:01", "00:17:a4:77:00:02"]);
        standing.Instead.ShouldBe(["78:e3:b5:00:00:00", "78:e3:b5:00:00:01"]);
    }

    [Fact]
    public void Blade_with_some_of_them_and_blade_without_a_profile_are_told_apart()
    {
        var host = Sample.Host with { Nics = [Sample.Host.Nics[0]] };
        ProfileCheck.Of(Sample.Enclosure, Sample.Hosts(host), [Given])[0].Verdict.ShouldBe(ProfileVerdict.Partly);
        ProfileCheck.Of(Sample.Enclosure, Sample.Hosts(host), [])[0].Verdict.ShouldBe(ProfileVerdict.None);
    }

    [Fact]
    public void Blade_that_is_no_host_is_judged_by_what_the_Onboard_Administrator_lists()
    {
        var nobody = Sample.Hosts() with { Hosts = [] };
        (ProfileCheck.Of(Sample.Enclosure, nobody, [Given])[0] is { Verdict: ProfileVerdict.Applied, SeenBy: "OA" }).ShouldBeTrue();
        var unlisted = Sample.Enclosure with { Ports = null, Blades = [Sample.Enclosure.Blades[0] with { Nics = [] }] };
        ProfileCheck.Of(unlisted, nobody, [Given])[0].Verdict.ShouldBe(ProfileVerdict.NotKnown);
    }
}
