using OpsKit.Connections.VSphere;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Tasks;
using OpsKit.Modules.VirtualDisks;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>Observes virtual machines with queries alone; the number of calls does not grow with the number of machines, except by pages.</summary>
public static class ChangeTrackingReader
{
    private const string MapSuffix = "-ctk.vmdk";

    private static readonly IReadOnlyList<PropertyPath> Paths =
    [
        VirtualMachineProperties.ConfigChangeTrackingEnabled, VirtualMachineProperties.CapabilityChangeTrackingSupported, VirtualMachineProperties.ConfigVersion,
        VirtualMachineProperties.RuntimeFaultToleranceState, VirtualMachineProperties.RuntimeConsolidationNeeded, VirtualMachineProperties.RuntimeQuestion,
        VirtualMachineProperties.GuestIpAddress, VirtualMachineProperties.SnapshotRootSnapshotList, VirtualMachineProperties.LayoutExFile, VirtualMachineProperties.RecentTask,
        VirtualMachineProperties.ConfigManagedBy,
    ];

    /// <summary>The machines, in the server's order; those that exist no more are left out.</summary>
    public static async Task<IReadOnlyList<ChangeTrackingState>> ReadAsync(
        VSphereQueries queries, IReadOnlyList<ManagedObjectReference>? machines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        var read = new List<(ChangeTrackingState State, IReadOnlyList<ManagedObjectReference> Tasks)>();
        await foreach (var one in VirtualDiskReader.ReadAsync(queries, machines, Paths, Of, cancellationToken).ConfigureAwait(false))
            read.Add(one);
        var tasks = await RecentTaskReader.OfAsync(queries, read.SelectMany(one => one.Tasks), cancellationToken).ConfigureAwait(false);
        var hosts = await HostsAsync(queries, read.Select(one => one.State.Machine.HostId), cancellationToken).ConfigureAwait(false);
        var datastores = await DatastoresAsync(queries, read.SelectMany(one => one.State.Machine.Disks).Select(disk => disk.DatastoreId), cancellationToken).ConfigureAwait(false);
        return
        [
            .. read.Select(one => one.State with
            {
                Tasks = [.. one.Tasks.Select(task => tasks.GetValueOrDefault(task.Value)).OfType<RecentTask>()],
                Host = one.State.Machine.HostId is { } host ? hosts.GetValueOrDefault(host) : null,
                Datastores = [.. one.State.Machine.Disks.Select(disk => disk.DatastoreId).OfType<string>().Distinct(StringComparer.Ordinal).Select(id => datastores.GetValueOrDefault(id)).OfType<DatastoreSpace>()],
            }),
        ];
    }

    /// <summary>
    /// One machine as it is now, without its host and the space of its datastores; null where it exists no more. The tasks are read first, so that what a task
    /// that is over did is seen.
    /// </summary>
    public static async Task<ChangeTrackingState?> LookAsync(VSphereQueries queries, ManagedObjectReference machine, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        var tasks = await RecentTaskReader.ReadAsync(queries, machine, VirtualMachineProperties.RecentTask, cancellationToken).ConfigureAwait(false);
        return await GlanceAsync(queries, machine, cancellationToken).ConfigureAwait(false) is { } state ? state with { Tasks = tasks } : null;
    }

    /// <summary>As <see cref="LookAsync"/>, without the tasks.</summary>
    public static async Task<ChangeTrackingState?> GlanceAsync(VSphereQueries queries, ManagedObjectReference machine, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        return (await VirtualDiskReader.GlanceAsync(queries, machine, Paths, Of, cancellationToken).ConfigureAwait(false)).State;
    }

    /// <summary>The space of a machine's datastores as it is now.</summary>
    internal static async Task<IEnumerable<DatastoreSpace>> SpaceAsync(VSphereQueries queries, MachineDisks machine, CancellationToken cancellationToken) =>
        (await DatastoresAsync(queries, machine.Disks.Select(disk => disk.DatastoreId), cancellationToken).ConfigureAwait(false)).Values;

    private static (ChangeTrackingState State, IReadOnlyList<ManagedObjectReference> Tasks) Of(MachineDisks machine, RetrievedObject found) =>
    (
        new ChangeTrackingState
        {
            Machine = machine,
            Flag = found.Get(VirtualMachineProperties.ConfigChangeTrackingEnabled),
            Supported = found.Get(VirtualMachineProperties.CapabilityChangeTrackingSupported),
            HardwareVersion = found.Get(VirtualMachineProperties.ConfigVersion),
            FaultTolerance = found.Get(VirtualMachineProperties.RuntimeFaultToleranceState)?.Value,
            ManagedBy = found.Get(VirtualMachineProperties.ConfigManagedBy)?.ExtensionKey is { Length: > 0 } extension ? extension : null,
            ConsolidationNeeded = found.Get(VirtualMachineProperties.RuntimeConsolidationNeeded),
            Question = found.Get(VirtualMachineProperties.RuntimeQuestion) is { } question ? question.Text ?? "it does not say which" : null,
            Address = found.Get(VirtualMachineProperties.GuestIpAddress) is { Length: > 0 } address ? address : null,
            Snapshots = [.. (found.Get(VirtualMachineProperties.SnapshotRootSnapshotList) ?? []).SelectMany(Branch)],
            MapFiles = found.Get(VirtualMachineProperties.LayoutExFile)?.Select(file => file.Name).OfType<string>()
                .Where(name => name.EndsWith(MapSuffix, StringComparison.OrdinalIgnoreCase)).ToHashSet(StringComparer.Ordinal),
        },
        found.Get(VirtualMachineProperties.RecentTask) ?? []
    );

    private static IEnumerable<SnapshotSeen> Branch(VirtualMachineSnapshotTree root) => root.ChildSnapshotList.SelectMany(Branch)
        .Prepend(new SnapshotSeen(root.Snapshot?.Value ?? "", EntityName.Plain(root.Name) ?? "", root.CreateTime));

    private static async Task<IReadOnlyDictionary<string, HostBuild>> HostsAsync(VSphereQueries queries, IEnumerable<string?> ids, CancellationToken cancellationToken)
    {
        var hosts = new Dictionary<string, HostBuild>(StringComparer.Ordinal);
        var query = PropertyCollectorQuery.Of("HostSystem", References("HostSystem", ids), HostSystemProperties.SummaryConfigProduct);
        await foreach (var found in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (!found.IsGone && found.Get(HostSystemProperties.SummaryConfigProduct) is { } product)
                hosts[found.Reference.Value] = new HostBuild(product.Version, product.Build);
        }

        return hosts;
    }

    private static async Task<IReadOnlyDictionary<string, DatastoreSpace>> DatastoresAsync(VSphereQueries queries, IEnumerable<string?> ids, CancellationToken cancellationToken)
    {
        var datastores = new Dictionary<string, DatastoreSpace>(StringComparer.Ordinal);
        if (References("Datastore", ids) is not { Count: > 0 } named)
            return datastores;
        var query = PropertyCollectorQuery.Of(
            "Datastore",
            named,
            DatastoreProperties.Name,
            DatastoreProperties.SummaryType,
            DatastoreProperties.SummaryCapacity,
            DatastoreProperties.SummaryFreeSpace,
            DatastoreProperties.SummaryAccessible);
        await foreach (var found in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (found.IsGone)
                continue;
            datastores[found.Reference.Value] = new DatastoreSpace
            {
                Id = found.Reference.Value,
                Name = EntityName.Plain(found.Get(DatastoreProperties.Name)) ?? found.Reference.Value,
                Type = found.Get(DatastoreProperties.SummaryType),
                CapacityBytes = found.Get(DatastoreProperties.SummaryCapacity),
                FreeBytes = found.Get(DatastoreProperties.SummaryFreeSpace),
                Accessible = found.Get(DatastoreProperties.SummaryAccessible),
            };
        }

        return datastores;
    }

    private static List<ManagedObjectReference> References(string type, IEnumerable<string?> ids) =>
        [.. ids.OfType<string>().Distinct(StringComparer.Ordinal).Select(id => new ManagedObjectReference(type, id))];
}
