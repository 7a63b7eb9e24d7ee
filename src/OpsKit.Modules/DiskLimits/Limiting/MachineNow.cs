using OpsKit.Connections.VSphere;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualDisks;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.DiskLimits;

/// <summary>A machine's devices and parameters as the server has them now.</summary>
internal sealed record MachineNow
{
    private static readonly PlaceNames NoNames = new(new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));

    private static readonly IReadOnlyList<PropertyPath> Paths =
    [
        VirtualMachineProperties.ConfigHardwareDevice, VirtualMachineProperties.ConfigChangeVersion, VirtualMachineProperties.ConfigExtraConfig,
    ];

    /// <summary>Its disks as devices: what an edit sends back is the complete one.</summary>
    public required IReadOnlyList<VirtualDisk> Devices { get; init; }

    /// <summary>The same as states.</summary>
    public required IReadOnlyList<VirtualDiskState> Disks { get; init; }

    /// <summary>Bandwidth caps by slot.</summary>
    public required IReadOnlyDictionary<string, string> BandwidthCaps { get; init; }

    /// <summary>The version of the configuration they are of: with it a server refuses an edit of what has changed since.</summary>
    public string? ChangeVersion { get; init; }

    public static async Task<MachineNow> ReadAsync(VSphereQueries queries, ManagedObjectReference machine, CancellationToken cancellationToken)
    {
        var found = await queries.Properties.GetAsync(machine, Paths, cancellationToken).ConfigureAwait(false);
        var devices = found.Get(VirtualMachineProperties.ConfigHardwareDevice) ?? [];
        return new MachineNow
        {
            Devices = [.. devices.OfType<VirtualDisk>()],
            Disks = DiskDevices.Of(devices, NoNames),
            BandwidthCaps = ThrottleKeys.Read(found.Get(VirtualMachineProperties.ConfigExtraConfig) ?? []),
            ChangeVersion = found.Get(VirtualMachineProperties.ConfigChangeVersion) is { Length: > 0 } version ? version : null,
        };
    }

    /// <summary>The disk of an order; null where it is another one by now, or gone.</summary>
    public VirtualDiskState? Find(OrderedDisk ordered) => Disks.FirstOrDefault(disk => disk.Key == ordered.Key && disk.Name == ordered.Name);
}
