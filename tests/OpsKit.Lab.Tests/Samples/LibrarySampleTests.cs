using OpsKit.Lab.Hosting;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.Samples;

/// <summary><c>samples/library</c>: <c>library.csproj</c> and <c>Program.cs</c>, run against a lab as a process of its own.</summary>
public sealed class LibrarySampleTests : IAsyncLifetime
{
    private readonly SampleProgram _programs = new();
    private readonly DirectoryInfo _labFolder = Directory.CreateTempSubdirectory("opskit-lab-");
    private LabServer _lab = null!;

    private static string Playbook => Repository.PathOf("samples/playbooks/rolling-maintenance.yaml");

    public async ValueTask InitializeAsync() =>
        _lab = await LabServer.StartAsync(new LabOptions { Folder = _labFolder.FullName, Speed = 120 }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        _labFolder.Delete(recursive: true);
        _programs.Dispose();
    }

    [Fact]
    public async Task Program_reports_plans_and_runs_what_is_agreed_to()
    {
        var run = await _programs.RunAsync("library", "cl01\n", _lab.InventoryFile, Playbook, "hold=1s");

        run.ExitCode.ShouldBe(0, run.Error);
        var rows = run.Out.TrimEnd().Split('\n');
        rows[0].ShouldBe("vCenter,Name,PowerState,MemoryMB,NotAssessed");
        rows.Length.ShouldBe(1 + _lab.Estate.Machines.Count);
        rows.ShouldContain("vc1,build/agent,poweredOn,8192,");
        run.Error.ShouldContain("esx02.lab.example: leave maintenance mode: in maintenance mode → in service");
        run.Error.ShouldContain("esx04.lab.example: done, in service");
        run.Error.TrimEnd().ShouldEndWith("Done");
        _lab.Log.Changes.Count(operation => operation.Operation == "ExitMaintenanceMode_Task").ShouldBe(4);
        File.Exists(Path.Combine(_programs.State, "journal.db")).ShouldBeTrue();
        File.ReadAllText(Path.Combine(_programs.Folder, "run.html")).ShouldContain("esx04.lab.example");
    }

    [Fact]
    public async Task Program_changes_nothing_that_is_not_agreed_to()
    {
        var run = await _programs.RunAsync("library", "no\n", _lab.InventoryFile, Playbook, "hold=1s");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("Type cl01 to go on:");
        _lab.Log.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Program_tells_what_is_wrong_and_what_to_type_next()
    {
        var run = await _programs.RunAsync("library", "", _lab.InventoryFile, Playbook, "cluster=cl02");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("\"cluster:cl02\" means nothing here (did you mean \"cl01\"?)");
        run.Error.ShouldContain("next: opskit inventory show lists the inventory's names");
    }

    [Fact]
    public void Program_is_about_a_page() => Repository.Read("samples/library/Program.cs").Count(letter => letter == '\n').ShouldBeLessThan(110);
}
