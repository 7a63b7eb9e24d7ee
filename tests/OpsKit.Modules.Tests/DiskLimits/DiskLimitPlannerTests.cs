using OpsKit.Engine.Plans;
using OpsKit.Modules.DiskLimits;

namespace OpsKit.Modules.Tests.DiskLimits;

public sealed class DiskLimitPlannerTests
{
    [Fact]
    public void All_disks_of_a_machine_are_limited_in_one_change()
    {
        var plan = Plan(Machines.Of(Machines.PerDisk, "ds01:-", "ds01:800", "ds02:500"), new() { Iops = 500 });

        var change = plan.Changes.ShouldHaveSingleItem();
        (change.Id, change.Summary).ShouldBe(("limit:2000=500,2001=500", "limit Hard disk 1 (scsi0:0), Hard disk 2 (scsi0:1) to 500 IOPS each"));
        (change.Before, change.After).ShouldBe(("Hard disk 1: no limit, Hard disk 2: 800 IOPS", "500 IOPS on each of 2 disks"));
        LimitOrder.From(change).Disks.Select(disk => (disk.Key, disk.Name, disk.Limit)).ShouldBe([(2000, "Hard disk 1 (scsi0:0)", 500L), (2001, "Hard disk 2 (scsi0:1)", 500L)]);
        plan.Observed.ShouldBe(new Dictionary<string, string>
        {
            ["Hard disk 1 (scsi0:0)"] = "no limit on ds01", ["Hard disk 2 (scsi0:1)"] = "800 IOPS on ds01", ["Hard disk 3 (scsi0:2)"] = "500 IOPS on ds02", ["scheduler"] = "ESXi 8.0",
        });
        plan.Warnings.ShouldBe(["ESXi 8.0 counts in units of 32 KB: 500 IOPS are 250 requests of 64 KB a second, 62 of 256 KB"]);
    }

    /// <summary>Hosts of a cluster that is being upgraded: what a limit comes to depends on where the machine is.</summary>
    [Fact]
    public void Cluster_of_hosts_that_do_it_in_different_ways_is_told_where_it_matters()
    {
        var mixed = Machines.Of(Machines.PerDisk, "ds01:-", "ds01:-", "ds02:-") with { OtherwiseOn = "esx05 (ESXi 5.1, before 5.5)" };

        Plan(mixed, new() { Iops = 500, Disks = ["scsi0:1"] }).Warnings.ShouldContain(
            "its cluster has hosts that do it in another way: esx05 (ESXi 5.1, before 5.5) adds the limits of a VM's disks on a datastore, and one without a limit voids them; a migration there changes what this comes to");
        Plan(mixed, new() { Iops = 500, Disks = ["scsi0:2"] }).Warnings.ShouldHaveSingleItem().ShouldStartWith("ESXi 8.0 counts", Case.Sensitive, "the disk is alone on its datastore");
    }

    [Fact]
    public void Nothing_is_done_where_the_limits_are_there()
    {
        Plan(Machines.Of(Machines.Summed, "ds01:500", "ds01:500"), new() { Iops = 500 }).ShouldSatisfyAllConditions(
            plan => plan.Changes.ShouldBeEmpty(), plan => plan.Warnings.ShouldBeEmpty(), plan => plan.Blockers.ShouldBeEmpty());
        Plan(Machines.Of(Machines.Summed, "ds01:-"), new() { Clear = true }).Changes.ShouldBeEmpty();
    }

    /// <summary>A cap on one of several disks does nothing on these hosts: the plan says so, and which set would do what was meant.</summary>
    [Fact]
    public void Cap_on_one_of_several_disks_is_told_to_be_void_with_the_set_that_is_not()
    {
        var plan = Plan(Machines.Of(Machines.Summed, "ds01:-", "ds01:-", "ds02:-"), new() { Iops = 500, Disks = ["scsi0:1"] });

        plan.Changes.ShouldHaveSingleItem().Summary.ShouldBe("limit Hard disk 2 (scsi0:1) to 500 IOPS");
        plan.Warnings.ShouldBe(
        [
            "not enforced on esx01 (ESXi 5.1, before 5.5): it adds the limits of a VM's disks on a datastore, and Hard disk 1 (scsi0:0) on ds01 has none. Limit all of them: --disk scsi0:0,scsi0:1 gives each its own, --enforce lets them share 500 IOPS",
        ]);
    }

    [Theory]
    [InlineData("scsi0:1", "limit:2000=250,2001=250")]
    [InlineData("2", "limit:2000=250,2001=250")]
    [InlineData("Hard disk 3", "limit:2002=500")]
    public void Enforcing_lets_all_disks_on_the_datastore_share_the_limit(string disk, string id)
    {
        var plan = Plan(Machines.Of(Machines.Summed, "ds01:-", "ds01:-", "ds02:-"), new() { Iops = 500, Disks = [disk], Enforce = true });

        plan.Changes.ShouldHaveSingleItem().Id.ShouldBe(id);
        plan.Warnings.ShouldNotContain(warning => warning.StartsWith("not enforced"));
    }

    [Fact]
    public void Shares_of_a_limit_add_up_to_it()
    {
        var plan = Plan(Machines.Of(Machines.Summed, "ds01:-", "ds01:-", "ds01:-"), new() { Iops = 500, Disks = ["1"], Enforce = true });

        LimitOrder.From(plan.Changes[0]).Disks.Select(disk => disk.Limit).ShouldBe([167, 167, 166]);
        plan.Warnings.ShouldBe(["esx01 (ESXi 5.1, before 5.5) adds the limits of a VM's disks on a datastore: 3 disks on ds01 share 500 IOPS, and one of them alone may use all of it"]);
    }

    [Fact]
    public void Enforcing_changes_nothing_where_each_disk_is_held_to_its_own() =>
        Plan(Machines.Of(Machines.PerDisk, "ds01:-", "ds01:-"), new() { Iops = 500, Disks = ["1"], Enforce = true }).Changes[0].Id.ShouldBe("limit:2000=500");

    [Fact]
    public void Taking_one_limit_off_is_told_to_void_the_others() =>
        Plan(Machines.Of(Machines.Summed, "ds01:100", "ds01:50"), new() { Clear = true, Disks = ["2"] }).Warnings
            .ShouldBe(["without a limit Hard disk 2 (scsi0:1) voids the others' on ds01: esx01 (ESXi 5.1, before 5.5) adds the limits of a VM's disks on a datastore"]);

    public static TheoryData<string, LimitedMachine, DiskLimitOptions> Blocked => new()
    {
        { "10 IOPS is not within what the server takes: 16 to 2147483647", Machines.Of(Machines.PerDisk, "ds01:-"), new() { Iops = 10 } },
        { "it is inaccessible for vCenter", Machines.Of(Machines.PerDisk, "ds01:-").With(machine => machine with { ConnectionState = "inaccessible" }), new() { Iops = 500 } },
        { "has no disk scsi0:7; its disks are Hard disk 1 (scsi0:0)", Machines.Of(Machines.PerDisk, "ds01:-"), new() { Iops = 500, Disks = ["scsi0:7"] } },
        {
            "how limits are enforced there is not known (ESXi 8.0, whose settings cannot be read), so nothing can be made sure of",
            Machines.Of(Machines.Unknown, "ds01:-", "ds01:-"), new() { Iops = 500, Enforce = true }
        },
        {
            "a bandwidth cap cannot be set while it is running: the API has no field for it, and its advanced parameter is read at power-on. 10 MB/s are 160 IOPS at 64 KB a request here, which can be set now",
            Machines.Of(Machines.Summed, "ds01:-"), new() { BytesPerSecond = 10 << 20 }
        },
        {
            "a bandwidth cap cannot be set while it is suspended: the API has no field for it, and its advanced parameter is read at power-on. 10 MB/s are 1280 IOPS at 8 KB a request here, which can be set now",
            Machines.Of(Machines.PerDisk, "ds01:-").With(machine => machine with { PowerState = "suspended" }), new() { BytesPerSecond = 10 << 20, IoSizeKb = 8 }
        },
    };

    [Theory]
    [MemberData(nameof(Blocked))]
    public void What_stands_in_the_way_is_told_and_what_can_be_done(string blocker, LimitedMachine machine, DiskLimitOptions options) => Plan(machine, options).Blockers.ShouldBe([blocker]);

    [Fact]
    public void Bandwidth_of_a_machine_that_is_off_is_capped_by_its_parameter()
    {
        var off = Machines.Of(Machines.Summed, "ds01:-", "ds01:-").With(machine => machine with { PowerState = "poweredOff" });

        var change = Plan(off, new() { BytesPerSecond = 10 << 20, Disks = ["2"] }).Changes.ShouldHaveSingleItem();
        (change.Summary, change.Before, change.After).ShouldBe(("cap Hard disk 2 (scsi0:1) at 10 MB/s", "no cap", "10 MB/s"));
        LimitOrder.From(change).Disks.ShouldHaveSingleItem().Cap.ShouldBe(("scsi0:1", "10485760Bps"));
        var capped = off with { BandwidthCaps = new Dictionary<string, string> { ["scsi0:1"] = "10485760Bps" } };
        Plan(capped, new() { BytesPerSecond = 10 << 20, Disks = ["2"] }).Changes.ShouldBeEmpty();
        var cleared = Plan(capped, new() { Clear = true }).Changes.ShouldHaveSingleItem();
        (cleared.Summary, cleared.Before, cleared.After).ShouldBe(("take the bandwidth cap off Hard disk 2 (scsi0:1)", "10 MB/s", "no cap"));
    }

    [Fact]
    public void Bandwidth_cap_of_a_running_machine_stays_and_that_is_said()
    {
        var capped = Machines.Of(Machines.Summed, "ds01:300") with { BandwidthCaps = new Dictionary<string, string> { ["scsi0:0"] = "5MBps" } };

        var plan = Plan(capped, new() { Clear = true });
        plan.Changes.ShouldHaveSingleItem().Summary.ShouldBe("take the limit off Hard disk 1 (scsi0:0)");
        plan.Warnings[0].ShouldBe("the bandwidth cap of Hard disk 1 (scsi0:0) stays: it can be taken off only while the machine is switched off");
    }

    [Fact]
    public void Only_disks_that_are_busy_are_limited_where_that_is_asked_for()
    {
        var busy = Machines.Of(Machines.PerDisk, "ds01:-", "ds01:-") with { Loads = new Dictionary<string, DiskLoad> { ["scsi0:0"] = Machines.Load(40), ["scsi0:1"] = Machines.Load(45_000) } };

        Plan(busy, new() { Iops = 500, Above = 10_000 }).Changes.ShouldHaveSingleItem().Summary.ShouldBe("limit Hard disk 2 (scsi0:1) to 500 IOPS");
        Plan(busy, new() { Iops = 500, Above = 50_000 }).Changes.ShouldBeEmpty();
        Plan(busy with { Loads = null }, new() { Iops = 500, Above = 10_000 }).ShouldSatisfyAllConditions(
            plan => plan.Changes.ShouldBeEmpty(), plan => plan.Warnings.ShouldBe(["it runs, and the server has no samples of what its disks do: it is not limited"]));
    }

    [Fact]
    public void What_is_true_of_all_machines_on_such_hosts_is_said_once()
    {
        var plan = Plan(Machines.Of(Machines.PerDisk, "ds01:-"), new() { Iops = 500 });

        LimitEffects.SaidOnce([plan, plan, plan with { Warnings = ["it is a template"] }]).Select(said => said.Warnings.Count).ShouldBe([1, 0, 1]);
    }

    [Fact]
    public void Template_stays_as_it_is_and_that_is_said() =>
        Plan(Machines.Of(Machines.PerDisk, "ds01:-").With(machine => machine with { IsTemplate = true }), new() { Iops = 500 }).ShouldSatisfyAllConditions(
            plan => plan.Changes.ShouldBeEmpty(), plan => plan.Blockers.ShouldBeEmpty(), plan => plan.Warnings.ShouldBe(["it is a template, which cannot be reconfigured: it stays as it is"]));

    [Fact]
    public void Machine_that_cannot_be_read_is_not_assessed() =>
        Plan(Machines.Of(Machines.PerDisk).With(machine => machine with { Unread = "the server sends no devices of it" }), new() { Iops = 500 }).NotAssessed.ShouldBe("the server sends no devices of it");

    [Fact]
    public void Same_order_comes_back_from_the_journal()
    {
        var machine = Machines.Of(Machines.Summed, "ds01:-", "ds01:100").With(disks => disks with { PowerState = "poweredOff" });
        var change = Plan(machine, new() { Iops = 100, BytesPerSecond = 1 << 20 }).Changes.ShouldHaveSingleItem();

        var order = LimitOrder.From(change);
        (order.Id, order.Host).ShouldBe((change.Id, "host-1"));
        order.ToArguments().ShouldBe(change.Arguments);
        LimitPlan.After(order).ShouldBe(change.After);
    }

    private static TargetPlan Plan(LimitedMachine machine, DiskLimitOptions options) => DiskLimitPlanner.Plan(Machines.Target, machine, options);
}
