using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.DiskLimits;

/// <summary><c>disk.limit</c>: sets I/O limits of virtual machines' disks while they run, takes them off, and puts back what an undo file has.</summary>
public sealed class DiskLimitVerb : IVerb
{
    /// <inheritdoc/>
    public string Name => "disk.limit";

    /// <inheritdoc/>
    public string Summary => "Limits the I/O of virtual machines' disks, while they run";

    /// <inheritdoc/>
    public TargetKind TargetKind => TargetKind.VirtualMachine;

    /// <inheritdoc/>
    public Impact Impact => Impact.None;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyList<OptionSpec> Options { get; } =
    [
        new("iops", OptionKind.Text, "Limit of each disk: 500, 500IOps or 2KIOps; without a unit IOps", "none") { Placeholder = "IOPS", Example = "500" },
        new("disk", OptionKind.Texts, "The disks: Hard disk 2, 2, scsi0:1; several with commas", "all of the machine") { Placeholder = "DISKS" },
        new("clear", OptionKind.Boolean, "Take limits off, and of machines that are switched off bandwidth caps, too", "false"),
        new("undo", OptionKind.Text, "Put back the values of an undo file; a run's folder has it as disk-limits-undo.jsonl", "none") { Placeholder = "FILE", NamedTargets = UndoTargets.Of },
        new("enforce", OptionKind.Boolean, "Where hosts add the limits of a VM's disks on a datastore: let all of them share the limit", "false"),
        new("above", OptionKind.Text, "Only disks that do so many IOPS now, such as 10KIOps", "none") { Placeholder = "IOPS" },
        new("prove", OptionKind.Duration, "Read the counters that long before and after, 20s to 10m; 0s for not at all", "0s") { Alone = "1m" },
        new("bps", OptionKind.Text, "Bandwidth cap of each disk, only while switched off: 10MBps; without a unit Bps", "none") { Placeholder = "BPS" },
        new("io-size", OptionKind.Integer, "KB a request, to tell a bandwidth in IOPS, 1 to 65536", "64") { Placeholder = "KB" },
    ];

    /// <inheritdoc/>
    public IBoundVerb Bind(YamlMap with)
    {
        ArgumentNullException.ThrowIfNull(with);
        return new BoundLimit(LimitOptionReader.Read(with));
    }
}
