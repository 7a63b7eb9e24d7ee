using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.ChangeTracking;
using OpsKit.Modules.Tasks;

namespace OpsKit.Modules.Tests.ChangeTracking;

public sealed class ChangeTrackingPlannerTests
{
    [Fact]
    public void Machine_that_runs_is_reconfigured_and_stunned()
    {
        var plan = Plan(Seen.Machine(), TrackingGoal.Enabled);

        plan.Changes.Select(change => (change.Id, change.Before, change.After, change.Impact)).ShouldBe(
        [
            ("on", "flag off", "flag on; takes effect with the stun that follows", Impact.None),
            ("cycle-on", "0 of 2 disks tracked", "2 of 2 disks tracked", Impact.Stun),
        ]);
        plan.Blockers.ShouldBeEmpty();
        plan.Warnings.ShouldBeEmpty();
        plan.Uses.ShouldBe([new SharedUse("host vc1/host-21", 2), new SharedUse("datastore vc1/datastore-11", 4)]);
    }

    [Fact]
    public void Flag_proves_nothing_and_machine_is_stunned_all_the_same() =>
        Plan(Seen.Machine() with { Flag = true }, TrackingGoal.Enabled).Changes.Select(change => change.Id).ShouldBe(["cycle-on"]);

    [Fact]
    public void Change_id_without_a_file_of_changed_blocks_is_no_tracking() =>
        Plan(Seen.Tracked with { MapFiles = new HashSet<string>([Seen.MapOf(1)]) }, TrackingGoal.Enabled).Changes.ShouldHaveSingleItem().Before.ShouldBe("1 of 2 disks tracked");

    [Theory]
    [InlineData(TrackingGoal.Enabled, true)]
    [InlineData(TrackingGoal.Disabled, false)]
    public void What_is_as_wanted_stays(TrackingGoal goal, bool tracked) => Plan(tracked ? Seen.Tracked : Seen.Machine(), goal).Changes.ShouldBeEmpty();

    [Theory]
    [InlineData("poweredOff", "flag on; takes effect when it is switched on")]
    [InlineData("suspended", "flag on; takes effect when it is resumed")]
    public void Machine_that_does_not_run_is_not_stunned_and_is_told_when_it_takes_effect(string power, string after)
    {
        var plan = Plan(Seen.Machine().In(power), TrackingGoal.Enabled);

        plan.Changes.ShouldHaveSingleItem().After.ShouldBe(after);
        plan.Blockers.ShouldBeEmpty();
        plan.Warnings.ShouldHaveSingleItem().ShouldContain(after[9..]);
    }

    [Fact]
    public void Tracked_machine_is_switched_off_and_stunned() =>
        Plan(Seen.Tracked, TrackingGoal.Disabled).Changes.Select(change => change.Id).ShouldBe(["off", "cycle-off"]);

    [Fact]
    public void Reset_is_off_and_on_again_each_with_its_stun()
    {
        Plan(Seen.Tracked, TrackingGoal.Reset).Changes.Select(change => change.Id).ShouldBe(["off", "cycle-off", "on", "cycle-on"]);
        Plan(Seen.Tracked.In("poweredOff"), TrackingGoal.Reset).Blockers.ShouldHaveSingleItem().ShouldContain("takes two stuns");
        Plan(Seen.Machine(), TrackingGoal.Reset).Warnings.ShouldHaveSingleItem().ShouldContain("nothing to reset");
    }

    [Fact]
    public void Disks_that_cannot_be_tracked_are_named_and_the_others_tracked()
    {
        var plan = Plan(Seen.Machine(Seen.Disk(1), Seen.Disk(2) with { Mode = "independent_persistent" }), TrackingGoal.Enabled);

        plan.Changes[^1].After.ShouldBe("1 of 1 disk tracked");
        plan.Warnings.ShouldHaveSingleItem().ShouldBe("Hard disk 2 (scsi0:1) stays without tracking: it is independent of snapshots");
    }

    /// <summary>A raw device that is independent, as clients make them, is left out of snapshots instead of standing in their way.</summary>
    [Fact]
    public void Raw_device_that_is_independent_stands_in_no_snapshots_way()
    {
        var plan = Plan(Seen.Machine(Seen.Disk(1), Seen.Disk(2) with { CompatibilityMode = "physicalMode", Mode = "independent_persistent" }), TrackingGoal.Enabled);

        plan.Blockers.ShouldBeEmpty();
        plan.Warnings.ShouldHaveSingleItem().ShouldBe("Hard disk 2 (scsi0:1) stays without tracking: it is a raw device in physical mode");
    }

    [Fact]
    public void What_takes_no_snapshot_while_it_runs_is_refused_then()
    {
        var machine = Seen.Machine(Seen.Disk(1), Seen.Disk(2) with { CompatibilityMode = "physicalMode" });

        Plan(machine, TrackingGoal.Enabled).Blockers.ShouldHaveSingleItem().ShouldContain("raw device in physical mode");
        Plan(machine.In("poweredOff"), TrackingGoal.Enabled).Blockers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("template", "template")]
    [InlineData("agent", "it is a machine of com.vmware.vim.eam, which others do not change")]
    [InlineData("ft", "fault tolerance (running)")]
    [InlineData("hardware", "hardware version is 4")]
    [InlineData("independent", "none of its disks can be tracked")]
    [InlineData("unsupported", "the server says")]
    public void What_can_never_be_tracked_is_refused_or_left_out(string what, string why)
    {
        var machine = what switch
        {
            "template" => Seen.Machine() with { Machine = Seen.Machine().Machine with { IsTemplate = true } },
            "agent" => Seen.Machine() with { ManagedBy = "com.vmware.vim.eam" },
            "ft" => Seen.Machine() with { FaultTolerance = "running" },
            "hardware" => Seen.Machine() with { HardwareVersion = "vmx-04" },
            "independent" => Seen.Machine(Seen.Disk(1) with { Mode = "independent_nonpersistent" }),
            _ => Seen.Machine() with { Supported = false },
        };

        Plan(machine, TrackingGoal.Enabled).Blockers.ShouldHaveSingleItem().ShouldContain(why);
        var left = Plan(machine, TrackingGoal.Enabled, options => options with { LeaveOut = true });
        (left.Blockers.Count, left.Changes.Count, left.Warnings.Count).ShouldBe((0, 0, 1));
        Plan(machine, TrackingGoal.Disabled).Blockers.ShouldBeEmpty("there is nothing to switch off");
    }

    [Fact]
    public void What_the_server_does_not_say_stands_in_no_way() =>
        Plan(Seen.Machine() with { Supported = null, FaultTolerance = null, ConsolidationNeeded = null, HardwareVersion = null, Host = null, Datastores = [] }, TrackingGoal.Enabled)
            .Blockers.ShouldBeEmpty();

    [Fact]
    public void Snapshots_of_others_stand_in_the_way_unless_they_may_stay()
    {
        var machine = Seen.Machine().With(Seen.Snapshot("before the patch", hours: 50));

        Plan(machine, TrackingGoal.Enabled).Blockers.ShouldHaveSingleItem().ShouldBe(
            "it has a snapshot: \"before the patch\" (2 d 2 h old); tracking is clean from its start only without: remove it, or say with-snapshots");
        Plan(machine, TrackingGoal.Enabled, options => options with { WithSnapshots = true }).Warnings.ShouldHaveSingleItem().ShouldContain("before the patch");
        Plan(machine, TrackingGoal.Enabled, options => options with { WithSnapshots = true }).Blockers.ShouldBeEmpty();
    }

    [Fact]
    public void Backup_at_work_is_waited_for_and_one_that_left_its_snapshot_is_not()
    {
        Plan(Seen.Machine().With(Seen.Snapshot("VEEAM BACKUP TEMPORARY SNAPSHOT")), TrackingGoal.Enabled).Warnings.ShouldHaveSingleItem().ShouldContain("the change waits up to 10 min");
        Plan(Seen.Machine().With(Seen.Snapshot("VEEAM BACKUP TEMPORARY SNAPSHOT", hours: 72)), TrackingGoal.Enabled).Blockers.ShouldHaveSingleItem().ShouldContain("left its snapshot behind");
    }

    [Fact]
    public void Task_under_way_is_waited_for() =>
        Plan(Seen.Machine() with { Tasks = [Seen.Task("task-7", "VirtualMachine.migrate"), Seen.Task("task-6", "x", RecentTaskState.Succeeded)] }, TrackingGoal.Enabled)
            .Warnings.ShouldHaveSingleItem().ShouldStartWith("a task is under way on it: VirtualMachine.migrate (task-7)");

    [Fact]
    public void Snapshot_that_an_earlier_run_left_is_removed_first()
    {
        var plan = Plan(Seen.Tracked.With(Seen.Snapshot("opskit-cbt-20260131T200000Z-abcdef")), TrackingGoal.Enabled);

        plan.Changes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            change => change.Id.ShouldBe("clear"), change => change.Summary.ShouldContain("opskit-cbt-20260131T200000Z-abcdef"), change => change.Impact.ShouldBe(Impact.Stun));
        plan.Blockers.ShouldBeEmpty();
    }

    [Fact]
    public void Little_space_and_disks_to_consolidate_stand_in_the_way()
    {
        Plan(Seen.Machine() with { Datastores = [Seen.Datastore with { FreeBytes = 30L << 30 }] }, TrackingGoal.Enabled).Blockers.ShouldHaveSingleItem()
            .ShouldBe("datastore ds01 has 3 % free (30 GB), less than the 5 % wanted for a snapshot");
        Plan(Seen.Machine() with { ConsolidationNeeded = true }, TrackingGoal.Enabled).Blockers.ShouldHaveSingleItem().ShouldContain("consolidated");
    }

    [Fact]
    public void Known_faults_are_told_by_version_build_and_size()
    {
        var large = Seen.Machine(Seen.Disk(1), Seen.Disk(2, gigabytes: 200));

        Plan(large with { Host = new HostBuild("5.1.0", "799733") }, TrackingGoal.Enabled).Warnings.ShouldHaveSingleItem().ShouldStartWith("KB 2090639 concerns Hard disk 2 on ESXi 5.1.0 build 799733:");
        Plan(large with { Host = new HostBuild("6.0.0", "2494585") }, TrackingGoal.Enabled).Warnings.ShouldHaveSingleItem().ShouldStartWith("KB 2136854 concerns Hard disk 1, Hard disk 2");
        Plan(large with { Host = new HostBuild("6.0.0", "3247720") }, TrackingGoal.Enabled).Warnings.ShouldBeEmpty();
        Plan(large, TrackingGoal.Enabled).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Machine_on_nfs_may_freeze_on_old_hosts() =>
        Plan(Seen.Machine() with { Host = new HostBuild("4.1.0", "502767"), Datastores = [Seen.Datastore with { Type = "NFS" }] }, TrackingGoal.Enabled)
            .Warnings.ShouldContain(warning => warning.Contains("freeze it", StringComparison.Ordinal));

    [Fact]
    public void Machine_that_cannot_be_read_is_not_assessed() =>
        Plan(Seen.Machine() with { Machine = Seen.Machine().Machine with { Unread = "its devices cannot be read" } }, TrackingGoal.Enabled).NotAssessed.ShouldBe("its devices cannot be read");

    private static TargetPlan Plan(ChangeTrackingState state, TrackingGoal goal, Func<ChangeTrackingOptions, ChangeTrackingOptions>? with = null)
    {
        var options = new ChangeTrackingOptions { Goal = goal };
        return ChangeTrackingPlanner.Plan(Seen.Target, state, with?.Invoke(options) ?? options, ChangeTrackingFactsReader.BuiltIn, Seen.Now);
    }
}
