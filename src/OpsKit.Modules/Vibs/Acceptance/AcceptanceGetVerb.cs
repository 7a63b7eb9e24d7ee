using OpsKit.Connections.Yaml;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Verbs;
using LevelColumn = OpsKit.Engine.Reports.Column<OpsKit.Modules.Vibs.HostSoftware>;

namespace OpsKit.Modules.Vibs;

/// <summary><c>vib.acceptance-get</c>: which VIBs hosts take.</summary>
public sealed class AcceptanceGetVerb : IVerb
{
    /// <inheritdoc/>
    public string Name => "vib.acceptance-get";

    /// <inheritdoc/>
    public string Summary => "Reports the acceptance level of hosts: which VIBs they take";

    /// <inheritdoc/>
    public TargetKind TargetKind => TargetKind.Host;

    /// <inheritdoc/>
    public Impact Impact => Impact.None;

    /// <inheritdoc/>
    public bool Changes => false;

    /// <inheritdoc/>
    public IReadOnlyList<OptionSpec> Options { get; } = [new("out", OptionKind.Text, "A CSV file for the report, besides the run's folder", "none") { Placeholder = "FILE" }];

    /// <inheritdoc/>
    public IReadOnlyList<string> CommandWords { get; } = ["vib", "acceptance", "get"];

    /// <inheritdoc/>
    public IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        return new Bound(with.Text("out"));
    }

    private sealed class Bound(string? file) : HostReport<HostSoftware>("vib.acceptance-get", file)
    {
        protected override async Task<HostSoftware> ReadAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) =>
            await HostSoftwareReader.LevelAsync(await HostShells.OpenAsync(doors, target, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false) with { Host = target.Name };

        protected override IReadOnlyList<ReportTable> Report(IReadOnlyList<HostSoftware> hosts) =>
        [
            ReportTable.From(
                "vib-acceptance",
                hosts,
                LevelColumn.Text("VMHost", row => row.Host),
                LevelColumn.Text("Version", row => row.Version.ToString(), "version of ESXi"),
                LevelColumn.Text("Build", row => row.Build),
                LevelColumn.Text("AcceptanceLevel", row => row.Acceptance?.ToString(), "it takes VIBs of this level and stricter ones")),
        ];
    }
}
