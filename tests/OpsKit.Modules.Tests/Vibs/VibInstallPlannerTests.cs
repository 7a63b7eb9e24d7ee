using CsCheck;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Maintenance;
using OpsKit.Modules.Vibs;
using OpsKit.Vim25;

namespace OpsKit.Modules.Tests.Vibs;

public sealed class VibInstallPlannerTests
{
    private static readonly Target Target = new() { Kind = TargetKind.Host, Name = "esx01", VCenter = "vc1", Reference = new ManagedObjectReference("HostSystem", "host-1") };

    private static readonly VibDescriptor Driver = new()
    {
        Name = "net-be2net",
        Version = "4.0.360.0-1OEM.500.0.0.406165",
        Vendor = "Emulex",
        FormatVersion = "5.0",
        AcceptanceLevel = VibAcceptanceLevel.PartnerSupported,
        MaintenanceModeRequired = true,
        LiveInstallAllowed = false,
        LiveRemoveAllowed = false,
        Depends = [new VibRelation("vmkapi_2_0_0_0", null, null)],
    };

    private static readonly VibDescriptor Tool = Driver with
    {
        Name = "contoso-tool", Version = "1.0-1", Vendor = "Contoso", MaintenanceModeRequired = false, LiveInstallAllowed = true, LiveRemoveAllowed = true, Depends = [],
    };

    private static readonly VibInstallOptions Install = new() { Action = VibAction.Install, Source = "driver.vib" };

    private static readonly VibInstallOptions Update = Install with { Action = VibAction.Update };

    [Fact]
    public void Driver_is_updated_in_maintenance_mode_with_a_restart_and_nothing_of_it_stays()
    {
        var plan = Plan(State(), Of(Driver), Update);
        Ids(plan).ShouldBe("upload rehearse enter install reboot verify exit clean-up");
        plan.Blockers.ShouldBeEmpty();
        plan.Changes[3].Summary.ShouldBe("update net-be2net 4.0.355.1-1OEM.500.0.0.406165 to 4.0.360.0-1OEM.500.0.0.406165");
        plan.Changes[0].Summary.ShouldBe("send driver.vib (1.5 MB) to ds1");
        plan.Changes[0].Arguments["path"].ShouldBe("/vmfs/volumes/uuid-1/opskit-esx01-0123456789abcdef.vib");
        plan.Changes.Max(change => change.Impact).ShouldBe(Impact.HostReboot);
    }

    [Fact]
    public void What_can_go_live_needs_neither() => Ids(Plan(State(), Of(Tool), Install)).ShouldBe("upload rehearse install clean-up");

    [Theory]
    [InlineData(true, false, false, "upload rehearse enter install exit clean-up")]
    [InlineData(false, true, false, "upload rehearse enter install reboot verify exit clean-up")]
    [InlineData(false, false, true, "upload rehearse enter install exit clean-up")]
    public void Mode_and_restart_follow_from_what_the_vib_needs_and_the_step_asks(bool needsMode, bool staged, bool always, string changes) =>
        Ids(Plan(State(), Of(Tool with { MaintenanceModeRequired = needsMode }), Install with { LiveInstall = !staged, AlwaysMaintenanceMode = always })).ShouldBe(changes);

    [Fact]
    public void Restart_that_is_left_to_the_operator_is_said()
    {
        var plan = Plan(State(), Of(Driver), Update with { Reboot = false });
        Ids(plan).ShouldBe("upload rehearse install clean-up");
        plan.Warnings.ShouldContain(warning => warning.Contains("takes effect with the host's next restart", StringComparison.Ordinal));
    }

    [Fact]
    public void Host_that_somebody_put_into_maintenance_mode_is_left_in_it() =>
        Ids(Plan(State() with { Maintenance = Ready with { InMaintenanceMode = true, Running = [] } }, Of(Driver), Update)).ShouldBe("upload rehearse install reboot verify clean-up");

    [Fact]
    public void What_is_there_already_is_nothing_to_do()
    {
        var plan = Plan(State(("net-be2net", Driver.Version, "Emulex")), Of(Driver), Install);
        plan.Changes.ShouldBeEmpty();
        plan.Blockers.ShouldBeEmpty();
        plan.Warnings.ShouldBe(["skip net-be2net: it is there"]);
    }

    [Theory]
    [InlineData(VibAction.Update, null, "it is not installed, and only updates are wanted")]
    [InlineData(VibAction.Update, "4.1.0.0-1OEM.500.0.0.406165", "4.1.0.0-1OEM.500.0.0.406165 is there, which is not older")]
    public void Update_leaves_out_what_is_not_older(VibAction action, string? there, string why)
    {
        var plan = Plan(there is null ? State([]) : State(("net-be2net", there, "Emulex")), Of(Driver), Install with { Action = action });
        plan.Changes.ShouldBeEmpty();
        plan.Warnings.ShouldContain($"skip net-be2net: {why}");
    }

    [Fact]
    public void Downgrade_is_asked_for_by_its_name()
    {
        var newer = State(("net-be2net", "4.1.0.0-1OEM.500.0.0.406165", "Emulex"));
        Plan(newer, Of(Driver), Install).Blockers.ShouldHaveSingleItem().ShouldContain("allow-downgrade: true");
        var allowed = Plan(newer, Of(Driver), Install with { AllowDowngrade = true });
        allowed.Blockers.ShouldBeEmpty();
        allowed.Changes.ShouldContain(change => change.Summary.StartsWith("downgrade net-be2net 4.1.0.0", StringComparison.Ordinal));
    }

    [Fact]
    public void Acceptance_level_is_lowered_as_far_as_is_needed_and_allowed_and_no_further()
    {
        var community = Of(Tool with { AcceptanceLevel = VibAcceptanceLevel.CommunitySupported });
        Plan(State(), community, Install).Blockers.ShouldHaveSingleItem().ShouldBe(
            "contoso-tool is CommunitySupported, and the host takes PartnerSupported and stricter ones: allow-acceptance: CommunitySupported would let the step lower its level");
        Ids(Plan(State(), community, Install with { AllowAcceptance = VibAcceptanceLevel.CommunitySupported })).ShouldBe("upload acceptance rehearse install clean-up");
        Ids(Plan(State(), Of(Tool), Install with { AllowAcceptance = VibAcceptanceLevel.CommunitySupported })).ShouldBe("upload rehearse install clean-up");
    }

    [Fact]
    public void Host_that_starts_by_secure_boot_takes_no_unsigned_vib()
    {
        var community = Of(Tool with { AcceptanceLevel = VibAcceptanceLevel.CommunitySupported });
        var lowered = Install with { AllowAcceptance = VibAcceptanceLevel.CommunitySupported };
        var secure = State("7.0.3") with { Host = State("7.0.3").Host with { SecureBoot = true } };
        Plan(secure, community, lowered).Blockers.ShouldHaveSingleItem().ShouldContain("UEFI Secure Boot");
        Plan(secure, Of(Tool), lowered).Blockers.ShouldBeEmpty();
        Plan(secure with { Host = secure.Host with { SecureBoot = false } }, community, lowered).Blockers.ShouldBeEmpty();
        AcceptancePlanner.Plan(Target, secure.Host, VibAcceptanceLevel.CommunitySupported).Blockers.ShouldHaveSingleItem().ShouldContain("UEFI Secure Boot");
        AcceptancePlanner.Plan(Target, secure.Host, VibAcceptanceLevel.VMwareAccepted).Blockers.ShouldBeEmpty();
    }

    [Fact]
    public void Object_stores_and_boot_banks_take_no_files()
    {
        HostVolume Volume(string name, string type) => new($"/vmfs/volumes/{name}", name, type, 1L << 40);
        var host = State().Host with { Volumes = [Volume("a", "vsan"), Volume("b", "VVOL"), Volume("BOOTBANK1", "vfat"), Volume("OSDATA-1", "VMFS-L"), Volume("z", "NFS41")] };
        HostRoom.Choose(host, 1000, null).Folder.ShouldBe("/vmfs/volumes/z");
        HostRoom.Choose(host with { Volumes = [.. host.Volumes.Take(4)] }, 1000, null).Folder.ShouldBe("/tmp");
    }

    [Theory]
    [InlineData("5.0.0", "2.102.440.0-1OEM.410.0.0.260247", "5.0", "is made for ESXi 4.1")]
    [InlineData("5.0.0", "1.0", "1.4.5", "is made for ESXi 4.1")]
    [InlineData("5.0.0", "1.0", "5.0", "needs vmkapi_9, which nothing on the host provides")]
    public void Vib_of_another_line_or_without_what_it_needs_is_refused_before_anything_moves(string esxi, string version, string format, string why)
    {
        var vib = Driver with { Version = version, FormatVersion = format, Depends = [new VibRelation(why.Contains("vmkapi_9", StringComparison.Ordinal) ? "vmkapi_9" : "vmkapi_2_0_0_0", null, null)] };
        Plan(State(esxi), Of(vib), Install with { AllowDowngrade = true }).Blockers.ShouldContain(blocker => blocker.Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public void Vib_without_the_digest_of_8_is_refused_there_and_taken_elsewhere()
    {
        var vib = Tool with { Payloads = [new VibPayload("tool", "tgz") { Digests = [new VibDigest("sha-256", "", "00"), new VibDigest("sha-1", "gunzip", "00")] }] };
        Plan(State("8.0.2"), Of(vib), Install).Blockers.ShouldHaveSingleItem().ShouldContain("which ESXi 8 wants");
        Plan(State("7.0.3"), Of(vib), Install).Blockers.ShouldBeEmpty();
    }

    [Fact]
    public void Machines_that_nobody_moves_block_it()
    {
        Plan(State() with { Maintenance = Ready with { Drs = "manual" } }, Of(Driver), Update).Blockers.ShouldHaveSingleItem().ShouldContain("DRS is manual");
        var standalone = VibInstallState.Standalone(State().Host with { Running = ["db01"] }, DateTimeOffset.UnixEpoch);
        Plan(standalone, Of(Driver), Update).Blockers.ShouldHaveSingleItem().ShouldContain("db01");
    }

    [Fact]
    public void Host_without_room_is_told_before_anything_is_sent()
    {
        var crowded = State() with { Host = State().Host with { Volumes = [new HostVolume("/vmfs/volumes/uuid-1", "ds1", "VMFS-5", 1000)] } };
        Plan(crowded, Of(Driver) with { Bytes = 400_000_000 }, Update).Blockers.ShouldHaveSingleItem().ShouldContain("no datastore of the host has 416.8 MB free: ds1 1 kB");
        Plan(crowded, Of(Driver), Update with { Folder = "ds1" }).Blockers.ShouldHaveSingleItem().ShouldContain("the datastore ds1 has 1 kB free");
        Plan(crowded, Of(Driver), Update with { Folder = "ds7" }).Blockers.ShouldHaveSingleItem().ShouldContain("no datastore called ds7");
    }

    [Fact]
    public void Live_installation_is_not_made_over_a_pending_restart()
    {
        var pending = State() with { Host = State().Host with { Pending = State().Host.Vibs } };
        Plan(pending, Of(Tool), Install).Blockers.ShouldHaveSingleItem().ShouldContain("would be lost by that restart");
        Plan(pending, Of(Driver), Update).Blockers.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_staged_already_needs_the_restart_alone()
    {
        var staged = State() with { Host = State().Host with { Pending = [VibDecisions.Installed(Driver)] } };
        Ids(Plan(staged, Of(Driver), Update)).ShouldBe("enter reboot verify exit");
        Ids(Plan(staged, Of(Driver), Update with { Reboot = false })).ShouldBe("");
    }

    [Fact]
    public void Removal_leaves_nothing_without_what_it_needs()
    {
        var remove = new VibInstallOptions { Action = VibAction.Remove, Names = ["net-be2net"] };
        Ids(Plan(State(), null, remove)).ShouldBe("rehearse enter install reboot verify exit");
        Plan(State(), null, remove with { Names = ["esx-base"] }).Blockers.ShouldContain(blocker => blocker.StartsWith("net-be2net 4.0.355.1-1OEM.500.0.0.406165 needs vmkapi_2_0_0_0, which esx-base alone provides", StringComparison.Ordinal));
        var many = State([.. Enumerable.Range(1, 7).Select(number => ($"driver{number}", "1.0", "X"))]);
        many = many with { Host = many.Host with { Vibs = [.. many.Host.Vibs.Select(vib => vib.Name == "esx-base" ? vib : vib with { Depends = [new VibRelation("esx-base", null, null)] })] } };
        Plan(many, null, remove with { Names = ["esx-base"] }).Blockers.ShouldHaveSingleItem().ShouldBe(
            "7 VIBs need esx-base, which esx-base alone provides: driver1, driver2, driver3, driver4, driver5 and 2 more; remove them as well");
        Plan(State(), null, remove with { Names = ["nothing"] }).Warnings.ShouldBe(["skip nothing: it is not installed"]);
    }

    [Fact]
    public void File_that_cannot_be_read_blocks_every_host() =>
        Plan(State(), new VibSource { Shown = "x.vib", Problems = ["x.vib: no such file"] }, Install).Blockers.ShouldBe(["x.vib: no such file"]);

    [Fact]
    public void Of_a_bundle_only_what_moves_is_asked_for()
    {
        var bundle = Of(Driver, Tool) with { IsBundle = true };
        Plan(State(), bundle, Update).Changes[0].Arguments["names"].ShouldBe("net-be2net:4.0.360.0-1OEM.500.0.0.406165");
        Plan(State(), bundle, Install).Changes[0].Arguments["names"].ShouldBe("");
        Plan(State(), bundle, Install with { Names = ["contoso-tool"] }).Changes[0].Arguments["names"].ShouldBe("contoso-tool:1.0-1");
        Plan(State(), bundle, Install with { Names = ["other"] }).Blockers.ShouldBe(["driver.vib has no VIB called other"]);
    }

    /// <summary>Whatever the host has: a plan without blockers enters and leaves maintenance mode in pairs, and what it sends it removes.</summary>
    [Fact]
    public void Every_plan_is_whole() =>
        (from inside in Gen.Bool
         from pending in Gen.Bool
         from live in Gen.Bool
         from reboot in Gen.Bool
         from always in Gen.Bool
         from there in Gen.Int[-1, 2].Select(release => release < 0 ? null : $"1.0-{release}")
         from action in Gen.Bool.Select(install => install ? VibAction.Install : VibAction.Update)
         select (inside, pending, live, reboot, always, there, action)).Sample(dice =>
         {
             var state = dice.there is null ? State([]) : State(("contoso-tool", dice.there, "Contoso"));
             state = state with
             {
                 Host = state.Host with { Pending = dice.pending ? state.Host.Vibs : null },
                 Maintenance = Ready with { InMaintenanceMode = dice.inside, Running = [] },
             };
             var plan = Plan(state, Of(Tool with { LiveInstallAllowed = dice.live }), Install with { Action = dice.action, Reboot = dice.reboot, AlwaysMaintenanceMode = dice.always, AllowDowngrade = true });
             var ids = plan.Changes.Select(change => change.Id).ToList();
             ids.Contains("enter").ShouldBe(ids.Contains("exit"));
             ids.Contains("upload").ShouldBe(ids.Contains("clean-up"));
             ids.Contains("reboot").ShouldBe(ids.Contains("verify"));
             if (ids.Contains("reboot"))
                 (dice.inside || ids.Contains("enter")).ShouldBeTrue();
             ids.Distinct().Count().ShouldBe(ids.Count);
             foreach (var change in plan.Changes.Where(change => change.Id != "acceptance"))
                 VibOrder.Of(change).ToArguments().ShouldBe(change.Arguments);
         });

    private static readonly MaintenanceState Ready = new()
    {
        ConnectionState = "connected", InMaintenanceMode = false, BootTime = DateTimeOffset.UnixEpoch, Running = ["app01"], Drs = "fullyAutomated", OthersReady = 3, HighAvailability = true,
    };

    private static TargetPlan Plan(VibInstallState state, VibSource? source, VibInstallOptions options) => VibInstallPlanner.Plan(Target, state, source, options);

    private static string Ids(TargetPlan plan) => string.Join(' ', plan.Changes.Select(change => change.Id));

    private static VibSource Of(params VibDescriptor[] vibs) => new() { Shown = "driver.vib", LocalPath = "/srv/driver.vib", Bytes = 1_500_000, Sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", Vibs = vibs };

    private static VibInstallState State(string esxi = "5.0.0") => State(esxi, ("net-be2net", "4.0.355.1-1OEM.500.0.0.406165", "Emulex"));

    private static VibInstallState State(params (string Name, string Version, string Vendor)[] vibs) => State("5.0.0", vibs);

    private static VibInstallState State(string esxi, params (string Name, string Version, string Vendor)[] vibs) => new(
        new HostSoftware
        {
            Host = "esx01",
            Version = Version.Parse(esxi),
            Build = "623860",
            Acceptance = VibAcceptanceLevel.PartnerSupported,
            Profile = "HP-ESXi",
            Volumes = [new HostVolume("/vmfs/volumes/uuid-1", "ds1", "VMFS-5", 1L << 40), new HostVolume("/vmfs/volumes/uuid-0", "nfs", "NFS", 1L << 40)],
            Vibs =
            [
                new InstalledVib { Name = "esx-base", Version = $"{esxi}-0.0.1", Vendor = "VMware", Provides = [new VibRelation("vmkapi_2_0_0_0", null, null)], LiveRemoveAllowed = false, MaintenanceModeRequired = true },
                .. vibs.Select(vib => new InstalledVib
                {
                    Name = vib.Name, Version = vib.Version, Vendor = vib.Vendor, Depends = vib.Name == "net-be2net" ? [new VibRelation("vmkapi_2_0_0_0", null, null)] : [], LiveRemoveAllowed = vib.Name != "net-be2net",
                    MaintenanceModeRequired = vib.Name == "net-be2net",
                }),
            ],
        },
        Ready,
        InVCenter: true);
}
