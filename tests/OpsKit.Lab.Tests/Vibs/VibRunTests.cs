using OpsKit.Engine.Journal;
using OpsKit.Engine.Runs;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Tests.Esxi.Esxcli;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.Vibs;

/// <summary>VIBs installed, updated and removed on hosts of a served lab, with what goes wrong on the way.</summary>
public sealed class VibRunTests
{
    private static readonly TestVib Old = new("contoso-driver", "1.0.0-1") { Live = false, MaintenanceMode = true, Level = "partner", Signature = [0x30, 1] };
    private static readonly TestVib New = Old with { Version = "1.1.0-1" };

    /// <summary>The command that starts a run by itself makes its folder.</summary>
    private const string Start = "*mkdir -m 700*";

    [Theory]
    [InlineData("5.0.0")]
    [InlineData("5.5.0")]
    [InlineData("6.7.0")]
    [InlineData("7.0.3")]
    [InlineData("8.0.2")]
    public async Task Driver_is_updated_with_a_restart_on_every_version_and_nothing_is_left(string version)
    {
        await using var lab = await InstalledAsync(version);

        (await lab.ApplyAsync(Update)).Status.ShouldBe(RunStatus.Done, lab.Told.ToString());

        ShouldBeUpdated(lab);
        lab.Record.Changes.ShouldAllBe(change => change.Status == ChangeStatus.Done);
        (await lab.PlanAsync(Update)).Steps[0].Targets[0].Changes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("5.0.0")]
    [InlineData("7.0.3")]
    public async Task Host_that_is_in_no_vcenter_is_taken_through_it_by_its_own_commands(string version)
    {
        await using var lab = await InstalledAsync(version);
        lab.WithoutVCenter();
        lab.Empty();

        (await lab.ApplyAsync(Update)).Status.ShouldBe(RunStatus.Done, lab.Told.ToString());

        ShouldBeUpdated(lab);
    }

    [Fact]
    public async Task What_goes_live_restarts_nothing_and_the_level_is_lowered_for_it()
    {
        await using var lab = await VibLab.StartAsync();
        var booted = lab.Host.BootTime;
        lab.Put("tool.vib", (Old with { Live = true, MaintenanceMode = false, Level = "community", Signature = [], ContentSha256 = true }).ToBytes());

        (await lab.ApplyAsync("uses: vib.install\ntargets: esx01\nwith: {vib: tool.vib, allow-acceptance: CommunitySupported}")).Status.ShouldBe(RunStatus.Done, lab.Told.ToString());

        lab.Host.Software.Running.Find("contoso-driver").ShouldNotBeNull();
        (lab.Host.BootTime, lab.Host.Software.AcceptanceLevel).ShouldBe((booted, "CommunitySupported"));
        Sent(lab).ShouldBeEmpty();
    }

    [Fact]
    public async Task Host_that_starts_by_secure_boot_is_left_alone()
    {
        await using var lab = await VibLab.StartAsync();
        lab.Host.SecureBoot = true;
        lab.Put("tool.vib", (Old with { Level = "community", Signature = [], ContentSha256 = true }).ToBytes());

        foreach (var step in new[] { "uses: vib.install\ntargets: esx01\nwith: {vib: tool.vib, allow-acceptance: CommunitySupported}", "uses: vib.acceptance-set\ntargets: esx01\nwith: {level: CommunitySupported}" })
        {
            (await lab.PlanAsync(step)).Steps[0].Targets[0].Blockers.ShouldHaveSingleItem().ShouldContain("UEFI Secure Boot");
            (await lab.ApplyAsync(step)).Status.ShouldBe(RunStatus.Failed);
        }

        lab.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Bundle_within_a_vendors_zip_is_sent_and_the_zip_is_not()
    {
        await using var lab = await InstalledAsync("6.7.0");
        lab.Put("driver.vib", TestVib.Zip("driver-offline_bundle-1.zip", TestVib.Bundle(null, New)));

        var plan = (await lab.PlanAsync(Update)).Steps[0].Targets[0];
        plan.Warnings.ShouldContain("driver.vib is a vendor's ZIP; driver-offline_bundle-1.zip inside of it is used");
        (await lab.ApplyAsync(Update)).Status.ShouldBe(RunStatus.Done, lab.Told.ToString());

        ShouldBeUpdated(lab);
    }

    [Fact]
    public async Task File_that_lies_on_the_hosts_is_neither_sent_nor_removed()
    {
        await using var lab = await InstalledAsync("6.7.0");
        lab.Put("driver.vib", New.ToBytes());
        await lab.PlanAsync("uses: vib.list\ntargets: esx01");
        File.Copy(Path.Combine(lab.Folder, "driver.vib"), lab.FileOnHost("/tmp/driver.vib"));

        (await lab.ApplyAsync("uses: vib.update\ntargets: esx01\nwith: {vib: \"host:/tmp/driver.vib\", settle: 0s}")).Status.ShouldBe(RunStatus.Done, lab.Told.ToString());

        lab.Record.Changes.Select(change => change.Key.Change).ShouldBe(["rehearse", "enter", "install", "reboot", "verify", "exit"]);
        lab.Host.Software.Running.Find("contoso-driver")!.Version.ShouldBe(New.Version);
    }

    [Fact]
    public async Task Vib_is_removed_with_a_restart()
    {
        await using var lab = await InstalledAsync("5.5.0");

        (await lab.ApplyAsync("uses: vib.remove\ntargets: esx01\nwith: {names: contoso-driver, settle: 0s}")).Status.ShouldBe(RunStatus.Done, lab.Told.ToString());

        lab.Host.Software.Running.Find("contoso-driver").ShouldBeNull();
        lab.Host.InMaintenanceMode.ShouldBeFalse();
    }

    [Fact]
    public async Task Result_that_is_lost_is_looked_for_on_the_host()
    {
        await using var lab = await InstalledAsync("5.0.0");
        lab.Faults.Add(new Fault(FaultKind.ResultLost) { Endpoint = "esx01", Times = 1 });

        (await lab.ApplyAsync(Update)).Status.ShouldBe(RunStatus.Done, lab.Told.ToString());

        lab.Record.Changes.Single(change => change.Key.Change == "install").Detail.ShouldBe("esxcli ended with exit status 1 and said nothing; it was looked at on the host");
        ShouldBeUpdated(lab);
    }

    /// <summary>Whatever the connection is lost in, nothing is done twice.</summary>
    [Theory]
    [InlineData("cut", "sftp write")]
    [InlineData("cut", "*--dry-run*")]
    [InlineData("cut", Start)]
    [InlineData("refused", Start)]
    [InlineData("cut", "*echo vanished*")]
    [InlineData("cut", "rm -rf *.vib *")]
    [InlineData("cut", "EnterMaintenanceMode_Task")]
    [InlineData("cut", "RebootHost_Task")]
    [InlineData("cut", "ExitMaintenanceMode_Task")]
    [InlineData("garbled", "*vib list --rebooting-image*")]
    public async Task Connection_that_is_lost_in_a_phase_costs_that_phase_at_most(string kind, string operation)
    {
        await using var lab = await InstalledAsync("6.7.0");
        await lab.PlanAsync(Update);
        lab.Faults.Add(new Fault(FaultWords.Kinds[kind]) { Operation = operation, Times = 1, After = operation.Contains("rebooting", StringComparison.Ordinal) ? 1 : 0 });

        var outcome = await lab.ApplyAsync(Update);
        for (var tries = 0; outcome.Status != RunStatus.Done && tries < 3; tries++)
            outcome = await lab.ResumeAsync();

        outcome.Status.ShouldBe(RunStatus.Done, lab.Told.ToString());
        lab.Faults.All.ShouldAllBe(fault => fault.Hits == 1);
        ShouldBeUpdated(lab);
        lab.Lab.Log.Changes.Count(change => change.Operation.Contains("mkdir -m 700", StringComparison.Ordinal) && change.Operation.Contains("vib update", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(2);
        lab.Changes.Count(operation => operation == "RebootHost_Task").ShouldBe(1);
        lab.Changes.Count(operation => operation == "EnterMaintenanceMode_Task").ShouldBe(1);
    }

    [Fact]
    public async Task Disk_that_is_full_stops_it_before_anything_moves_and_it_goes_on_once_there_is_room()
    {
        await using var lab = await InstalledAsync("6.7.0");
        lab.Faults.Add(new Fault(FaultKind.DiskFull) { Endpoint = "esx01" });

        (await lab.ApplyAsync(Update)).Status.ShouldBe(RunStatus.Failed);

        lab.Told.ToString().ShouldContain("No space left on device");
        lab.Host.InMaintenanceMode.ShouldBeFalse();
        lab.Faults.Clear();
        (await lab.ResumeAsync()).Status.ShouldBe(RunStatus.Done, lab.Told.ToString());
        ShouldBeUpdated(lab);
    }

    [Fact]
    public async Task What_arrives_damaged_is_never_installed()
    {
        await using var lab = await InstalledAsync("6.7.0");
        lab.Faults.Add(new Fault(FaultKind.Garbled) { Endpoint = "esx01", Operation = "sftp write" });

        (await lab.ApplyAsync(Update)).Status.ShouldBe(RunStatus.Failed);

        lab.Told.ToString().ShouldContain("is not what was sent");
        Sent(lab).ShouldBeEmpty();
        lab.Host.Software.Installation.ShouldBeNull();
    }

    [Fact]
    public async Task Installation_that_fails_on_the_host_leaves_it_in_service_and_is_begun_anew_when_the_cause_is_gone()
    {
        await using var lab = await InstalledAsync("5.5.0");
        lab.Host.Software.BootBankMb = 0;

        (await lab.ApplyAsync(Update)).Status.ShouldBe(RunStatus.Failed);

        lab.Told.ToString().ShouldContain("the boot bank is too small: 1 MB are needed, 0 MB are the most it takes");
        lab.Told.ToString().ShouldContain("its software is as it was, and it is in service again");
        lab.Host.InMaintenanceMode.ShouldBeFalse();
        lab.Host.Software.BootBankMb = 250;
        (await lab.ResumeAsync()).Status.ShouldBe(RunStatus.Done, lab.Told.ToString());
        ShouldBeUpdated(lab);
    }

    [Fact]
    public async Task Host_that_never_returns_is_given_up_when_the_time_is_over_and_the_outcome_is_open()
    {
        await using var lab = await InstalledAsync("6.7.0");
        lab.Host.RebootTime = TimeSpan.FromDays(10);

        (await lab.ApplyAsync(Update + "\ntimeout: 40m")).Status.ShouldBe(RunStatus.Failed);

        var reboot = lab.Record.Changes.Single(change => change.Key.Change == "reboot");
        (reboot.Status, reboot.Detail).ShouldBe((ChangeStatus.Unknown, reboot.Summary + ": not done within 40m"), lab.Told.ToString());
        lab.Record.Changes.Single(change => change.Key.Change == "exit").Status.ShouldBe(ChangeStatus.Pending);
    }

    /// <summary>The process dies in the midst of an installation; the next one finds it on the host.</summary>
    [Fact]
    public async Task Installation_under_way_is_attached_to_and_not_begun_again()
    {
        await using var lab = await InstalledAsync("6.7.0");
        using var killed = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = lab.ApplyAsync(Update, killed.Token);
        await Eventually.TrueAsync(() => lab.Host.Software.Installation is not null, "the installation");
        await killed.CancelAsync();
        (await run).Status.ShouldBe(RunStatus.Interrupted);

        (await lab.ResumeAsync()).Status.ShouldBe(RunStatus.Done, lab.Told.ToString());

        Starts(lab).ShouldBe(1);
        ShouldBeUpdated(lab);
    }

    /// <summary>Whoever started it was cut off between the folder and the command in it.</summary>
    [Fact]
    public async Task Installation_that_never_started_is_begun_anew_and_its_folder_does_not_stay()
    {
        await using var lab = await InstalledAsync("6.7.0");
        using var killed = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        lab.Faults.Add(new Fault(FaultKind.Refused) { Operation = Start });
        var run = lab.ApplyAsync(Update, killed.Token);
        await Eventually.TrueAsync(() => lab.Faults.All.Any(fault => fault.Hits > 0), "the start");
        await killed.CancelAsync();
        (await run).Status.ShouldBe(RunStatus.Interrupted);
        lab.Faults.Clear();
        var note = lab.Record.Changes.Single(change => change.Key.Change == "install").Note.ShouldNotBeNull();
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Sent(lab).Single())!, $"opskit-{note.Split(' ')[0]}"));

        lab.IsHasty = true;
        (await lab.ResumeAsync()).Status.ShouldBe(RunStatus.Done, lab.Told.ToString());

        ShouldBeUpdated(lab);
    }

    [Fact]
    public async Task Twenty_hosts_go_in_batches_and_the_one_that_fails_stops_the_rest()
    {
        await using var lab = await VibLab.StartAsync(LabSize.Large, speed: 2000);
        lab.Put("driver.vib", New.ToBytes());
        var hosts = lab.Lab.Estate.Hosts.Take(20).ToList();
        lab.Empty();
        foreach (var host in hosts)
        {
            host.RebootTime = TimeSpan.FromMinutes(1);
            lab.Give(host, Old);
        }

        hosts[2].Software.BootBankMb = 0;

        var outcome = await lab.ApplyAsync($"uses: vib.update\ntargets: [{string.Join(", ", hosts.Select(host => host.Name))}]\nbatch: [1, 4, all]\nwith: {{vib: driver.vib, settle: 0s}}");

        outcome.Status.ShouldBe(RunStatus.Failed);
        hosts.Select(host => host.Software.Running.Find("contoso-driver")!.Version == New.Version).ShouldBe([true, true, false, true, true, .. Enumerable.Repeat(false, 15)], lab.Told.ToString());
        hosts.ShouldAllBe(host => !host.InMaintenanceMode);
        lab.Record.Changes.Count(change => change.Status == ChangeStatus.Pending).ShouldBeGreaterThan(15 * 7);

        hosts[2].Software.BootBankMb = 250;
        (await lab.ResumeAsync()).Status.ShouldBe(RunStatus.Done, lab.Told.ToString());
        hosts.ShouldAllBe(host => host.Software.Running.Find("contoso-driver")!.Version == New.Version);
    }

    private const string Update = "uses: vib.update\ntargets: esx01\nwith: {vib: driver.vib, settle: 0s}";

    private static async Task<VibLab> InstalledAsync(string version)
    {
        var lab = await VibLab.StartAsync(version: version);
        lab.Host.RebootTime = TimeSpan.FromMinutes(1);
        lab.Give(lab.Host, Old);
        lab.Put("driver.vib", For(version).ToBytes());
        return lab;
    }

    /// <summary>8.0 wants a digest that older hosts stumble over.</summary>
    private static TestVib For(string version) => New with { ContentSha256 = version[0] >= '8' };

    private static void ShouldBeUpdated(VibLab lab)
    {
        lab.Host.Software.Running.Find("contoso-driver")!.Version.ShouldBe(New.Version);
        lab.Host.Software.Staged.ShouldBeNull();
        (lab.Host.InMaintenanceMode, lab.Host.RebootRequired).ShouldBe((false, false));
        Sent(lab).ShouldBeEmpty(lab.Told.ToString());
    }

    private static int Starts(VibLab lab) => lab.Changes.Count(operation => operation.Contains("mkdir -m 700", StringComparison.Ordinal));

    /// <summary>What OpsKit left on hosts and datastores.</summary>
    private static IEnumerable<string> Sent(VibLab lab) => Directory.EnumerateFileSystemEntries(Path.Combine(lab.Folder, "lab"), "*opskit-*", SearchOption.AllDirectories);
}
