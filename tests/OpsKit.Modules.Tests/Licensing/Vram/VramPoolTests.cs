using OpsKit.Modules.Licensing;
using static OpsKit.Modules.Tests.Licensing.EstateBuilder;

namespace OpsKit.Modules.Tests.Licensing.Vram;

public sealed class VramPoolTests
{
    private const long GB = 1024;

    [Fact]
    public void Standard_key_for_ten_processors_brings_320_GB_whatever_the_sockets()
    {
        var key = Standard("AAAAA-00001", 10);
        var pool = new EstateBuilder().Key(key).Host("esx1", key, sockets: 2).Vram().Pools.ShouldHaveSingleItem();

        pool.Entitled.ShouldBe(new VramQuota(320 * GB));
        pool.LicenseType.ShouldBe("vSphere 5 Standard");
    }

    [Fact]
    public void Two_machines_of_100_GB_count_192_GB_since_August_and_200_before()
    {
        var key = EnterprisePlus("AAAAA-00001", 4);
        var estate = new EstateBuilder().Key(key).Host("esx1", key).Machine("db1", 100).Machine("db2", 100);

        estate.Vram("2011-08").Pools.Single().UsedMB.ShouldBe(192 * GB);
        estate.Vram("2011-08").Pools.Single().ConfiguredMB.ShouldBe(200 * GB);
        estate.Vram("2011-07").Pools.Single().UsedMB.ShouldBe(200 * GB);
    }

    [Theory]
    [InlineData("esxEnterprisePlus", 48, 96)]
    [InlineData("esxEnterprise", 32, 64)]
    [InlineData("esxAdvanced", 32, 64)]
    [InlineData("esxFull", 24, 32)]
    [InlineData("esxExpressPlus", 24, 32)]
    [InlineData("esxExpress", 24, 32)]
    public void Licence_brings_what_its_edition_brought(string editionKey, int july, int august)
    {
        var key = new License { Key = "K", EditionKey = editionKey, Total = 1, CostUnit = "cpuPackage" };
        var estate = new EstateBuilder().Key(key).Host("esx1", key);

        estate.Vram("2011-07").Pools.Single().Entitled.ShouldBe(new VramQuota(july * GB));
        estate.Vram("2011-08").Pools.Single().Entitled.ShouldBe(new VramQuota(august * GB));
    }

    [Fact]
    public void Advanced_hosts_share_the_pool_of_Enterprise()
    {
        var advanced = new License { Key = "A", EditionKey = "esxAdvanced", Name = "vSphere 4 Advanced", Total = 2, CostUnit = "cpuPackage:12core" };
        var enterprise = new License { Key = "E", EditionKey = "esxEnterprise", Name = "vSphere 4 Enterprise", Total = 2, CostUnit = "cpuPackage:6core" };
        var pool = new EstateBuilder().Key(advanced).Key(enterprise).Host("esx1", advanced).Host("esx2", enterprise).Vram().Pools.ShouldHaveSingleItem();

        pool.Edition.ShouldBe("Enterprise");
        pool.LicenseType.ShouldBe("Enterprise");
        pool.Entitled.ShouldBe(new VramQuota(256 * GB));
        pool.HostCount.ShouldBe(2);
    }

    [Fact]
    public void Essentials_pool_never_exceeds_192_GB()
    {
        var key = new License { Key = "K", EditionKey = "esx.essentialsPlus.cpuPackage", Name = "VMware vSphere 6 Essentials Plus", Total = 12, CostUnit = "cpuPackage" };
        var pool = new EstateBuilder().Key(key).Host("esx1", key).Vram().Pools.Single();

        pool.Entitled.ShouldBe(new VramQuota(192 * GB));
        pool.HardLimit.ShouldBeTrue();
        pool.Reason.ShouldBe("the pool never exceeds 192 GB");
    }

    [Fact]
    public void Unassigned_key_is_outside_the_pool_and_shown_beside_it()
    {
        var assigned = EnterprisePlus("AAAAA-00001", 4);
        var spare = EnterprisePlus("AAAAA-00002", 2);
        var pool = new EstateBuilder().Key(assigned).Key(spare).Host("esx1", assigned).Vram().Pools.Single();

        pool.Entitled.ShouldBe(new VramQuota(384 * GB));
        pool.EntitledWithUnassigned.ShouldBe(new VramQuota(576 * GB));
        pool.Keys.Select(key => key.Use).ShouldBe([KeyUse.Assigned, KeyUse.Unassigned]);
    }

    [Fact]
    public void Edition_with_unassigned_keys_only_has_an_empty_pool()
    {
        var pool = new EstateBuilder().Key(Standard("AAAAA-00001", 10)).Vram().Pools.ShouldHaveSingleItem();

        pool.Entitled.ShouldBe(VramQuota.None);
        pool.EntitledWithUnassigned.ShouldBe(new VramQuota(320 * GB));
        pool.Reason.ShouldBe("no key assigned to a host");
    }

    [Fact]
    public void Desktop_and_unlimited_keys_have_no_limit()
    {
        var desktop = new License { Key = "D", EditionKey = "esxDesktop", Name = "vSphere 5 Desktop", Total = 100, CostUnit = "vm" };
        var standard = Standard("S", 0);
        var account = new EstateBuilder().Key(desktop).Key(standard).Host("esx1", desktop).Host("esx2", standard).Machine("vm", 4000).Vram();

        account.Pools.ShouldAllBe(pool => pool.Entitled == VramQuota.Unlimited);
        account.Pools.ShouldAllBe(pool => pool.IsWithin == true);
    }

    [Fact]
    public void Each_free_hypervisor_is_a_pool_of_its_own()
    {
        var free = new License { Key = "F", EditionKey = "esxBasic", Name = "vSphere 4 Hypervisor", Total = 0, CostUnit = "cpuPackage:6core" };
        var account = new EstateBuilder().Key(free).Host("esx1", free).Host("esx2", free).Machine("a", 40, "esx1").Machine("b", 8, "esx2").Vram();

        account.Pools.Select(pool => (pool.PoolHost, pool.Entitled, pool.IsWithin)).ShouldBe(
        [
            ("esx1", new VramQuota(32 * GB), false),
            ("esx2", new VramQuota(32 * GB), true),
        ]);
    }

    [Fact]
    public void Key_counted_in_cores_brings_nothing_and_says_so()
    {
        var key = new License { Key = "ABCDE-ABCDE-ABCDE-ABCDE-12345", EditionKey = "esx.enterprisePlus.cpuPackage", Total = 64, CostUnit = "cpuCore:16core" };
        var pool = new EstateBuilder().Key(key).Host("esx1", key).Vram().Pools.Single();

        pool.Entitled.ShouldBe(VramQuota.None);
        pool.Reason!.ShouldContain("*****-*****-*****-*****-12345 not counted: no vRAM for 'cpuCore:16core'");
    }

    [Fact]
    public void Pools_of_a_linked_group_are_summed_and_a_shared_key_counts_once()
    {
        var shared = EnterprisePlus("SHARE-00001", 4);
        var own = EnterprisePlus("OWNED-00002", 2);
        var estate = new LicensingEstate(
        [
            new EstateBuilder("vc1", "emea", "uuid-1").Key(shared).Key(own).Host("esx1", shared).Machine("a", 10).State(),
            new EstateBuilder("vc2", "emea", "uuid-2").Key(shared).Key(own).Host("esx1", shared).Host("esx2", own).Machine("b", 20).State(),
        ]);
        var pool = EstateBuilder.Vram(estate).Pools.ShouldHaveSingleItem();

        pool.Site.ShouldBe("emea");
        pool.Entitled.ShouldBe(new VramQuota(6 * 96 * GB));
        pool.UsedMB.ShouldBe(30 * GB);
        pool.HostCount.ShouldBe(3);
    }

    [Fact]
    public void Vcenters_that_stand_alone_keep_their_pools_and_a_shared_key_is_pointed_out()
    {
        var shared = EnterprisePlus("ABCDE-ABCDE-ABCDE-ABCDE-12345", 4);
        var account = EstateBuilder.Vram(new LicensingEstate(
            [new EstateBuilder("vc1").Key(shared).Host("esx1", shared).State(), new EstateBuilder("vc2").Key(shared).Host("esx1", shared).State()]));

        account.Pools.Select(pool => pool.Site).ShouldBe(["vc1", "vc2"]);
        account.Notes.ShouldContain(note => note.Contains("*****-*****-*****-*****-12345 is assigned in vc1 and in vc2 and counts in both"));
    }

    [Fact]
    public void Assignment_of_another_vcenter_is_not_mistaken_for_the_host_of_the_same_id()
    {
        var own = Standard("OWN", 2);
        var foreign = EnterprisePlus("FOREIGN", 4);
        var account = new EstateBuilder("vc1", instanceUuid: "uuid-1").Key(own).Key(foreign).Host("esx1", own)
            .Assign("host-esx1", foreign, scope: "uuid-2").Machine("a", 10).Vram();

        account.Pools.ShouldHaveSingleItem().Edition.ShouldBe("Standard");
        account.Notes.ShouldContain(note => note.Contains("assigned in another vCenter than vc1"));
    }

    [Fact]
    public void Dead_member_of_a_linked_group_leaves_its_pools_marked_incomplete()
    {
        var key = Standard("S", 2);
        var account = EstateBuilder.Vram(new LicensingEstate(
            [new EstateBuilder("vc1", "emea").Key(key).Host("esx1", key).State()], [new UnreachedVCenter("vc2", "emea", "does not answer")]));

        account.Pools.Single().MissingVCenters.ShouldBe(["vc2"]);
        account.NotAssessed.Single().Target.ShouldBe("vc2");
        VramHistory.MarksOf(account, Now).ShouldBeEmpty();
    }

    [Fact]
    public void Same_vcenter_under_two_names_is_counted_once()
    {
        var key = Standard("S", 2);
        var account = EstateBuilder.Vram(new LicensingEstate(
            [new EstateBuilder("vc1", instanceUuid: "u").Key(key).Host("esx1", key).State(), new EstateBuilder("alias", instanceUuid: "U").Key(key).Host("esx1", key).State()]));

        account.Pools.ShouldHaveSingleItem().HostCount.ShouldBe(1);
        account.NotAssessed.ShouldHaveSingleItem().Reason.ShouldContain("same vCenter as vc1");
    }

    [Fact]
    public void Asking_for_an_unknown_table_names_the_known_ones() =>
        Should.Throw<OpsKit.Connections.OpsKitException>(() => new EstateBuilder().Vram("2012-01")).Next!.ShouldBe("use one of: 2011-07, 2011-08");
}
