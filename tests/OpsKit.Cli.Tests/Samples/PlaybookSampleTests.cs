using OpsKit.TestKit;

namespace OpsKit.Cli.Tests.Samples;

/// <summary>The playbooks in the repository.</summary>
public sealed class PlaybookSampleTests : IDisposable
{
    private const string Folder = "samples/playbooks";

    private readonly CliHarness _cli = new();

    public static TheoryData<string> Playbooks =>
        [.. Repository.Files(Folder, "*.yaml").Select(file => Path.GetFileName(file)).Where(file => !file.EndsWith(".rehearsal.yaml", StringComparison.Ordinal))];

    public void Dispose() => _cli.Dispose();

    [Theory]
    [MemberData(nameof(Playbooks))]
    public void Sample_has_no_mistake_and_nothing_unwise(string file)
    {
        _cli.Write(file, Repository.Read($"{Folder}/{file}"));

        _cli.Run($"playbook lint {file}").ShouldBe(new CliRun(ExitCodes.Done, "", "1 playbook: valid\n"));
    }

    [Fact]
    public void Rehearsal_file_belongs_to_a_playbook()
    {
        var files = Repository.Files(Folder, "*.rehearsal.yaml").ToList();

        files.ShouldNotBeEmpty();
        foreach (var file in files)
            File.Exists(Repository.PathOf(file.Replace(".rehearsal.yaml", ".yaml", StringComparison.Ordinal))).ShouldBeTrue(file);
    }
}
