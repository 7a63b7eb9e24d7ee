using OpsKit.Lab.Hosting;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.Samples;

/// <summary>Every playbook of <c>samples/playbooks</c>, planned: what reaches the estate is counted.</summary>
public sealed class DryPlanTests : IAsyncLifetime
{
    private readonly SampleProgram _programs = new();
    private readonly DirectoryInfo _labFolder = Directory.CreateTempSubdirectory("opskit-lab-");
    private LabServer _lab = null!;

    public static TheoryData<string> Playbooks => RehearsalTests.Playbooks;

    public async ValueTask InitializeAsync() => _lab = await LabServer.StartAsync(new LabOptions { Folder = _labFolder.FullName, Sshd = true }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        _labFolder.Delete(recursive: true);
        _programs.Dispose();
    }

    [Theory]
    [MemberData(nameof(Playbooks))]
    public async Task Plan_of_a_sample_changes_nothing(string playbook)
    {
        var run = await _programs.RunAsync("opskit", "", "plan", Repository.PathOf($"samples/playbooks/{playbook}"), "--inventory", _lab.InventoryFile);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldContain("Step 1");
        _lab.Log.All.ShouldNotBeEmpty();
        _lab.Log.Changes.ShouldBeEmpty();
    }
}
