using System.Globalization;
using System.Text.RegularExpressions;
using OpsKit.Lab.Faults;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.Samples;

/// <summary>Every playbook of <c>samples/playbooks</c>, rehearsed by <c>opskit-lab</c> as an operator would.</summary>
public sealed partial class RehearsalTests : IDisposable
{
    private const string Folder = "samples/playbooks";
    private const double Slowest = 120;

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

    /// <summary>What the README shows of port 903 is what the rehearsal writes.</summary>
    [Fact]
    public async Task Port_audit_leaves_a_file_for_each_report_and_asks_no_firewall_for_903()
    {
        var run = await RehearseAsync("port-audit.yaml");

        var written = WrittenFile().Matches(run.Error).Select(file => file.Groups[1].Value).ToList();
        written.Select(Path.GetFileName).ShouldBe(["ports.csv", "firewall-request.csv", "nics.csv", "neighbours.csv", "vm-uplinks.csv", "flexnics.csv"]);
        var ports = await File.ReadAllLinesAsync(written[0], TestContext.Current.CancellationToken);
        var shown = Repository.Read("README.md").Split('\n').Where(line => line.StartsWith("VMHost,Protocol,", StringComparison.Ordinal) || line.Contains(".lab.example,tcp,90", StringComparison.Ordinal)).ToList();
        shown.Count.ShouldBe(5);
        shown.ShouldBeSubsetOf(ports);
        ports.Count(line => line.Contains(",tcp,903,\"documented, nothing listens\"", StringComparison.Ordinal)).ShouldBe(12);
        var request = await File.ReadAllTextAsync(written[1], TestContext.Current.CancellationToken);
        request.Split(",tcp,902,").Length.ShouldBe(13);
        request.ShouldNotContain(",tcp,903,");
    }

    [Fact]
    public async Task Outage_stops_the_maintenance_and_leaves_hosts_untouched_that_were_not_begun()
    {
        var run = await RehearseAsync("rolling-maintenance-breach.yaml");

        run.Error.ShouldContain("guard hosts answer: breached, esx03.lab.example does not answer: 5 probes in a row lost");
        run.Error.ShouldNotContain("esx04.lab.example: ...");
    }

    [Fact]
    public async Task Hog_is_found_capped_and_shown_to_be()
    {
        var run = await RehearseAsync("throttle-the-hog.yaml");

        var measured = Drop().Matches(run.Error).Select(drop => (Before: int.Parse(drop.Groups[1].Value, CultureInfo.InvariantCulture), After: int.Parse(drop.Groups[2].Value, CultureInfo.InvariantCulture))).ToList();
        measured.Count.ShouldBe(6, "three disks, told when they were measured and at the end of the run");
        measured[3..].ShouldBe(measured[..3]);
        measured.Max(drop => drop.Before).ShouldBeGreaterThan(20_000);
        measured.ShouldAllBe(drop => drop.After <= 520);
        var reports = Path.Combine(RunFolder().Match(run.Error).Groups["folder"].Value, "reports");
        File.ReadLines(Path.Combine(reports, "01-disk-top.csv")).ElementAt(1).ShouldStartWith("db01,");
        File.ReadAllText(Path.Combine(reports, "03-disk-top.csv")).ShouldNotContain("db01,Hard disk 1,scsi0:0,eva1-lun01,5");
    }

    /// <summary>At the speed of its rehearsal file, or faster: what is for the eye takes minutes.</summary>
    private Task<ProgramRun> RehearseAsync(string playbook)
    {
        var path = Repository.PathOf($"{Folder}/{playbook}");
        var rehearsal = RehearsalFile.PathOf(path);
        var speed = File.Exists(rehearsal) ? RehearsalFile.Read(rehearsal, rehearsal).Speed : null;
        return _programs.RunAsync("opskit-lab", "", "rehearse", path, "--speed", Math.Max(Slowest, speed ?? 0).ToString(CultureInfo.InvariantCulture));
    }

    private static int ExpectedExitCode(string playbook) =>
        ExitLine().Match(Repository.Read($"{Folder}/{playbook}")) is { Success: true } line ? int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A# ends with exit (\d+)$", RegexOptions.Multiline)]
    private static partial Regex ExitLine();

    [GeneratedRegex(@"^run (?<id>\S+), kept in (?<folder>.+)$", RegexOptions.Multiline)]
    private static partial Regex RunFolder();

    [GeneratedRegex(@"(\d+) → (\d+) IOPS")]
    private static partial Regex Drop();

    [GeneratedRegex("rows written to (.+)$", RegexOptions.Multiline)]
    private static partial Regex WrittenFile();
}
