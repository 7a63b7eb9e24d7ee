using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Trust;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Journal;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Runs;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Hosting;
using OpsKit.Modules;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.Maintenance;

/// <summary>Maintenance of a host of a served lab, with what goes wrong on the way.</summary>
public sealed class MaintenanceRunTests : IAsyncLifetime
{
    private const double Speed = 300;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opskit-maintenance-");
    private LabServer _lab = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LabHost Host => _lab.Estate.Hosts[1];

    private IEnumerable<string> Changes => _lab.Log.Changes.Select(operation => operation.Operation.Replace("_Task", "", StringComparison.Ordinal));

    /// <summary>Opskit waits by the lab's clock, too.</summary>
    private JumpHost JumpHost => JumpHost.From(new Dictionary<string, string>(StringComparer.Ordinal), _folder.FullName, _folder.FullName, windows: false) with { Clock = _lab.Estate.Clock };

    private RunRecord Record
    {
        get
        {
            using var journal = new RunJournal(JumpHost, new Redactor());
            return journal.Find("last");
        }
    }

    public async ValueTask InitializeAsync() =>
        _lab = await LabServer.StartAsync(new LabOptions { Folder = Path.Combine(_folder.FullName, "lab"), Speed = Speed }, Token);

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Host_is_entered_restarted_until_it_is_ready_and_left()
    {
        var booted = Host.BootTime;
        (await ApplyAsync("host.rolling-maintenance", "{reboot: true, settle: 30s, hold: 20s}")).Status.ShouldBe(RunStatus.Done);

        Changes.ShouldBe(["EnterMaintenanceMode", "RebootHost", "ExitMaintenanceMode"]);
        Record.Changes.Select(change => change.After.Split(' ')[0]).ShouldBe(["in", "restarted", "waited", "in"]);
        Record.Changes[1].Detail.ShouldNotBeNull().ShouldStartWith("ready after ");
        Host.BootTime.ShouldBeGreaterThan(booted);
        (Host.InMaintenanceMode, Host.ConnectionState).ShouldBe((false, "connected"));
    }

    [Theory]
    [InlineData("EnterMaintenanceMode_Task", 0)]
    [InlineData("RebootHost_Task", 1)]
    [InlineData("ExitMaintenanceMode_Task", 2)]
    public async Task Task_that_fails_fails_the_change_and_is_asked_for_again_when_the_run_is_taken_up(string operation, int place)
    {
        _lab.Faults.Add(new Fault(FaultKind.TaskFailure) { Operation = operation, Times = 1 });

        (await ApplyAsync("host.rolling-maintenance", "{reboot: true, settle: 0s}")).Status.ShouldBe(RunStatus.Failed);

        Record.Changes[place].Status.ShouldBe(ChangeStatus.Failed);
        Record.Changes[place].Detail.ShouldNotBeNull().ShouldContain($"a fault of the lab hit {operation}");
        (await ResumeAsync()).Status.ShouldBe(RunStatus.Done);
        Changes.Count().ShouldBe(4);
        Changes.Count(change => change + "_Task" == operation).ShouldBe(2);
    }

    [Theory]
    [InlineData("EnterMaintenanceMode_Task", 0)]
    [InlineData("RebootHost_Task", 1)]
    [InlineData("ExitMaintenanceMode_Task", 2)]
    public async Task Answer_that_is_lost_leaves_it_open_and_nothing_is_asked_for_twice(string operation, int place)
    {
        _lab.Faults.Add(new Fault(FaultKind.Cut) { Operation = operation, Times = 1 });

        (await ApplyAsync("host.rolling-maintenance", "{reboot: true, settle: 0s}")).Status.ShouldBe(RunStatus.Failed);

        Record.Changes[place].Status.ShouldBe(ChangeStatus.Unknown);
        (await ResumeAsync()).Status.ShouldBe(RunStatus.Done);
        Changes.ShouldBe(["EnterMaintenanceMode", "RebootHost", "ExitMaintenanceMode"]);
    }

    /// <summary>What the waiting dies of says nothing of the task: it goes on in vCenter.</summary>
    [Fact]
    public async Task Server_that_goes_away_while_it_is_waited_for_leaves_the_change_open_and_it_is_attached_to()
    {
        var pinned = _lab.Estate.Machines.First(machine => machine.Host == Host && machine.PowerState == "poweredOn");
        Pin(pinned, "a passthrough device");
        var run = ApplyAsync("host.enter-maintenance", "{}");
        await Eventually.TrueAsync(() => Changes.Any(), "the request");
        foreach (var operation in new[] { "RetrievePropertiesEx", "WaitForUpdatesEx", "CreateFilter" })
            _lab.Faults.Add(new Fault(FaultKind.Refused) { Operation = operation });

        (await run).Status.ShouldBe(RunStatus.Failed);

        Record.Changes[0].Status.ShouldBe(ChangeStatus.Unknown);
        Record.Changes[0].Note.ShouldNotBeNull().ShouldContain("task=");
        _lab.Faults.Clear();
        Pin(pinned, null);
        (await ResumeAsync()).Status.ShouldBe(RunStatus.Done);
        Changes.ShouldBe(["EnterMaintenanceMode"]);
        Host.InMaintenanceMode.ShouldBeTrue();
    }

    [Fact]
    public async Task Evacuation_that_takes_too_long_fails_and_the_host_stays_in_service()
    {
        Pin(_lab.Estate.Machines.First(machine => machine.Host == Host && machine.PowerState == "poweredOn"), "a passthrough device");

        (await ApplyAsync("host.enter-maintenance", "{evacuation-timeout: 1m}")).Status.ShouldBe(RunStatus.Failed);

        Record.Changes[0].Status.ShouldBe(ChangeStatus.Failed);
        Host.InMaintenanceMode.ShouldBeFalse();
    }

    [Fact]
    public async Task Step_that_runs_out_of_time_cancels_the_task_and_leaves_the_outcome_to_a_look()
    {
        var pinned = _lab.Estate.Machines.First(machine => machine.Host == Host && machine.PowerState == "poweredOn");
        Pin(pinned, "a passthrough device");

        (await ApplyAsync("host.enter-maintenance", "{}", timeout: "2m")).Status.ShouldBe(RunStatus.Failed);

        (Record.Changes[0].Status, Record.Changes[0].Detail).ShouldBe((ChangeStatus.Unknown, Record.Changes[0].Summary + ": not done within 2m"));
        _lab.Log.All.ShouldContain(operation => operation.Operation == "CancelTask");
        Pin(pinned, null);
        (await ResumeAsync()).Status.ShouldBe(RunStatus.Done);
        Host.InMaintenanceMode.ShouldBeTrue();
    }

    private async Task<RunOutcome> ApplyAsync(string verb, string with, string timeout = "2h")
    {
        await using var doors = Doors();
        var run = Run(doors, $"name: maintenance\nsteps:\n  - uses: {verb}\n    targets: {Host.Name}\n    timeout: {timeout}\n    with: {with}\n");
        using var journal = new RunJournal(JumpHost, new Redactor());
        return await run.ApplyAsync(await run.PlanAsync(Token), journal, new TextRunConsole(TextWriter.Null), begun: null, Token);
    }

    private async Task<RunOutcome> ResumeAsync()
    {
        await using var doors = Doors();
        using var journal = new RunJournal(JumpHost, new Redactor());
        return await Run(doors, journal.Find("last").Start.PlaybookText).ResumeAsync("last", journal, new TextRunConsole(TextWriter.Null), begun: null, Token);
    }

    private static PlaybookRun Run(RunDoors doors, string text) => new(PlaybookReader.Parse(text, "maintenance.yaml", null, ModuleVerbs.All), text, doors, GuardDoors.From(doors.JumpHost));

    private RunDoors Doors()
    {
        var secrets = new SecretResolver(JumpHost, new ProcessRunner(JumpHost.Clock), prompt: null, new Redactor());
        return new RunDoors(InventoryReader.Read(_lab.InventoryFile, JumpHost), JumpHost, new VSphereConnector(new TrustStore(JumpHost), secrets, JumpHost, static _ => { }).ConnectAsync);
    }

    private void Pin(LabMachine machine, string? because)
    {
        lock (_lab.Estate.Gate)
            machine.PinnedBecause = because;
    }
}
