using OpsKit.Connections;
using OpsKit.Engine.Runs;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.VirtualConnect;

/// <summary>Firmware comes onto modules, as runs against a lab.</summary>
public sealed class RolloutRunTests
{
    private const string Restart2 = "RESTART INTERCONNECT 2";
    private const string Restart1 = "RESTART INTERCONNECT 1";

    [Fact]
    public async Task Rollout_writes_resets_one_by_one_and_verifies()
    {
        await using var bench = await RolloutBench.StartAsync();
        var text = bench.Text("vc.rollout", "package: \"http://depot.example.com/vcfw502.bin\"");
        var plan = await bench.PlanAsync(text);
        plan.Steps[0].Targets[0].Changes.Select(change => change.Id).ShouldBe(["stage", "reset-2", "reset-1", "verify"], "the side without Virtual Connect Manager first");
        plan.Steps[0].Guards.ShouldHaveSingleItem().Targets.Count.ShouldBe(4);
        bench.Lab.Server.Log.Changes.ShouldBeEmpty("a plan changes nothing");

        (await bench.ApplyAsync(text)).Status.ShouldBe(RunStatus.Done);

        bench.Resets.ShouldBe([Restart2, Restart1]);
        bench.Lab.Enclosure.Interconnects.ShouldAllBe(module => module.Firmware == "5.02" && module.StagedFirmware == null);
        bench.Run.Changes.Single(change => change.Key.Change == "reset-2").Detail!.ShouldContain("links were down for");
        bench.Journal.Events(bench.Run.Id).Where(happened => happened.Kind == RunEvent.Mark).Select(happened => happened.Text)
            .ShouldBe(["reset of bay 2", "8 links down", "bay 2 is back", "reset of bay 1", "8 links down", "bay 1 is back"]);
        var said = string.Concat(Directory.GetFiles(Path.Combine(bench.Run.Folder, "output"), "*.log").Select(File.ReadAllText));
        foreach (var part in (string[])["-a update", "-oe manual -of manual", "updated successfully"])
            said.ShouldContain(part);
        said.ShouldNotContain(bench.Lab.Enclosure.Accounts[0].Password);
        (await bench.PlanAsync(text)).HasChanges.ShouldBeFalse("all modules run it");
    }

    [Fact]
    public async Task Host_with_both_uplinks_on_one_bay_blocks_before_anything_is_done()
    {
        await using var bench = await RolloutBench.StartAsync(LabSize.Field);

        var blockers = (await bench.PlanAsync(bench.Text("vc.activate", "version: \"3.75\"", "enc2"))).Steps[0].Targets[0].Blockers;

        blockers.ShouldContain(blocker => blocker.Contains(bench.Lab.Estate.Hosts[11].Name, StringComparison.Ordinal) && blocker.Contains("on one bay, 1", StringComparison.Ordinal));
        blockers.ShouldContain(blocker => blocker.Contains(bench.Lab.Estate.Hosts[10].Name, StringComparison.Ordinal));
        (await bench.PlanAsync(bench.Text("vc.activate", "version: \"3.75\""))).IsBlocked.ShouldBeFalse("the first enclosure has no such host");
    }

    [Fact]
    public async Task Host_that_loses_its_last_path_stops_the_rollout_before_the_second_module()
    {
        await using var bench = await RolloutBench.StartAsync(speed: 300);
        Stage(bench, "5.02");
        var running = bench.ApplyAsync(bench.Text("vc.activate", "version: \"5.02\""));
        await bench.MarkedAsync("bay 2 is back");
        lock (bench.Lab.Estate.Gate)
        {
            var nic = bench.Lab.Estate.Hosts[1].PNics.Find(nic => nic.Device == "vmnic1")!;
            (nic.InterconnectBay, nic.LinkUp) = (0, false);
            bench.Lab.Estate.Touch(bench.Lab.Estate.Hosts[1]);
        }

        var outcome = await running;

        outcome.Failures.ShouldBe([FailureKind.StoppedByGuard]);
        bench.Resets.ShouldBe([Restart2]);
        bench.Run.Changes.Single(change => change.Key.Change == "reset-1").Detail!.ShouldContain("bay 1 was not reset: esx02.lab.example would lose");
    }

    [Fact]
    public async Task Outage_stops_the_rollout_and_says_whose_when_and_how_long()
    {
        await using var bench = await RolloutBench.StartAsync(speed: 300);
        Stage(bench, "5.02");
        var running = bench.ApplyAsync(bench.Text("vc.activate", "version: \"5.02\""));
        await bench.MarkedAsync("reset of bay 2");
        bench.Lab.Server.Faults.Add(new Fault(FaultKind.PingLoss) { Endpoint = "esx03*" });

        var outcome = await running;

        outcome.Failures.ShouldBe([FailureKind.StoppedByGuard]);
        bench.Resets.ShouldBe([Restart2]);
        bench.Run.Changes.Single(change => change.Key.Change == "reset-2").Detail!
            .ShouldStartWith("bay 2 is back and runs 5.02, and nothing more is reset: guard watchdog: esx03.lab.example does not answer: for 5s. Since its reset,");
    }

    [Fact]
    public async Task Module_that_does_not_come_back_stops_it_and_who_is_without_a_second_path_is_named()
    {
        await using var bench = await RolloutBench.StartAsync(speed: 300);
        Stage(bench, "5.02");
        bench.Lab.Server.Faults.Add(new Fault(FaultKind.ModuleStaysDown) { Operation = "RESET INTERCONNECT 2" });

        await bench.ApplyAsync(bench.Text("vc.activate", "version: \"5.02\", budget: 8m"));

        bench.Resets.ShouldBe([Restart2]);
        bench.Run.Changes[0].Status.ShouldBe(ChangeStatus.Unknown);
        bench.Run.Changes[0].Detail!.ShouldStartWith("bay 2 is not back within 8 min. Without a second path now: esx01.lab.example, esx02.lab.example");
    }

    [Fact]
    public async Task Module_that_comes_back_with_its_old_version_stops_it()
    {
        await using var bench = await RolloutBench.StartAsync(speed: 300);

        await bench.ApplyAsync(bench.Text("vc.activate", "version: \"9.99\""));

        bench.Resets.ShouldBe([Restart2]);
        bench.Run.Changes[0].Detail!.ShouldStartWith("bay 2 came back with 4.85, not 9.99: 9.99 was not written to it, or not taken.");
    }

    [Fact]
    public async Task Module_that_comes_back_degraded_stops_it()
    {
        await using var bench = await RolloutBench.StartAsync(speed: 300);
        Stage(bench, "5.02");
        var running = bench.ApplyAsync(bench.Text("vc.activate", "version: \"5.02\""));
        await bench.MarkedAsync("reset of bay 2");
        lock (bench.Lab.Estate.Gate)
            bench.Lab.Enclosure.Interconnects[1].Health = "Degraded";

        await running;

        bench.Resets.ShouldBe([Restart2]);
        bench.Run.Changes[0].Detail!.ShouldStartWith("bay 2 runs 5.02 and does not get well: Degraded, Device Degraded: Degraded. Every host still has two paths");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Silence_of_all_is_a_question_and_nothing_is_reset_before_it_is_answered(bool answer)
    {
        await using var bench = await RolloutBench.StartAsync(speed: 300);
        Stage(bench, "5.02");
        var running = bench.ApplyAsync(bench.Text("vc.activate", "version: \"5.02\""), answer);
        await bench.MarkedAsync("reset of bay 2");
        var silence = bench.Lab.Server.Faults.Add(new Fault(FaultKind.PingLoss));
        await Task.Delay(TimeSpan.FromSeconds(30), bench.Lab.Estate.Clock, ServedLab.Token);
        bench.Lab.Server.Faults.Remove(silence.Number).ShouldBeTrue();

        var outcome = await running;

        bench.Resets.ShouldBe(answer ? [Restart2, Restart1] : [Restart2], bench.Run.Changes[0].Detail);
        outcome.Failures.ShouldBe(answer ? [] : [FailureKind.StoppedByGuard]);
    }

    [Fact]
    public async Task Onboard_Administrators_that_change_roles_after_a_reset_are_followed()
    {
        await using var bench = await RolloutBench.StartAsync(speed: 300);
        Stage(bench, "5.02");
        var running = bench.ApplyAsync(bench.Text("vc.activate", "version: \"5.02\""));
        await bench.MarkedAsync("reset of bay 2");
        lock (bench.Lab.Estate.Gate)
        {
            foreach (var oa in bench.Lab.Enclosure.Oas)
                oa.Active = !oa.Active;
        }

        (await running).Status.ShouldBe(RunStatus.Done);

        bench.Resets.ShouldBe([Restart2, Restart1]);
    }

    [Fact]
    public async Task Answer_that_is_lost_is_looked_for_and_the_command_is_not_sent_again()
    {
        await using var bench = await RolloutBench.StartAsync(speed: 300);
        Stage(bench, "5.02");
        bench.Lab.Enclosure.Interconnects[0].Firmware = "5.02";
        bench.Lab.Server.Faults.Add(new Fault(FaultKind.Cut) { Operation = "RESTART INTERCONNECT*", Times = 1 });

        (await bench.ApplyAsync(bench.Text("vc.activate", "version: \"5.02\", order: [2]"))).Status.ShouldBe(RunStatus.Done);

        bench.Resets.ShouldBe([Restart2]);
        bench.Journal.Events(bench.Run.Id).ShouldContain(happened => happened.Kind == RunEvent.Mark && happened.Text == "bay 2: the answer was lost");
    }

    private static void Stage(RolloutBench bench, string version)
    {
        lock (bench.Lab.Estate.Gate)
        {
            foreach (var module in bench.Lab.Enclosure.Interconnects)
                module.StagedFirmware = version;
        }
    }
}
