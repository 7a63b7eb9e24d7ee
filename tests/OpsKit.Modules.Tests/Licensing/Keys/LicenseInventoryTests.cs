using OpsKit.Modules.Licensing;
using static OpsKit.Modules.Tests.Licensing.EstateBuilder;

namespace OpsKit.Modules.Tests.Licensing.Keys;

public sealed class LicenseInventoryTests
{
    [Fact]
    public void Key_lists_the_hosts_it_is_assigned_to_and_unassigned_keys_are_listed_too()
    {
        var used = Standard("S1", 10);
        var entries = List(new EstateBuilder().Key(used).Key(Standard("S2", 4)).Host("esx2", used).Host("esx1", used));

        entries.Select(entry => (entry.License.Key, string.Join(",", entry.AssignedTo))).ShouldBe([("S1", "esx1,esx2"), ("S2", "")]);
    }

    [Theory]
    [InlineData(10, LicenseLimit.Counted)]
    [InlineData(0, LicenseLimit.Unlimited)]
    [InlineData(null, LicenseLimit.NotReported)]
    [InlineData(-1, LicenseLimit.NotReported)]
    public void Total_says_how_it_is_meant(int? total, LicenseLimit limit) =>
        List(new EstateBuilder().Key(new License { Key = "S", EditionKey = "esxFull", Total = total })).Single().Limit.ShouldBe(limit);

    [Fact]
    public void Evaluation_is_told_from_unlimited() =>
        List(new EstateBuilder().Key(Evaluation())).Single().Limit.ShouldBe(LicenseLimit.Evaluation);

    [Fact]
    public void Days_left_are_whole_days_and_negative_once_expired()
    {
        var entries = List(new EstateBuilder()
            .Key(Standard("A", 1) with { Expires = Now.AddDays(3.9) })
            .Key(Standard("B", 1) with { Expires = Now.AddDays(-0.1) })
            .Key(Standard("C", 1)));

        entries.Select(entry => entry.DaysLeft).ShouldBe([3, -1, null]);
    }

    [Fact]
    public void Key_shared_by_a_linked_group_is_listed_once_with_the_hosts_of_all()
    {
        var key = Standard("S", 10);
        var estate = new LicensingEstate(
        [
            new EstateBuilder("vc1", "emea", "u1").Key(key).Host("esx1", key).Assign("host-esx1", key, "u2", "esx1").State(),
            new EstateBuilder("vc2", "emea", "u2").Key(key).Host("esx1", key).Assign("host-9", key, "u3", "esx9").State(),
        ]);
        var entry = LicenseInventory.List(estate, LicensingTablesReader.BuiltIn).Entries.ShouldHaveSingleItem();

        entry.AssignedTo.ShouldBe(["esx1 (vc1)", "esx1 (vc2)", "esx9 (another vCenter)"]);
    }

    [Fact]
    public void Entities_are_named_by_display_name_then_by_reference_and_nameless_rows_assign_nothing()
    {
        var key = new License { Key = "VC", EditionKey = "vc.standard.instance", Name = "vCenter Server 7 Standard", Total = 1 };
        var entry = List(new EstateBuilder("vc1", instanceUuid: "u1").Key(key)
            .Assign("u1", key).Assign("domain-c8", key, name: "Cluster A").Assign("domain-c9", key).Assign("", key)).ShouldHaveSingleItem();

        entry.AssignedTo.ShouldBe(["Cluster A", "domain-c9", "vc1"]);
    }

    private static IReadOnlyList<LicenseEntry> List(EstateBuilder builder) =>
        LicenseInventory.List(builder.Estate(), LicensingTablesReader.BuiltIn).Entries;
}
