using OpsKit.Engine.Plans;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Runs;
using OpsKit.Lab.Doors;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Operations;
using OpsKit.Lab.Tests.Vibs;
using OpsKit.TestKit;
using OpsKit.Vim25;

namespace OpsKit.Lab.Tests.NetworkAudit;

/// <summary>What hosts of all versions say of their networks, read through vCenter and their shells.</summary>
public sealed class AuditReadingTests
{
    [Theory]
    [InlineData("4.1.0")]
    [InlineData("5.0.0")]
    [InlineData("6.7.0")]
    [InlineData("8.0.2")]
    public async Task Ports_of_each_version_get_their_verdicts(string version)
    {
        await using var lab = await VibLab.StartAsync(version: version);

        var ports = Table(await lab.PlanAsync("uses: audit.ports\ntargets: esx01\nwith: { reach: false }"));

        Golden.ShouldMatch(Words(ports, "Protocol", "Port", "Verdict", "Listening", "Process", "AllowedIP"), $"ports-{version}.txt");
        lab.Lab.Log.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Port_903_is_asked_of_no_firewall_team()
    {
        await using var lab = await VibLab.StartAsync(LabSize.Field);

        var ports = Table(await lab.PlanAsync("uses: audit.ports\ntargets: \"*\"\nwith: { reach: false }"));
        var request = Table(await lab.PlanAsync("uses: audit.ports\ntargets: \"*\"\nwith: { reach: false, firewall-request: true }"));

        Values(ports, "Port").Count(port => port == "903").ShouldBe(12);
        ports.Rows.Where(row => (string)row[Place(ports, "Port")]! == "903").ShouldAllBe(row => ((string)row[Place(ports, "Verdict")]!).StartsWith("documented, nothing listens", StringComparison.Ordinal));
        Values(request, "Port").ShouldNotContain("903");
        Values(request, "Port").Count(port => port == "902").ShouldBe(12);
        request.Notes.ShouldContain(note => note.Contains("903", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("garbled")]
    public async Task Answer_that_is_damaged_once_is_asked_for_again_and_one_that_stays_so_is_not_assessed(string kind)
    {
        await using var lab = await VibLab.StartAsync();
        const string Step = "uses: audit.vm-uplinks\ntargets: esx01";
        var whole = Table(await lab.PlanAsync(Step));

        lab.Faults.Add(new Fault(FaultWords.Kinds[kind]) { Endpoint = "esx01", Operation = "*network vm*", Times = 1 });
        var again = await lab.PlanAsync(Step);
        if (kind == "garbled")
            Words(Table(again), "VM", "TeamUplink").ShouldBe(Words(whole, "VM", "TeamUplink"));
        else
            Table(again).Rows.Count.ShouldBeOneOf(0, whole.Rows.Count);

        lab.Faults.Add(new Fault(FaultWords.Kinds[kind]) { Endpoint = "esx01", Operation = "*network vm*" });
        var missing = Table(await lab.PlanAsync(Step));
        missing.Rows.ShouldBeEmpty();
        missing.NotAssessed.ShouldHaveSingleItem().Target.ShouldBe(lab.Host.Name);
    }

    [Fact]
    public async Task Neighbours_are_asked_for_one_by_one_and_what_moved_since_is_told()
    {
        await using var lab = await VibLab.StartAsync(LabSize.Field);
        lab.Faults.Add(new Fault(FaultKind.HintsOneByOne));
        const string Step = "uses: audit.cdp\ntargets: \"esx0*\"\nwith: ";
        (await lab.ApplyAsync(Step + "{ out: before.csv }")).Status.ShouldBe(RunStatus.Done);
        var first = Table(await lab.PlanAsync(Step + "{ baseline: before.csv }"));
        Values(first, "Status").ShouldContain("neighbour");
        Values(first, "Change").ShouldAllBe(change => change.Length == 0);

        var heard = lab.Lab.Estate.Hosts.Take(9).SelectMany(host => host.PNics).Where(nic => nic is { Device: "vmnic2" or "vmnic3", SpeaksLldp: true }).ToList();
        lock (lab.Lab.Estate.Gate)
        {
            heard[0].SwitchName = "sw\u202e<script>\"9\\";
            heard[1].SwitchPort = "elsewhere 1/0/1";
            (heard[2].SpeaksCdp, heard[2].SpeaksLldp) = (false, false);
        }

        lab.Faults.Clear();
        var now = Table(await lab.PlanAsync(Step + "{ baseline: before.csv }"));

        var changes = Values(now, "Change").Where(change => change.Length > 0).ToList();
        changes.Count.ShouldBeGreaterThanOrEqualTo(3, Words(now, "VMHost", "Device", "Switch", "Port", "Change"));
        changes.ShouldContain(change => change.Contains("cable", StringComparison.Ordinal));
        changes.ShouldContain(change => change.Contains("port", StringComparison.Ordinal));
        changes.ShouldContain(change => change.Contains("gone", StringComparison.Ordinal));
        using var drawing = new MemoryStream();
        DotReportWriter.Write(now, drawing);
        System.Text.Encoding.UTF8.GetString(drawing.ToArray()).ShouldNotContain('\u202e');
    }

    [Fact]
    public async Task Two_hundred_hosts_take_one_session_each_and_a_dead_one_is_named()
    {
        await using var lab = await VibLab.StartAsync(LabSize.Large, speed: 60);
        var away = lab.Lab.Estate.Hosts[6].Name;
        lab.Faults.Add(new Fault(FaultKind.Refused) { Endpoint = away.Split('.')[0], Operation = ShellDoors.Connect });

        var plan = await lab.PlanAsync("uses: audit.ports\ntargets: \"*\"\nwith: { reach: false }");

        var targets = plan.Steps[0].Targets;
        targets.Count.ShouldBe(200);
        var dead = targets.Where(target => target.NotAssessed is not null || target.Reports.Any(table => table.NotAssessed.Count > 0)).ShouldHaveSingleItem();
        dead.Target.Name.ShouldBe(away);
        var logins = lab.Lab.Log.All.Where(operation => operation is { Operation: ShellDoors.Connect, Kind: OperationKind.Session }).GroupBy(operation => operation.Endpoint).ToList();
        logins.Count.ShouldBe(199);
        logins.ShouldAllBe(host => host.Count() == 1);
        lab.Lab.Log.All.Count(operation => operation.Operation.StartsWith("Retrieve", StringComparison.Ordinal)).ShouldBeLessThan(25, "the calls of vCenter do not grow with the hosts");
    }

    private static ReportTable Table(Plan plan) =>
        ReportMerge.ByName([.. plan.Steps[0].Targets.SelectMany(target => target.Reports)]).ShouldHaveSingleItem();

    private static int Place(ReportTable table, string column) => table.Columns.Select(one => one.Name).ToList().IndexOf(column);

    private static List<string> Values(ReportTable table, string column) => [.. table.Rows.Select(row => row[Place(table, column)]?.ToString() ?? "")];

    private static string Words(ReportTable table, params string[] columns) =>
        string.Concat(table.Rows.Select(row => string.Join(" | ", columns.Select(column => row[Place(table, column)])) + "\n"));
}
