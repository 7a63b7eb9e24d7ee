using OpsKit.Connections.VSphere;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Tasks;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.Maintenance;

/// <summary>Observes a host with queries alone.</summary>
public static class MaintenanceReader
{
    private static readonly IReadOnlyList<PropertyPath> HostPaths =
    [
        HostSystemProperties.RuntimeConnectionState, HostSystemProperties.RuntimeInMaintenanceMode, HostSystemProperties.RuntimeBootTime,
        HostSystemProperties.Vm, HostSystemProperties.Parent,
    ];

    /// <summary>Everything a plan needs.</summary>
    public static async Task<MaintenanceState> ReadAsync(VSphereQueries queries, ManagedObjectReference host, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        var tasks = await TasksAsync(queries, host, cancellationToken).ConfigureAwait(false);
        var found = await queries.Properties.GetAsync(host, HostPaths, cancellationToken).ConfigureAwait(false);
        var state = Basics(found) with { Tasks = tasks };
        state = await WithMachinesAsync(state, queries, found.Get(HostSystemProperties.Vm) ?? [], cancellationToken).ConfigureAwait(false);
        return found.Get(HostSystemProperties.Parent) is { Type: "ClusterComputeResource" } cluster
            ? await WithClusterAsync(state, queries, cluster, host, cancellationToken).ConfigureAwait(false)
            : state;
    }

    /// <summary>Only what waiting for a restart needs.</summary>
    public static async Task<MaintenanceState> GlanceAsync(VSphereQueries queries, ManagedObjectReference host, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        return Basics(await queries.Properties.GetAsync(host, HostPaths, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What is needed to tell what came of a change: the tasks first, then what they did.</summary>
    public static async Task<MaintenanceState> LookAsync(VSphereQueries queries, ManagedObjectReference host, CancellationToken cancellationToken)
    {
        var tasks = await TasksAsync(queries, host, cancellationToken).ConfigureAwait(false);
        return await GlanceAsync(queries, host, cancellationToken).ConfigureAwait(false) with { Tasks = tasks };
    }

    /// <summary>The host's recent tasks, oldest first.</summary>
    public static Task<IReadOnlyList<RecentTask>> TasksAsync(VSphereQueries queries, ManagedObjectReference host, CancellationToken cancellationToken) =>
        RecentTaskReader.ReadAsync(queries, host, HostSystemProperties.RecentTask, cancellationToken);

    /// <summary>The names of the virtual machines that still run on the host.</summary>
    public static async Task<IReadOnlyList<string>> RunningAsync(VSphereQueries queries, ManagedObjectReference host, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        var found = await queries.Properties.GetAsync(host, HostPaths, cancellationToken).ConfigureAwait(false);
        return (await WithMachinesAsync(Basics(found), queries, found.Get(HostSystemProperties.Vm) ?? [], cancellationToken).ConfigureAwait(false)).Running;
    }

    private static MaintenanceState Basics(RetrievedObject found) => new()
    {
        ConnectionState = found.Get(HostSystemProperties.RuntimeConnectionState)?.Value ?? "unknown",
        InMaintenanceMode = found.Get(HostSystemProperties.RuntimeInMaintenanceMode) ?? false,
        BootTime = found.Get(HostSystemProperties.RuntimeBootTime),
    };

    private static async Task<MaintenanceState> WithMachinesAsync(
        MaintenanceState state, VSphereQueries queries, IReadOnlyList<ManagedObjectReference> machines, CancellationToken cancellationToken)
    {
        var running = new List<string>();
        var notRunning = 0;
        var query = PropertyCollectorQuery.Of("VirtualMachine", machines, VirtualMachineProperties.Name, VirtualMachineProperties.RuntimePowerState);
        await foreach (var found in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (found.IsGone)
                continue;
            if (found.Get(VirtualMachineProperties.RuntimePowerState) == VirtualMachinePowerState.PoweredOn)
                running.Add(EntityName.Plain(found.Get(VirtualMachineProperties.Name)) ?? found.Reference.Value);
            else
                notRunning++;
        }

        running.Sort(StringComparer.OrdinalIgnoreCase);
        return state with { Running = running, NotRunning = notRunning };
    }

    private static async Task<MaintenanceState> WithClusterAsync(
        MaintenanceState state, VSphereQueries queries, ManagedObjectReference cluster, ManagedObjectReference host, CancellationToken cancellationToken)
    {
        var found = await queries.Properties.GetAsync(
            cluster, [ClusterComputeResourceProperties.ConfigurationEx, ClusterComputeResourceProperties.Host], cancellationToken).ConfigureAwait(false);
        var configuration = found.Get(ClusterComputeResourceProperties.ConfigurationEx) as ClusterConfigInfoEx;
        var drs = configuration?.DrsConfig;
        var others = (found.Get(ClusterComputeResourceProperties.Host) ?? []).Where(other => other.Value != host.Value).ToList();
        var ready = 0;
        var query = PropertyCollectorQuery.Of("HostSystem", others, HostSystemProperties.RuntimeConnectionState, HostSystemProperties.RuntimeInMaintenanceMode);
        await foreach (var other in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (!other.IsGone
                && other.Get(HostSystemProperties.RuntimeConnectionState) == HostSystemConnectionState.Connected
                && other.Get(HostSystemProperties.RuntimeInMaintenanceMode) != true)
            {
                ready++;
            }
        }

        return state with { Drs = drs?.Enabled == true ? drs.DefaultVmBehavior?.Value : null, HighAvailability = configuration?.DasConfig?.Enabled, OthersReady = ready };
    }
}
