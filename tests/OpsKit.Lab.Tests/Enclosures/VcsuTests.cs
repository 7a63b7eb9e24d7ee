using System.Text;
using OpsKit.Lab.Enclosures.Vcsu;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;

namespace OpsKit.Lab.Tests.Enclosures;

public sealed class VcsuTests
{
    [Fact]
    public async Task Manual_order_writes_to_all_modules_and_restarts_none()
    {
        await using var lab = new EnclosureLab();
        var (exitCode, output) = await RunAsync(lab, Update("-oe", "manual", "-of", "manual"));

        exitCode.ShouldBe(VcsuRun.Succeeded);
        output.ShouldContain(VcsuTexts.Success);
        output.ShouldContain("after their next restart");
        lab.Enclosure.Interconnects.ShouldAllBe(module => module.Firmware == "3.18" && module.StagedFirmware == "3.75" && module.State == LabModuleState.Forwarding);
        lab.Log.Changes.Select(change => $"{change.Endpoint} {change.Operation} {change.Target}").ShouldBe(["enc1 vcsu update bay 1", "enc1 vcsu update bay 2"]);
    }

    [Fact]
    public async Task The_default_order_restarts_odd_bays_then_even_ones_gracefully()
    {
        await using var lab = new EnclosureLab();
        var silent = new List<int>();
        lab.Estate.Changed += thing =>
        {
            if (thing == lab.Enclosure)
                silent.AddRange(lab.Enclosure.Interconnects.Where(module => module.State == LabModuleState.SilentlyDown && !silent.Contains(module.Bay)).Select(module => module.Bay));
        };
        var (exitCode, output) = await RunAsync(lab, Update());

        exitCode.ShouldBe(VcsuRun.Succeeded);
        silent.ShouldBe([1, 2], "one after the other, with their links up");
        output.ShouldContain("Bay 1: version 3.75 is active.");
        output.ShouldEndWith($"The firmware of 2 module(s) has been {VcsuTexts.Success}.\n");
        lab.Enclosure.Interconnects.ShouldAllBe(module => module.Firmware == "3.75" && module.StagedFirmware == null);
        lab.Log.Changes.Select(change => change.Operation).ShouldBe([VcsuUpdate.Writing, VcsuUpdate.Writing, VcsuUpdate.Activating, VcsuUpdate.Activating]);
    }

    [Fact]
    public async Task Waiting_between_activations_takes_its_minutes()
    {
        var took = new List<TimeSpan>();
        foreach (var minutes in (string[])["0", "30"])
        {
            await using var lab = new EnclosureLab();
            (await RunAsync(lab, Update("-oe", "serial", "-we", minutes))).ExitCode.ShouldBe(VcsuRun.Succeeded);
            took.Add(lab.Clock.Elapsed);
        }

        (took[1] - took[0]).TotalMinutes.ShouldBeInRange(28, 32);
    }

    [Fact]
    public async Task Parallel_order_is_an_outage()
    {
        await using var lab = new EnclosureLab();
        var dark = false;
        lab.Estate.Changed += _ => dark |= lab.Enclosure.Interconnects.TrueForAll(module => module.State != LabModuleState.Forwarding);
        (await RunAsync(lab, Update("-oe", "parallel"))).ExitCode.ShouldBe(VcsuRun.Succeeded);
        dark.ShouldBeTrue();
    }

    [Fact]
    public async Task A_module_that_does_not_come_back_ends_it_before_the_next_one()
    {
        await using var lab = new EnclosureLab();
        lab.Faults.Add(new Fault(FaultKind.ModuleStaysDown) { Endpoint = "enc1", Operation = "ACTIVATE INTERCONNECT 1" });
        var (exitCode, output) = await RunAsync(lab, Update());

        exitCode.ShouldBe(VcsuRun.Failed);
        output.ShouldContain("ERROR: The module in bay 1 did not come back");
        output.ShouldNotContain(VcsuTexts.Success);
        lab.Module(2).State.ShouldBe(LabModuleState.Forwarding);
        lab.Module(2).Firmware.ShouldBe("3.18");
    }

    [Fact]
    public async Task Writing_that_fails_ends_it()
    {
        await using var lab = new EnclosureLab();
        lab.Faults.Add(new Fault(FaultKind.TaskFailure) { Operation = VcsuUpdate.Writing, After = 1, Times = 1 });
        var (exitCode, output) = await RunAsync(lab, Update());
        exitCode.ShouldBe(VcsuRun.Failed);
        output.ShouldContain("ERROR: The firmware update of the module in bay 2 failed");
        lab.Enclosure.Interconnects.ShouldAllBe(module => module.State == LabModuleState.Forwarding);
    }

    [Theory]
    [InlineData("-i", "127.30.1.11", "ERROR: Invalid IP address")]
    [InlineData("-i", "127.30.9.1", "ERROR: Invalid IP address")]
    [InlineData("-i", "enc1", "ERROR: Invalid IP address")]
    [InlineData("-i", "127.30.1.2", "ERROR: The Onboard Administrator is in standby mode")]
    [InlineData("-p", "wrong", "ERROR: Invalid Onboard Administrator user name or password")]
    [InlineData("-vcp", "wrong", "ERROR: Invalid Virtual Connect user name or password")]
    [InlineData("-l", "/packages/firmware.bin", "ERROR: Invalid firmware package")]
    public async Task What_is_wrong_is_an_error_and_changes_nothing(string option, string value, string error)
    {
        await using var lab = new EnclosureLab();
        var (exitCode, output) = await RunAsync(lab, Update(option, value));
        exitCode.ShouldBe(VcsuRun.Failed);
        output.ShouldContain(error);
        lab.Log.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unhealthy_domain_is_refused_unless_forced()
    {
        await using var lab = new EnclosureLab();
        lab.Module(2).Health = "Degraded";
        var (exitCode, output) = await RunAsync(lab, Update("-oe", "manual"));
        exitCode.ShouldBe(VcsuRun.Failed);
        output.ShouldContain("ERROR: The Virtual Connect domain is not healthy: the module in bay 2 is degraded");
        (await RunAsync(lab, Update("-oe", "manual", "-f", "health"))).ExitCode.ShouldBe(VcsuRun.Succeeded);
    }

    [Fact]
    public async Task A_version_that_runs_already_is_left()
    {
        await using var lab = new EnclosureLab();
        var (exitCode, output) = await RunAsync(lab, Update("-l", "vcfw318.bin"));
        exitCode.ShouldBe(VcsuRun.Succeeded);
        output.ShouldContain("No update is needed");
        lab.Log.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_caller_that_is_lost_stops_it_before_the_next_module()
    {
        await using var lab = new EnclosureLab();
        using var caller = new CancellationTokenSource();
        var (running, _) = Begin(lab, Update(), caller.Token);
        await lab.AdvanceUntilAsync(() => lab.Module(1).State == LabModuleState.SilentlyDown);
        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
        lab.Real.Advance(TimeSpan.FromHours(1));
        lab.Module(1).Firmware.ShouldBe("3.75");
        lab.Module(2).Firmware.ShouldBe("3.18");
    }

    [Theory]
    [InlineData("vcfw375.bin", "3.75")]
    [InlineData("c:\\fw\\vcfwall361_20140404.bin", "3.61")]
    [InlineData("http://127.0.0.1/vcfwall420.bin", "4.20")]
    [InlineData("/srv/hp-vc_4.85.bin", "4.85")]
    [InlineData("/srv/4.85/firmware.bin", null)]
    [InlineData("20140404.bin", null)]
    [InlineData("", null)]
    public void The_version_is_in_the_name_of_the_package(string package, string? version) => new VcsuOptions { Package = package }.PackageVersion.ShouldBe(version);

    [Theory]
    [InlineData("-x", "Invalid option: -x")]
    [InlineData("-a", "Option -a requires a value")]
    [InlineData("-a fly", "Invalid value for option -a")]
    [InlineData("-oe sideways", "Invalid value for option -oe")]
    [InlineData("-we 61", "Invalid value for option -we")]
    [InlineData("-f all", "Invalid value for option -f")]
    [InlineData("update", "Invalid option: update")]
    public void Options_that_are_none_are_told(string line, string error) => VcsuOptions.Read(line.Split(' ')).Error.ShouldBe(error);

    private static string[] Update(params string[] more) =>
        ["-a", "update", "-i", "127.30.1.1", "-u", "Administrator", "-p", "@", "-vcu", "Administrator", "-vcp", "@", "-l", "vcfw375.bin", "-q", .. more];

    /// <summary>Runs it to its end while the clock is moved on.</summary>
    private static async Task<(int? ExitCode, string Output)> RunAsync(EnclosureLab lab, string[] arguments)
    {
        var (running, output) = Begin(lab, arguments, EnclosureLab.Token);
        await lab.AdvanceUntilAsync(() => running.IsCompleted);
        return (await running, output.ToString());
    }

    /// <summary>Begins it; <c>@</c> stands for the password.</summary>
    private static (Task<int?> Running, StringBuilder Output) Begin(EnclosureLab lab, string[] arguments, CancellationToken caller)
    {
        var (options, error) = VcsuOptions.Read([.. arguments.Select(argument => argument == "@" ? lab.Administrator.Password : argument)]);
        error.ShouldBeNull();
        var output = new StringBuilder();
        var run = new VcsuRun([lab.Site], lab.Faults, options, (text, _) =>
        {
            output.Append(text);
            return Task.CompletedTask;
        });
        return (run.RunAsync(agreed: false, caller), output);
    }
}
