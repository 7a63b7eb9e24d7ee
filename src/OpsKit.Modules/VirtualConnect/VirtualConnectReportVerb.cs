using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Checks;
using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Hosts;
using OpsKit.Modules.VirtualConnect.Profiles;
using OpsKit.Modules.VirtualConnect.Reports;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>What is seen of enclosures with Virtual Connect: <c>vc.status</c>, <c>vc.check</c>, <c>vc.profiles</c>. They change nothing.</summary>
public sealed class VirtualConnectReportVerb : IVerb
{
    private const int MostBays = 8;

    private static readonly OptionSpec Out = new("out", OptionKind.Text, "A CSV file for the report, besides the run's folder", "none") { Placeholder = "FILE" };

    private static readonly OptionSpec BaysOption = new("bays", OptionKind.Texts, "Interconnect bays, 1 to 8, of the modules that are to be reset", "all Virtual Connect modules") { Placeholder = "BAYS" };

    private static readonly OptionSpec Watch = new("watch", OptionKind.Texts, "Addresses that must answer, besides the hosts' VMkernel addresses", "none") { Placeholder = "ADDRESSES" };

    private readonly Func<IPlanningDoors, Target, Asked, CancellationToken, Task<TargetPlan>> _report;

    private VirtualConnectReportVerb(string name, string summary, Func<IPlanningDoors, Target, Asked, CancellationToken, Task<TargetPlan>> report, params OptionSpec[] options) =>
        (Name, Summary, _report, Options) = (name, summary, report, [Out, .. options]);

    /// <summary>The verbs.</summary>
    public static IReadOnlyList<IVerb> All { get; } =
    [
        new VirtualConnectReportVerb("vc.status", "Shows modules, Onboard Administrators, and which hosts are redundant", StatusAsync),
        new VirtualConnectReportVerb("vc.check", "Checks everything that a rollout of module firmware requires", CheckAsync, BaysOption, Watch),
        new VirtualConnectReportVerb("vc.profiles", "Shows which blades run without the MAC addresses of their profile", ProfilesAsync),
    ];

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Summary { get; }

    /// <inheritdoc/>
    public TargetKind TargetKind => TargetKind.Enclosure;

    /// <inheritdoc/>
    public Impact Impact => Impact.None;

    /// <inheritdoc/>
    public bool Changes => false;

    /// <inheritdoc/>
    public IReadOnlyList<OptionSpec> Options { get; }

    /// <inheritdoc/>
    public IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        var checks = Options.Contains(BaysOption);
        return new Bound(this, with.Text(Out.Name), new Asked(checks ? Bays.Of(with, BaysOption.Name, MostBays) : [], checks ? with.Texts(Watch.Name) : []));
    }

    private static async Task<TargetPlan> StatusAsync(IPlanningDoors doors, Target target, Asked asked, CancellationToken cancellationToken)
    {
        var enclosure = await EnclosureReader.ReadAsync(doors, target.Name, cancellationToken).ConfigureAwait(false);
        var hosts = await EnclosureHostReader.ReadAsync(doors, enclosure, cancellationToken).ConfigureAwait(false);
        return new TargetPlan { Target = target, Reports = StatusReport.Of(enclosure, hosts) };
    }

    private static async Task<TargetPlan> CheckAsync(IPlanningDoors doors, Target target, Asked asked, CancellationToken cancellationToken)
    {
        var facts = await RolloutFactsReader.ReadAsync(doors, target.Name, asked.Bays, asked.Watch, cancellationToken).ConfigureAwait(false);
        var findings = RolloutCheck.Of(facts);
        return new TargetPlan { Target = target, Reports = [CheckReport.Of(target.Name, findings)], Blockers = Counted(findings) };
    }

    /// <summary>The table has them one by one; a playbook's step that checks must not let the next one begin.</summary>
    private static IReadOnlyList<string> Counted(IReadOnlyList<CheckFinding> findings)
    {
        var blockers = findings.Where(finding => finding.Verdict == CheckVerdict.Blocker).ToList();
        return blockers.Count == 0 ? [] : [$"{blockers.Count} of {findings.Count} checks block a rollout: {string.Join("; ", blockers.Select(finding => $"{finding.Check}, {finding.Subject}").Distinct().Take(5))}"];
    }

    private static async Task<TargetPlan> ProfilesAsync(IPlanningDoors doors, Target target, Asked asked, CancellationToken cancellationToken)
    {
        var enclosure = await EnclosureReader.ReadAsync(doors, target.Name, cancellationToken).ConfigureAwait(false);
        var profiles = await ProfileReader.ReadAsync(doors, enclosure, cancellationToken).ConfigureAwait(false);
        var hosts = await EnclosureHostReader.ReadAsync(doors, enclosure, cancellationToken).ConfigureAwait(false);
        var table = ProfileReport.Of(target.Name, ProfileCheck.Of(enclosure, hosts, profiles));
        return new TargetPlan { Target = target, Reports = [table with { NotAssessed = [.. hosts.NotAssessed.Select(gap => new NotAssessed(gap.Name, gap.Reason))] }] };
    }

    private sealed record Asked(IReadOnlyList<int> Bays, IReadOnlyList<string> Watch);

    private sealed class Bound(VirtualConnectReportVerb verb, string? file, Asked asked) : IBoundVerb
    {
        public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(30);

        public string? ReportFile => file;

        public Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) => verb._report(doors, target, asked, cancellationToken);

        public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken) =>
            throw new OpsKitException(FailureKind.Usage, $"{verb.Name} changes nothing", target.Name);

        public Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken) =>
            Task.FromResult(new Standing(Effect.NotDone, "it changes nothing"));
    }
}
