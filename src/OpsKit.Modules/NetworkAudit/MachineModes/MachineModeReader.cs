using OpsKit.Connections;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Tasks;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Reads how virtual machines are virtualised: one query a vCenter for all of them, and one for its hosts.</summary>
internal static class MachineModeReader
{
    private static readonly IReadOnlyList<PropertyPath> Paths =
    [
        VirtualMachineProperties.Name, VirtualMachineProperties.RuntimeHost, VirtualMachineProperties.RuntimePowerState, VirtualMachineProperties.ConfigFlags,
        VirtualMachineProperties.ConfigGuestId, VirtualMachineProperties.ConfigGuestFullName, VirtualMachineProperties.ConfigTemplate, VirtualMachineProperties.GuestToolsRunningStatus,
        VirtualMachineProperties.GuestGuestFullName,
    ];

    /// <summary>The state of each machine, in the order of the targets.</summary>
    public static async Task<IReadOnlyList<Observed<MachineModeState>>> ReadAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var vCenters = targets.Where(target => target.VCenter is not null).GroupBy(target => target.VCenter!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => MachinesAsync(doors, group.Key, [.. group], cancellationToken), StringComparer.Ordinal);
        return await Observing.EachAsync(
            targets,
            async (target, _) => target.VCenter is { } vCenter
                ? Of(target, await vCenters[vCenter].ConfigureAwait(false))
                : throw new OpsKitException(FailureKind.Usage, "is in no vCenter", target.Name),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One machine with its recent tasks; the tasks first, then what they did.</summary>
    public static async Task<MachineModeState> LookAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken)
    {
        var tasks = await TasksAsync(doors, target, cancellationToken).ConfigureAwait(false);
        var read = await ReadAsync(doors, [target], cancellationToken).ConfigureAwait(false);
        return (read[0].State ?? throw new OpsKitException(FailureKind.Unreachable, read[0].Failure ?? "not read", target.Name)) with { Tasks = tasks };
    }

    /// <summary>Its recent tasks, oldest first.</summary>
    public static async Task<IReadOnlyList<RecentTask>> TasksAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) =>
        await RecentTaskReader.ReadAsync(
            await doors.QueriesAsync(target.VCenter ?? "", cancellationToken).ConfigureAwait(false), target.Reference!, VirtualMachineProperties.RecentTask, cancellationToken).ConfigureAwait(false);

    private static MachineModeState Of(Target target, Machines machines)
    {
        if (target.Reference is not { } reference || !machines.ByReference.TryGetValue(reference.Value, out var found) || found.IsGone)
            throw new OpsKitException(FailureKind.Failed, "is gone from its vCenter", target.Name);
        if (found.Get(VirtualMachineProperties.ConfigGuestId) is not { } guestId)
            throw new OpsKitException(FailureKind.Failed, "vCenter does not tell its configuration: it is inaccessible, or its host is not connected", target.Name);
        var host = found.Get(VirtualMachineProperties.RuntimeHost) is { } runs ? machines.Hosts.GetValueOrDefault(runs.Value) : null;
        return new MachineModeState
        {
            Name = EntityName.Plain(found.Get(VirtualMachineProperties.Name)) ?? target.Name,
            Host = host?.Name,
            HostKnows = host?.Knows,
            GuestId = guestId,
            Guest = found.Get(VirtualMachineProperties.GuestGuestFullName) ?? found.Get(VirtualMachineProperties.ConfigGuestFullName),
            PowerState = found.Get(VirtualMachineProperties.RuntimePowerState)?.Value ?? "unknown",
            Exec = found.Get(VirtualMachineProperties.ConfigFlags)?.VirtualExecUsage ?? "hvAuto",
            Mmu = found.Get(VirtualMachineProperties.ConfigFlags)?.VirtualMmuUsage ?? "automatic",
            IsTemplate = found.Get(VirtualMachineProperties.ConfigTemplate) == true,
            ToolsRun = found.Get(VirtualMachineProperties.GuestToolsRunningStatus) == "guestToolsRunning",
        };
    }

    private static async Task<Machines> MachinesAsync(IPlanningDoors doors, string vCenter, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var queries = await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false);
        var found = await VimHosts.RetrieveAsync(queries, "VirtualMachine", targets, Paths, cancellationToken).ConfigureAwait(false);
        var hosts = new Dictionary<string, (string Name, bool? Knows)?>(StringComparer.Ordinal);
        var query = PropertyCollectorQuery.All("HostSystem", HostSystemProperties.Name, HostSystemProperties.CapabilityVirtualExecUsageSupported);
        await foreach (var host in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
            hosts[host.Reference.Value] = (EntityName.Plain(host.Get(HostSystemProperties.Name)) ?? host.Reference.Value, host.Get(HostSystemProperties.CapabilityVirtualExecUsageSupported));
        return new Machines(found, hosts);
    }

    private sealed record Machines(IReadOnlyDictionary<string, RetrievedObject> ByReference, IReadOnlyDictionary<string, (string Name, bool? Knows)?> Hosts);
}
