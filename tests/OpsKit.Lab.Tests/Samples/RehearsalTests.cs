using System.Globalization;
using System.Text.RegularExpressions;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.Samples;

/// <summary>Every playbook of <c>samples/playbooks</c>, rehearsed by <c>opskit-lab</c> as an operator would.</summary>
public sealed partial class RehearsalTests : IDisposable
{
    private const string Folder = "samples/playbooks";

    private readonly SampleProgram _programs = new();

    public static TheoryData<string> Playbooks =>
        [.. Repository.Files(Folder, "*.yaml").Where(file => !file.EndsWith(".rehearsal.yaml", StringComparison.Ordinal)).Select(file => Path.GetFileName(file))];

    public void Dispose() => _programs.Dispose();

    [Theory]
    [MemberData(nameof(Playbooks))]
    public async Task Sample_ends_as_its_first_line_says_and_leaves_its_journal_and_report(string playbook)
    {
        var run = await RehearseAsync(playbook);

        run.ExitCode.ShouldBe(ExpectedExitCode(playbook), run.Error);
        var (folder, id) = (RunFolder().Match(run.Error).Groups["folder"].Value, RunFolder().Match(run.Error).Groups["id"].Value);
        foreach (var file in (string[])["plan.json", "playbook.yaml", "events.jsonl", "report.html"])
            new FileInfo(Path.Combine(folder, file)).Length.ShouldBeGreaterThan(0);
        var shown = await _programs.RunWithStateAsync(Path.Combine(folder, "..", ".."), "opskit", "runs", "show", id, "--events");
        shown.ExitCode.ShouldBe(0, shown.Error);
        shown.Out.ShouldContain("run-ended");
    }

    [Fact]
    public async Task Licence_report_leaves_a_file_for_each_report()
    {
        var run = await RehearseAsync("license-report.yaml");

        var written = WrittenFile().Matches(run.Error).Select(file => file.Groups[1].Value).ToList();
        written.Select(Path.GetFileName).ShouldBe(["license-keys.csv", "license-vram.csv", "license-cores.csv"]);
        foreach (var file in written)
            File.ReadLines(file).Count().ShouldBeGreaterThan(5, file);
    }

    [Fact]
    public async Task Outage_stops_the_maintenance_and_leaves_hosts_untouched_that_were_not_begun()
    {
        var run = await RehearseAsync("rolling-maintenance-breach.yaml");

        run.Error.ShouldContain("guard hosts answer: breached, esx03.lab.example does not answer: 5 probes in a row lost");
        run.Error.ShouldNotContain("esx04.lab.example: ...");
    }

    private Task<ProgramRun> RehearseAsync(string playbook) => _programs.RunAsync("opskit-lab", "", "rehearse", Repository.PathOf($"{Folder}/{playbook}"));

    private static int ExpectedExitCode(string playbook) =>
        ExitLine().Match(Repository.Read($"{Folder}/{playbook}")) is { Success: true } line ? int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A# ends with exit (\d+)$", RegexOptions.Multiline)]
    private static partial Regex ExitLine();

    [GeneratedRegex(@"^run (?<id>\S+), kept in (?<folder>.+)$", RegexOptions.Multiline)]
    private static partial Regex RunFolder();

    [GeneratedRegex("rows written to (.+)$", RegexOptions.Multiline)]
    private static partial Regex WrittenFile();
}
