using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;

namespace OpsKit.Lab.Tests.Vibs;

/// <summary>What hosts of all versions have, read over their shells.</summary>
public sealed class VibReadingTests
{
    [Theory]
    [InlineData("5.0.0")]
    [InlineData("5.5.0")]
    [InlineData("6.7.0")]
    [InlineData("7.0.3")]
    [InlineData("8.0.2")]
    public async Task Installed_vibs_are_listed_as_they_are(string version)
    {
        await using var lab = await VibLab.StartAsync(version: version);

        var plan = await lab.PlanAsync("uses: vib.list\ntargets: esx01");

        var target = plan.Steps[0].Targets.ShouldHaveSingleItem();
        target.NotAssessed.ShouldBeNull();
        var rows = target.Reports.ShouldHaveSingleItem().Rows;
        rows.Select(row => $"{row[1]} {row[2]} {row[3]} {row[4]}").Order(StringComparer.Ordinal).ShouldBe(
            lab.Host.Software.Running.Vibs.Select(vib => $"{vib.Name} {vib.Version} {vib.Vendor} {vib.AcceptanceLevel}").Order(StringComparer.Ordinal));
        rows.ShouldAllBe(row => (string)row[6]! == version);
        lab.Lab.Log.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Host_of_4_1_has_none_and_one_that_is_away_is_not_assessed_and_the_others_are_reported()
    {
        await using var lab = await VibLab.StartAsync();
        lab.Become(lab.Lab.Estate.Hosts[1], "4.1.0");
        lab.Faults.Add(new Fault(FaultKind.Refused) { Endpoint = "esx03", Operation = "ssh connect" });

        var targets = (await lab.PlanAsync("uses: vib.list\ntargets: \"*\"")).Steps[0].Targets;

        targets.Select(target => target.NotAssessed is null).ShouldBe([true, false, false, true]);
        targets[1].NotAssessed.ShouldNotBeNull().ShouldBe("ESXi 4.1.0 has no VIBs: its packages are bulletins of esxupdate");
        targets[2].Failure.ShouldBe(FailureKind.Unreachable);
        targets[0].Reports.ShouldHaveSingleItem().Rows.Select(row => row[0]).Distinct().Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("garbled")]
    public async Task Answer_that_is_damaged_is_not_assessed_and_nothing_of_it_is_reported(string kind)
    {
        await using var lab = await VibLab.StartAsync();
        lab.Faults.Add(new Fault(FaultWords.Kinds[kind]) { Endpoint = "esx01", Operation = "*software vib list*" });

        var target = (await lab.PlanAsync("uses: vib.list\ntargets: esx01")).Steps[0].Targets[0];

        target.NotAssessed.ShouldNotBeNull();
        target.Reports.ShouldBeEmpty();
    }

    [Fact]
    public async Task Drift_tells_which_host_is_another()
    {
        await using var lab = await VibLab.StartAsync();
        var software = lab.Lab.Estate.Hosts[2].Software;
        software.Running = software.Running with { Vibs = [.. software.Running.Vibs.Where(vib => vib.Name != "amsd")] };

        var report = (await lab.PlanAsync("uses: vib.list\ntargets: \"*\"\nwith: {drift: true}")).Steps[0].Targets[0].Reports.ShouldHaveSingleItem();

        report.Rows.Select(row => $"{row[0]}: {row[1]} on {row[2]}").Count().ShouldBe(2);
        report.Rows[1].Values.ShouldBe(["amsd", "not installed", 1L, "esx03.lab.example"]);
    }

    [Theory]
    [InlineData("5.0.0")]
    [InlineData("8.0.2")]
    public async Task Acceptance_level_is_read_set_and_set_no_second_time(string version)
    {
        await using var lab = await VibLab.StartAsync(version: version);
        const string Set = "uses: vib.acceptance-set\ntargets: esx01\nwith: {level: CommunitySupported}";

        (await lab.PlanAsync("uses: vib.acceptance-get\ntargets: esx01")).Steps[0].Targets[0].Reports[0].Rows[0][3].ShouldBe("PartnerSupported");
        (await lab.ApplyAsync(Set)).Status.ShouldBe(RunStatus.Done);

        lab.Host.Software.AcceptanceLevel.ShouldBe("CommunitySupported");
        (await lab.PlanAsync(Set)).Steps[0].Targets[0].Changes.ShouldBeEmpty();
        lab.Lab.Log.Changes.Count().ShouldBe(1);
    }

    [Fact]
    public async Task Level_that_installed_vibs_are_looser_than_is_refused_before_anything_is_done()
    {
        await using var lab = await VibLab.StartAsync();

        var target = (await lab.PlanAsync("uses: vib.acceptance-set\ntargets: esx01\nwith: {level: VMwareCertified}")).Steps[0].Targets[0];

        target.Blockers.ShouldHaveSingleItem().ShouldContain("VIBs of a looser level are installed");
        target.Blockers[0].ShouldContain("amsd");
    }

    [Fact]
    public async Task Answer_that_was_lost_is_looked_for_and_the_level_is_set_once()
    {
        await using var lab = await VibLab.StartAsync();
        lab.Faults.Add(new Fault(FaultKind.Cut) { Endpoint = "esx01", Operation = "esxcli software acceptance set*", Times = 1 });

        (await lab.ApplyAsync("uses: vib.acceptance-set\ntargets: esx01\nwith: {level: CommunitySupported}")).Status.ShouldBe(RunStatus.Failed);

        (await lab.ResumeAsync()).Status.ShouldBe(RunStatus.Done);
        lab.Lab.Log.Changes.Count().ShouldBe(1);
    }

    [Fact]
    public async Task Drivers_and_firmware_are_compared_and_the_log_is_searched()
    {
        await using var lab = await VibLab.StartAsync(LabSize.Field);
        var (matching, differing, shaky) = (lab.Lab.Estate.Hosts[0], lab.Lab.Estate.Hosts[1], lab.Lab.Estate.Hosts[2]);
        foreach (var nic in differing.PNics)
            nic.Firmware = "4.0.348.9";
        foreach (var nic in shaky.PNics)
            (nic.Driver, nic.DriverVersion, nic.Firmware) = ("bnx2", "2.0.15g", "5.0.6");

        var targets = (await lab.PlanAsync($"uses: vib.check\ntargets: [{matching.Name}, {differing.Name}, {shaky.Name}]")).Steps[0].Targets;

        var (nics, log) = (targets[0].Reports[0], targets[0].Reports[1]);
        nics.Rows.Where(row => (string)row[0]! == matching.Name).Select(row => row[5]).Distinct().ShouldBe(["matches"]);
        nics.Rows.Where(row => (string)row[0]! == differing.Name).Select(row => $"{row[5]}, wants {row[6]}").Distinct().ShouldBe(["differs, wants 4.0.360.15a or 4.0.360.15b"]);
        nics.Rows.Where(row => (string)row[0]! == shaky.Name).Select(row => row[5]).Distinct().ShouldBe(["no rule"]);
        log.Rows.ShouldHaveSingleItem().Values.Take(3).ShouldBe([shaky.Name, "bnx2 TSO", 2L]);
        lab.Lab.Log.Changes.ShouldBeEmpty();
    }
}
