using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;

namespace OpsKit.Lab.Tests.Esxi.Esxcli;

public sealed class InstallationTests
{
    private const string Refer = " Please refer to the log file for more details.\n";
    private static readonly TestVib Tool = new("contoso-tool");

    [Fact]
    public void Live_installation_needs_no_reboot()
    {
        using var lab = Community("5.5.0");
        lab.Put("/tmp/tool.vib", Tool.ToBytes());
        lab.Ask("software vib install -v /tmp/tool.vib").ShouldBe(
            "Installation Result\n   Message: Operation finished successfully.\n   Reboot Required: false\n   VIBs Installed: Contoso_bootbank_contoso-tool_1.0.0-1\n   VIBs Removed: \n   VIBs Skipped: \n");
        lab.Host.RebootRequired.ShouldBeFalse();
        lab.Host.Software.Running.Find("contoso-tool")!.AcceptanceLevel.ShouldBe("CommunitySupported");
        lab.Ask("software profile get").ShouldStartWith("(Updated) HPE-ESXi-5.5.0-1623387\n   Name: (Updated) HPE-ESXi-5.5.0-1623387\n");
    }

    [Fact]
    public void Result_of_8_names_the_reboot_last()
    {
        using var lab = Community("8.0.2");
        lab.Put("/tmp/tool.vib", (Tool with { ContentSha256 = true }).ToBytes());
        lab.Ask("software vib install -v /tmp/tool.vib").ShouldBe(
            "Installation Result\n   Message: Operation finished successfully.\n   VIBs Installed: Contoso_bootbank_contoso-tool_1.0.0-1\n   VIBs Removed: \n   VIBs Skipped: \n   Reboot Required: false\n   DPU Results: \n");
    }

    [Fact]
    public void Reboot_brings_the_staged_image()
    {
        using var lab = Community("5.0.0");
        lab.Put("/tmp/tool.vib", (Tool with { Live = false }).ToBytes());
        lab.Ask("software profile get --rebooting-image").ShouldStartWith("No pending image profile available.\n   Name: No pending image profile available.\n");
        lab.Ask("software vib install -v file:///tmp/tool.vib").ShouldContain(
            "   Message: The update completed successfully, but the system needs to be rebooted for the changes to be effective.\n   Reboot Required: true\n");
        lab.Host.RebootRequired.ShouldBeTrue();
        lab.Ask("software vib list").ShouldNotContain("contoso-tool");
        lab.Ask("software vib list --rebooting-image").ShouldContain("contoso-tool");
        Restart(lab);
        lab.Host.RebootRequired.ShouldBeFalse();
        lab.Host.Software.Staged.ShouldBeNull();
        lab.Ask("software vib list").ShouldContain("contoso-tool");
        lab.Ask("software vib list --rebooting-image").ShouldBe("");
    }

    [Fact]
    public async Task Restart_during_an_installation_leaves_the_host_as_it_was()
    {
        using var lab = Community("5.0.0");
        lab.Put("/tmp/tool.vib", (Tool with { Live = false }).ToBytes());
        using var output = new MemoryStream();
        var running = lab.Begin(["software", "vib", "install", "-v", "/tmp/tool.vib"], output, TestContext.Current.CancellationToken);
        lab.Until(() => lab.Host.Software.Installation is not null, TimeSpan.FromMinutes(1));
        lab.Host.BootTime += TimeSpan.FromMinutes(1);
        lab.Until(() => running.IsCompleted, TimeSpan.FromMinutes(5));
        (await running).ShouldBe(1);
        lab.Host.Software.Staged.ShouldBeNull();
        lab.Host.Software.Installation.ShouldBeNull();
    }

    [Fact]
    public async Task Installation_goes_on_when_its_channel_drops()
    {
        using var lab = Community("5.0.0");
        lab.Put("/tmp/tool.vib", Tool.ToBytes());
        using var output = new MemoryStream();
        using var channel = new CancellationTokenSource();
        var running = lab.Begin(["software", "vib", "install", "-v", "/tmp/tool.vib"], output, channel.Token);
        lab.Until(() => lab.Host.Software.Installation is not null, TimeSpan.FromMinutes(1));
        await channel.CancelAsync();
        lab.Until(() => lab.Host.Software.Installation is null, TimeSpan.FromMinutes(5));
        lab.Host.Software.Running.Find("contoso-tool").ShouldNotBeNull();
        await Should.ThrowAsync<OperationCanceledException>(running);
    }

    [Fact]
    public async Task Second_installation_at_a_time_is_refused()
    {
        using var lab = Community("6.7.0");
        lab.Put("/tmp/tool.vib", Tool.ToBytes());
        using var output = new MemoryStream();
        var first = lab.Begin(["software", "vib", "install", "-v", "/tmp/tool.vib"], output, TestContext.Current.CancellationToken);
        lab.Until(() => lab.Host.Software.Installation is not null, TimeSpan.FromMinutes(1));
        lab.Refused("software vib remove -n amsd").ShouldBe(" [LockingError]\n Another instance of esxupdate is currently running.\n" + Refer);
        lab.Until(() => first.IsCompleted, TimeSpan.FromMinutes(5));
        (await first).ShouldBe(0);
    }

    [Fact]
    public void What_is_there_already_is_skipped()
    {
        using var lab = Community("6.7.0");
        lab.Put("/tmp/tool.vib", Tool.ToBytes());
        lab.Ask("software vib install -v /tmp/tool.vib");
        lab.Ask("software vib install -v /tmp/tool.vib").ShouldBe(
            "Installation Result\n   Message: Host is not changed.\n   Reboot Required: false\n   VIBs Installed: \n   VIBs Removed: \n   VIBs Skipped: Contoso_bootbank_contoso-tool_1.0.0-1\n");
    }

    [Fact]
    public void Update_takes_newer_ones_of_what_is_installed_and_nothing_else()
    {
        using var lab = Community("6.7.0");
        lab.Put("/tmp/tool.vib", (Tool with { Version = "1.0.0-9" }).ToBytes());
        lab.Put("/tmp/newer.vib", (Tool with { Version = "1.0.0-10" }).ToBytes());
        lab.Ask("software vib update -v /tmp/tool.vib").ShouldContain("VIBs Skipped: Contoso_bootbank_contoso-tool_1.0.0-9\n");
        lab.Ask("software vib install -v /tmp/tool.vib");
        lab.Ask("software vib update -v /tmp/newer.vib").ShouldContain(
            "   VIBs Installed: Contoso_bootbank_contoso-tool_1.0.0-10\n   VIBs Removed: Contoso_bootbank_contoso-tool_1.0.0-9\n");
        lab.Ask("software vib update -v /tmp/tool.vib").ShouldContain("Message: Host is not changed.\n");
        lab.Ask("software vib install -v /tmp/tool.vib").ShouldContain("VIBs Removed: Contoso_bootbank_contoso-tool_1.0.0-10\n");
    }

    [Fact]
    public void Dry_run_changes_nothing_and_names_the_installers()
    {
        using var lab = Community("6.7.0");
        lab.Put("/tmp/tool.vib", (Tool with { Live = false }).ToBytes());
        lab.Ask("software vib install --dry-run -v /tmp/tool.vib").ShouldStartWith(
            "Installation Result\n   Message: Dryrun only, host not changed. The following installers will be applied: [BootBankInstaller]\n   Reboot Required: true\n");
        lab.Put("/tmp/locker.vib", (Tool with { Type = "locker" }).ToBytes());
        lab.Ask("software vib install --dry-run -v /tmp/locker.vib").ShouldContain("[LiveImageInstaller, BootBankInstaller, LockerInstaller]");
        lab.Host.Software.Staged.ShouldBeNull();
        lab.Host.RebootRequired.ShouldBeFalse();
    }

    [Fact]
    public void Wrongly_shipped_licence_is_removed_with_the_next_reboot()
    {
        using var lab = new EsxcliLab(size: LabSize.Field);
        lab.Ask("software vib remove -n hp-esx-license --no-live-install").ShouldBe(
            "Removal Result\n   Message: The update completed successfully, but the system needs to be rebooted for the changes to be effective.\n   Reboot Required: true\n   VIBs Installed: \n"
            + "   VIBs Removed: Hewlett-Packard_bootbank_hp-esx-license_1.0-05\n   VIBs Skipped: \n");
        Restart(lab);
        lab.Refused("software vib get -n hp-esx-license").ShouldBe(" [NoMatchError]\n No VIB matching VIB search specification 'hp-esx-license'.\n" + Refer);
    }

    [Fact]
    public void New_driver_drives_its_nics_after_the_reboot()
    {
        using var lab = Community("5.0.0", LabSize.Field);
        lab.Put("/tmp/bundle.zip", TestVib.Bundle(null, new TestVib("net-be2net", "4.1.334.0-1OEM.500.0.0.472629") { Vendor = "Emulex", Live = false, Level = "certified", Signature = [0x30] }));
        lab.Ask("software vib install -d /tmp/bundle.zip").ShouldContain("VIBs Removed: Emulex_bootbank_net-be2net_4.0.355.1-1OEM.500.0.0.406165\n");
        lab.Host.PNics[0].DriverVersion.ShouldBe("4.0.355.1");
        Restart(lab);
        lab.Host.PNics.ShouldAllBe(nic => nic.DriverVersion == "4.1.334.0");
        lab.Ask("network nic get -n vmnic0").ShouldContain("         Version: 4.1.334.0\n");
    }

    [Theory]
    [InlineData("partner", "PartnerSupported", true)]
    [InlineData("certified", "VMwareAccepted", true)]
    [InlineData("community", "PartnerSupported", false)]
    [InlineData("partner", "VMwareAccepted", false)]
    [InlineData("accepted", "VMwareCertified", false)]
    public void Host_takes_its_own_level_and_stricter_ones(string vib, string host, bool taken)
    {
        using var lab = new EsxcliLab("6.7.0");
        lab.Host.Software.AcceptanceLevel = host;
        lab.Put("/tmp/tool.vib", (Tool with { Level = vib, Signature = [0x30] }).ToBytes());
        var (exitCode, text) = lab.Run("software", "vib", "install", "-v", "/tmp/tool.vib");
        exitCode.ShouldBe(taken ? 0 : 1);
        if (!taken)
        {
            text.ShouldBe(
                $" [AcceptanceConfigError]\n VIB Contoso_bootbank_contoso-tool_1.0.0-1's acceptance level is {vib}, which is not compliant with the ImageProfile acceptance level {LabAcceptance.Short(host)}\n"
                + " To change the host acceptance level, use the 'esxcli software acceptance set' command.\n" + Refer);
        }
    }

    [Theory]
    [InlineData("6.7.0", 0)]
    [InlineData("7.0.3", 1)]
    public void Force_yields_to_acceptance_levels_since_7(string version, int exitCode)
    {
        using var lab = new EsxcliLab(version);
        lab.Put("/tmp/tool.vib", Tool.ToBytes());
        lab.Run("software", "vib", "install", "-f", "-v", "/tmp/tool.vib").ExitCode.ShouldBe(exitCode);
        lab.Run("software", "vib", "install", "--no-sig-check", "-v", "/tmp/tool.vib").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Unsigned_package_above_community_passes_the_dry_run_and_fails_when_written()
    {
        using var lab = new EsxcliLab("7.0.3");
        lab.Put("/tmp/tool.vib", (Tool with { Level = "partner" }).ToBytes());
        lab.Run("software", "vib", "install", "--dry-run", "-v", "/tmp/tool.vib").ExitCode.ShouldBe(0);
        lab.Refused("software vib install -v /tmp/tool.vib").ShouldBe(
            $" [InstallationError]\n ('{Tool.Id}', 'Could not find a trusted signer.')\n        vibs = {Tool.Id}\n" + Refer);
        lab.Ask("software vib install --no-sig-check -v /tmp/tool.vib");
    }

    [Fact]
    public void Payload_other_than_described_is_not_installed()
    {
        using var lab = Community("5.5.0");
        lab.Put("/tmp/tool.vib", (Tool with { Honest = false }).ToBytes());
        lab.Refused("software vib install -v /tmp/tool.vib").ShouldMatch(
            @"\A \[InstallationError\]\n Calculated digest at EOF does not match expected result: [0-9a-f]{64} calculated, 039058[0-9a-f]{58} expected\.\n        vibs = Contoso_bootbank_contoso-tool_1\.0\.0-1\n Please");
    }

    [Theory]
    [InlineData("5.0.0")]
    [InlineData("7.0.3")]
    public void Content_digest_of_8_is_wrong_for_older_hosts(string version)
    {
        using var lab = Community(version);
        lab.Put("/tmp/tool.vib", (Tool with { ContentSha256 = true }).ToBytes());
        lab.Refused("software vib install -v /tmp/tool.vib").ShouldStartWith(" [InstallationError]\n Calculated digest at EOF does not match expected result: ");
    }

    [Fact]
    public void Host_of_8_wants_the_content_digest()
    {
        using var lab = Community("8.0.2");
        lab.Put("/tmp/tool.vib", Tool.ToBytes());
        lab.Refused("software vib install -v /tmp/tool.vib").ShouldStartWith(
            " [ProfileValidationError]\n In ImageProfile (Updated) HPE-ESXi-8.0.2-22380479, the payload(s) in VIB Contoso_bootbank_contoso-tool_1.0.0-1 does not have sha-256 gunzip checksum. ");
    }

    [Theory]
    [InlineData("6.7.0", "")]
    [InlineData("8.0.2", "On platform embeddedEsx, ")]
    public void Unmet_dependency_names_who_needs_what(string version, string prefix)
    {
        using var lab = Community(version);
        lab.Put("/tmp/tool.vib", (Tool with { ContentSha256 = version[0] == '8', Relationships = "<depends><constraint name=\"com.vmware.driverAPI-9.2.9.0\"/></depends>" }).ToBytes());
        lab.Refused("software vib install -v /tmp/tool.vib").ShouldBe(
            $" [DependencyError]\n {prefix}VIB {Tool.Id} requires com.vmware.driverAPI-9.2.9.0, but the requirement cannot be satisfied within the ImageProfile.\n" + Refer);
        lab.Run("software", "vib", "install", "-f", "-v", "/tmp/tool.vib").ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("<depends><constraint name=\"esx-base\" relation=\"&lt;&lt;\" version=\"6.7.0-1.29\"/></depends>", "esx-base << 6.7.0-1.29")]
    [InlineData("<depends><constraint name=\"esx-base\" relation=\">=\" version=\"7.0\"/></depends>", "esx-base >= 7.0")]
    [InlineData("<depends><constraint name=\"esx-base\" relation=\">=\" version=\"6.5\"/><constraint name=\"vmkapi_2_3_0_0\"/></depends>", null)]
    public void Relations_of_versions_hold_or_do_not(string relationships, string? unmet)
    {
        using var lab = Community("6.7.0");
        lab.Put("/tmp/tool.vib", (Tool with { Relationships = relationships }).ToBytes());
        var (exitCode, text) = lab.Run("software", "vib", "install", "-v", "/tmp/tool.vib");
        exitCode.ShouldBe(unmet is null ? 0 : 1, text);
        if (unmet is not null)
            text.ShouldContain($"requires {unmet}, but");
    }

    [Fact]
    public void Needed_package_is_not_removed_and_conflicting_ones_do_not_meet()
    {
        using var lab = Community("6.7.0");
        lab.Refused("software vib remove -n esx-base").ShouldStartWith(" [DependencyError]\n VIB ");
        lab.Put("/tmp/tool.vib", (Tool with { Relationships = "<conflicts><constraint name=\"amsd\"/></conflicts>" }).ToBytes());
        lab.Refused("software vib install -v /tmp/tool.vib").ShouldStartWith($" [DependencyError]\n VIB {Tool.Id} conflicts with VIB HPE_bootbank_amsd_");
        lab.Put("/tmp/other.vib", (Tool with { Relationships = "<replaces><constraint name=\"testevent\"/></replaces>" }).ToBytes());
        lab.Ask("software vib install -v /tmp/other.vib").ShouldContain("VIBs Removed: HPE_bootbank_testevent_");
    }

    [Fact]
    public void Live_installation_that_needs_maintenance_mode_waits_for_it()
    {
        using var lab = Community("6.7.0");
        lab.Put("/tmp/tool.vib", (Tool with { MaintenanceMode = true }).ToBytes());
        lab.Refused("software vib install -v /tmp/tool.vib").ShouldBe($" [MaintenanceModeError]\n MaintenanceMode is required to remove: []; install: [{Tool.Id}].\n" + Refer);
        lab.Run("software", "vib", "install", "--dry-run", "--maintenance-mode", "-v", "/tmp/tool.vib").ExitCode.ShouldBe(0);
        lab.Host.InMaintenanceMode = true;
        lab.Ask("software vib install -v /tmp/tool.vib").ShouldContain("Reboot Required: false");
    }

    [Theory]
    [InlineData("etc/rc.local", "", false)]
    [InlineData("opt/contoso/tool", "<payloads/>", false)]
    [InlineData("opt/contoso/tool", "", true)]
    public void Community_package_keeps_to_its_places_or_is_forced(string file, string misplaced, bool overlay)
    {
        using var lab = Community("6.7.0");
        lab.Put("/tmp/tool.vib", (Tool with { File = file, Misplaced = misplaced, Overlay = overlay }).ToBytes());
        lab.Refused("software vib install -v /tmp/tool.vib").ShouldMatch(
            @"\A \[VibValidationError\]\n VIB Contoso_bootbank_contoso-tool_1\.0\.0-1 violates extensibility rule checks: \['\(line [0-9]+: col 0\) Element vib failed to validate content'\]\n");
        lab.Run("software", "vib", "install", "-f", "-v", "/tmp/tool.vib").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Image_larger_than_the_boot_bank_is_refused()
    {
        using var lab = Community("5.5.0");
        lab.Host.Software.BootBankMb = 0;
        lab.Put("/tmp/tool.vib", Tool.ToBytes());
        lab.Refused("software vib install -v /tmp/tool.vib").ShouldStartWith(" [InstallationError]\n The pending transaction requires 1 MB free space, however the maximum supported size is 0 MB.\n");
    }

    [Fact]
    public void Lost_result_says_nothing_and_fails_though_all_went_well()
    {
        using var lab = Community("5.0.0");
        lab.Put("/tmp/tool.vib", Tool.ToBytes());
        lab.Host.Software.LostResults = 1;
        lab.Refused("software vib install -v /tmp/tool.vib").ShouldBe("''\n");
        lab.Host.Software.Running.Find("contoso-tool").ShouldNotBeNull();
        lab.Ask("software vib install -v /tmp/tool.vib").ShouldContain("Host is not changed.");
    }

    [Fact]
    public void Result_is_lost_on_request()
    {
        using var lab = Community("6.7.0");
        lab.Put("/tmp/tool.vib", Tool.ToBytes());
        lab.Faults.Add(new Fault(FaultKind.ResultLost) { Endpoint = "esx01", Operation = "esxcli software vib *", Times = 1 });
        lab.Ask("software vib install --dry-run -v /tmp/tool.vib");
        lab.Refused("software vib install -v /tmp/tool.vib").ShouldBe("''\n");
        lab.Host.Software.Running.Find("contoso-tool").ShouldNotBeNull();
        lab.Ask("software vib remove -n contoso-tool").ShouldStartWith("Removal Result\n");
    }

    [Fact]
    public void Acceptance_level_is_shown_lowered_and_not_raised_over_what_is_installed()
    {
        using var lab = new EsxcliLab("5.5.0");
        lab.Ask("software acceptance get").ShouldBe("PartnerSupported\n");
        lab.Ask("software acceptance set --level=CommunitySupported").ShouldBe("Host acceptance level changed to 'CommunitySupported'.\n");
        lab.Put("/tmp/tool.vib", Tool.ToBytes());
        lab.Ask("software vib install -v /tmp/tool.vib");
        lab.Refused("software acceptance set --level=PartnerSupported").ShouldBe(
            $" [AcceptanceConfigError]\n Unable to set acceptance level of community due to installed VIBs {Tool.Id} having a lower acceptance level.\n" + Refer);
        lab.Refused("software acceptance set --level=communitysupported").ShouldStartWith("Error: While processing '--level'.");
    }

    private static EsxcliLab Community(string version, LabSize size = LabSize.Small)
    {
        var lab = new EsxcliLab(size == LabSize.Small ? version : null, size);
        lab.Host.Version.ShouldBe(version);
        lab.Host.Software.AcceptanceLevel = LabAcceptance.Community;
        return lab;
    }

    private static void Restart(EsxcliLab lab)
    {
        var restart = HostLife.RestartAsync(lab.Estate, lab.Host, CancellationToken.None);
        lab.Until(() => restart.IsCompleted, TimeSpan.FromMinutes(30));
    }
}
