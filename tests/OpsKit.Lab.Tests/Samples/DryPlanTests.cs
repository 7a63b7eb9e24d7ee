using OpsKit.Lab.Enclosures.Vcsu;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Hosting;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.Samples;

/// <summary>Every playbook of <c>samples/playbooks</c>, planned in an estate such as it is rehearsed in: what reaches the estate is counted.</summary>
public sealed class DryPlanTests : IDisposable
{
    private readonly SampleProgram _programs = new();
    private readonly DirectoryInfo _labFolder = Directory.CreateTempSubdirectory("opskit-lab-");

    public static TheoryData<string> Playbooks => RehearsalTests.Playbooks;

    public void Dispose()
    {
        _labFolder.Delete(recursive: true);
        _programs.Dispose();
    }

    [Theory]
    [MemberData(nameof(Playbooks))]
    public async Task Plan_of_a_sample_changes_nothing(string playbook)
    {
        var path = Repository.PathOf($"samples/playbooks/{playbook}");
        var rehearsal = RehearsalFile.PathOf(path);
        var file = RehearsalFile.Read(rehearsal, rehearsal);
        var options = new LabOptions { Folder = _labFolder.FullName, Size = file.Size ?? LabSize.Small, Mistakes = file.Mistakes ?? true, Sshd = true };
        await using var lab = await LabServer.StartAsync(options, TestContext.Current.CancellationToken);
        _programs.Variables["OPSKIT_VCSU"] = Path.Combine(lab.Folder, VcsuScript.Name);

        var run = await _programs.RunAsync("opskit", "", "plan", path, "--inventory", lab.InventoryFile);

        run.ExitCode.ShouldBe(0, run.Out + run.Error);
        run.Out.ShouldContain("Step 1");
        lab.Log.All.ShouldNotBeEmpty();
        lab.Log.Changes.ShouldBeEmpty();
    }
}
