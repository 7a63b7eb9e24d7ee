using OpsKit.Connections.Yaml;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.Vibs;

/// <summary><c>vib.list</c>: installed VIBs across hosts.</summary>
public sealed class VibListVerb : IVerb
{
    /// <inheritdoc/>
    public string Name => "vib.list";

    /// <inheritdoc/>
    public string Summary => "Reports the VIBs that hosts have, host beside host or where they differ";

    /// <inheritdoc/>
    public TargetKind TargetKind => TargetKind.Host;

    /// <inheritdoc/>
    public Impact Impact => Impact.None;

    /// <inheritdoc/>
    public bool Changes => false;

    /// <inheritdoc/>
    public IReadOnlyList<OptionSpec> Options { get; } =
    [
        new("names", OptionKind.Texts, "VIBs by name or glob, such as net-*", "all") { Placeholder = "VIBS" },
        new("pivot", OptionKind.Boolean, "A row a VIB and a column a host", "false"),
        new("drift", OptionKind.Boolean, "Only VIBs that are not the same on all hosts", "false"),
        new("out", OptionKind.Text, "A CSV file for the report, besides the run's folder", "none") { Placeholder = "FILE" },
    ];

    /// <inheritdoc/>
    public IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        return new Bound(new VibListOptions { Names = with.Texts("names"), Pivot = with.Boolean("pivot") ?? false, Drift = with.Boolean("drift") ?? false }, with.Text("out"));
    }

    private sealed class Bound(VibListOptions options, string? file) : HostReport<HostSoftware>("vib.list", file)
    {
        protected override async Task<HostSoftware> ReadAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) =>
            await HostSoftwareReader.ListAsync(await HostShells.OpenAsync(doors, target, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false) with { Host = target.Name };

        protected override IReadOnlyList<ReportTable> Report(IReadOnlyList<HostSoftware> hosts) => [VibListReport.Of(hosts, options)];
    }
}
