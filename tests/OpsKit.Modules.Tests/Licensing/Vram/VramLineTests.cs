using OpsKit.Modules.Licensing;
using static OpsKit.Modules.Tests.Licensing.EstateBuilder;

namespace OpsKit.Modules.Tests.Licensing.Vram;

/// <summary>What is in no pool stands on its own line, with the reason.</summary>
public sealed class VramLineTests
{
    private const long GB = 1024;
    private static readonly License Key = EnterprisePlus("AAAAA-00001", 4);

    [Fact]
    public void Powered_off_machine_is_configured_and_not_used()
    {
        var pool = Pool().Machine("off", 8, power: "poweredOff").Vram().Lines.ShouldHaveSingleItem();

        (pool.ConfiguredMB, pool.UsedMB).ShouldBe((8 * GB, 0));
    }

    [Fact]
    public void Suspended_machine_stands_apart()
    {
        var line = Pool().Machine("asleep", 8, power: "suspended").Vram().Lines[1];

        (line.Category, line.ConfiguredMB, line.UsedMB, line.LicenseType).ShouldBe((VramCategory.Suspended, 8 * GB, 0, "vSphere 5 Enterprise Plus"));
        line.Reason.ShouldBe("suspended, so not used");
        line.Entitled.ShouldBeNull();
    }

    [Fact]
    public void Template_stands_apart()
    {
        var line = Pool().Machine("golden", 4, power: "poweredOff", template: true).Vram().Lines[1];

        (line.Category, line.ConfiguredMB, line.UsedMB).ShouldBe((VramCategory.Template, 4 * GB, 0));
    }

    [Fact]
    public void Fault_tolerance_secondary_stands_apart_unless_asked_for()
    {
        var estate = Pool().Machine("primary", 4).Machine("secondary", 4, secondary: true);

        estate.Vram().Lines.Select(line => (line.Category, line.UsedMB)).ShouldBe([(VramCategory.Pool, 4 * GB), (VramCategory.FaultToleranceSecondary, 4 * GB)]);
        estate.Vram(includeFt: true).Lines.ShouldHaveSingleItem().UsedMB.ShouldBe(8 * GB);
    }

    [Fact]
    public void Host_in_evaluation_has_a_line_with_its_machines_and_no_entitlement()
    {
        var line = new EstateBuilder().Key(Evaluation()).Host("esx1", Evaluation()).Machine("a", 4).Machine("b", 2, power: "poweredOff").Vram().Lines.ShouldHaveSingleItem();

        (line.Category, line.LicenseType, line.ConfiguredMB, line.UsedMB, line.HostCount).ShouldBe((VramCategory.Evaluation, "Evaluation", 6 * GB, 4 * GB, 1));
        line.Entitled.ShouldBeNull();
    }

    [Fact]
    public void Host_of_unknown_edition_names_the_edition_key()
    {
        var odd = new License { Key = "X", EditionKey = "esx.galactic.cpuPackage", Name = "vSphere 12 Galactic", Total = 8 };
        var line = new EstateBuilder().Key(odd).Host("esx1", odd).Machine("a", 4).Vram().Lines.ShouldHaveSingleItem();

        (line.Category, line.LicenseType).ShouldBe((VramCategory.UnknownEdition, "vSphere 12 Galactic"));
        line.Reason.ShouldBe("edition unknown (edition key 'esx.galactic.cpuPackage' is not in the tables)");
    }

    [Fact]
    public void Host_before_4_1_says_that_its_licence_is_not_reported()
    {
        var account = new EstateBuilder().Key(Key with { Used = 2 }).Host("esx1", version: "4.0.0").Machine("a", 4).Vram();

        account.Lines.Select(line => line.Category).ShouldBe([VramCategory.Pool, VramCategory.HostTooOld]);
        account.Lines[1].UsedMB.ShouldBe(4 * GB);
        account.Lines[0].Reason!.ShouldContain("1 key used by hosts that are not reported");
    }

    [Fact]
    public void Host_without_licence_has_a_line_even_without_machines()
    {
        var line = new EstateBuilder().Host("esx1").Vram().Lines.ShouldHaveSingleItem();

        (line.Category, line.LicenseType, line.HostCount).ShouldBe((VramCategory.HostWithoutLicence, "(no licence)", 1));
    }

    [Fact]
    public void Disconnected_host_keeps_its_key_in_the_pool_and_its_machines_out_of_it()
    {
        var account = new EstateBuilder().Key(Key).Host("esx1", Key, state: "notResponding").Machine("a", 4).Vram();

        account.Lines.Select(line => (line.Category, line.Entitled, line.UsedMB)).ShouldBe(
            [(VramCategory.Pool, new VramQuota(4 * 96 * GB), 0), (VramCategory.HostDisconnected, null, 4 * GB)]);
        account.Lines[1].Reason.ShouldBe("host is not connected (notResponding: last known state)");
    }

    [Theory]
    [InlineData(null, "connected")]
    [InlineData("", "connected")]
    [InlineData("hibernated", "connected")]
    [InlineData("poweredOn", "inaccessible")]
    public void Machine_whose_state_is_not_known_stands_apart(string? power, string connection)
    {
        var line = Pool().Machine("ghost", 4, power: power, connection: connection).Vram().Lines[1];

        (line.Category, line.ConfiguredMB).ShouldBe((VramCategory.StateUnknown, 4 * GB));
    }

    [Fact]
    public void Machine_without_host_stands_apart()
    {
        var line = new EstateBuilder().Machine("orphan", 4, host: null).Vram().Lines.ShouldHaveSingleItem();

        (line.Category, line.HostCount).ShouldBe((VramCategory.NoHost, 0));
    }

    [Fact]
    public void Machine_without_memory_size_is_not_assessed()
    {
        var account = Pool().MachineMB("=cmd|calc", null, connection: "inaccessible").Vram();

        account.NotAssessed.ShouldHaveSingleItem().ShouldBe(new("vc1: =cmd|calc", "memory size not reported (virtual machine is inaccessible)"));
    }

    [Fact]
    public void Hosts_of_other_versions_are_counted_and_named()
    {
        var account = new EstateBuilder().Key(Key).Host("esx1", Key, version: "4.1.0").Host("esx2", Key, version: "5.0.0").Vram();

        account.Pools.Single().HostCount.ShouldBe(2);
        account.Notes.ShouldContain("vRAM terms are those of ESXi 5.0. Counted as if they ran it: 1 host 4.1.0.");
    }

    [Fact]
    public void Licences_of_other_products_are_named_and_bring_nothing()
    {
        var vcenter = new License { Key = "V", EditionKey = "vc.standard.instance", Name = "vCenter Server 5 Standard", Total = 1, CostUnit = "server" };
        var account = Pool().Key(vcenter).Vram();

        account.Pools.ShouldHaveSingleItem();
        account.Notes.ShouldContain("Licences of other products bring no vRAM: vCenter Server 5 Standard.");
    }

    private static EstateBuilder Pool() => new EstateBuilder().Key(Key).Host("esx1", Key);
}
