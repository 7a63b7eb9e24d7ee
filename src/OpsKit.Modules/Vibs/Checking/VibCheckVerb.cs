using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.Vibs;

/// <summary><c>vib.check</c>: drivers and firmware that belong together, and known faults in hosts' logs.</summary>
public sealed class VibCheckVerb : IVerb
{
    /// <inheritdoc/>
    public string Name => "vib.check";

    /// <inheritdoc/>
    public string Summary => "Reports drivers whose firmware does not fit, and known faults in logs";

    /// <inheritdoc/>
    public TargetKind TargetKind => TargetKind.Host;

    /// <inheritdoc/>
    public Impact Impact => Impact.None;

    /// <inheritdoc/>
    public bool Changes => false;

    /// <inheritdoc/>
    public IReadOnlyList<OptionSpec> Options { get; } =
    [
        new("facts", OptionKind.Text, "A file of drivers and firmware instead of the usual one", "the configured or built-in one") { Placeholder = "FILE" },
        new("out", OptionKind.Text, "A CSV file for the report, besides the run's folder", "none") { Placeholder = "FILE" },
    ];

    /// <inheritdoc/>
    public IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        return new Bound(with.Text("facts"), with.Text("out"));
    }

    private sealed class Bound(string? facts, string? file) : HostReport<HostDrivers>("vib.check", file)
    {
        private DriverFacts? _facts;

        protected override async Task<HostDrivers> ReadAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken)
        {
            var known = _facts ??= DriverFactsReader.Load(doors.JumpHost, facts);
            return await HostDriversReader.ReadAsync(await HostShells.OpenAsync(doors, target, cancellationToken).ConfigureAwait(false), known, cancellationToken).ConfigureAwait(false) with { Host = target.Name };
        }

        protected override IReadOnlyList<ReportTable> Report(IReadOnlyList<HostDrivers> hosts) => DriverCheckReport.Of(hosts, _facts!);

        protected override IEnumerable<string> Warnings(HostDrivers host) => host.UnreadLogs.Select(log => $"{log} cannot be read: known faults were not looked for in it");
    }
}
