using OpsKit.Connections;
using OpsKit.Connections.Probes;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Hosts;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.VirtualConnect.Checks;

/// <summary>Observes what a rollout requires: the enclosure, its hosts, whether addresses answer, what is on the move. Changes nothing.</summary>
public static class RolloutFactsReader
{
    private const int Attempts = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly string[] Moves = ["migrate", "relocate", "vmotion", "evacuate", "enterMaintenanceMode"];

    /// <summary>Reads it.</summary>
    /// <param name="doors">Queries, and probes.</param>
    /// <param name="enclosure">The enclosure's name in the inventory.</param>
    /// <param name="bays">Bays of the modules that are to be reset; empty for all Virtual Connect modules.</param>
    /// <param name="watch">Addresses to watch besides the VMkernel addresses of the hosts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OpsKitException">As <see cref="EnclosureReader.ReadAsync"/>.</exception>
    public static async Task<RolloutFacts> ReadAsync(
        IPlanningDoors doors, string enclosure, IReadOnlyList<int> bays, IReadOnlyList<string> watch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(doors);
        ArgumentNullException.ThrowIfNull(watch);
        var state = await EnclosureReader.ReadAsync(doors, enclosure, cancellationToken).ConfigureAwait(false);
        var hosts = await EnclosureHostReader.ReadAsync(doors, state, cancellationToken).ConfigureAwait(false);
        var targets = hosts.Hosts.SelectMany(host => Watchable(host).Select(address => new ProbeTarget($"{host.Name} {address.Device}", address.Address)))
            .Concat(watch.Select(address => new ProbeTarget(address, address))).DistinctBy(target => target.Address).ToList();
        var vCenters = hosts.Hosts.Select(host => host.VCenter).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var activity = new List<string>();
        var automation = new List<string>();
        foreach (var vCenter in vCenters)
        {
            var queries = await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false);
            activity.AddRange(await ActivityAsync(queries, cancellationToken).ConfigureAwait(false));
            automation.AddRange(await AutomationAsync(queries, [.. hosts.Hosts.Where(host => host.VCenter == vCenter).Select(host => host.Reference)], cancellationToken).ConfigureAwait(false));
        }

        return new RolloutFacts
        {
            Enclosure = state,
            Hosts = hosts,
            Bays = bays,
            Watched = await Task.WhenAll(targets.Select(target => AskAsync(doors.Ping, target, cancellationToken))).ConfigureAwait(false),
            Activity = activity,
            Automation = automation,
        };
    }

    /// <summary>The management addresses; all where none is marked as one.</summary>
    private static IEnumerable<VMkernelAddress> Watchable(EnclosureHost host) => host.Addresses.Any(address => address.IsManagement) ? host.Addresses.Where(address => address.IsManagement) : host.Addresses;

    private static async Task<WatchedAddress> AskAsync(IProbe probe, ProbeTarget target, CancellationToken cancellationToken)
    {
        string? loss = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                var reply = await probe.SendAsync(target, Patience, cancellationToken).ConfigureAwait(false);
                if (reply.Answered)
                    return new WatchedAddress(target.Name, target.Address, null);
                loss = reply.Loss ?? "lost";
            }
            catch (OpsKitException failure) when (failure.Kind == FailureKind.Usage)
            {
                return new WatchedAddress(target.Name, target.Address, failure.What);
            }
        }

        return new WatchedAddress(target.Name, target.Address, loss);
    }

    private static async Task<List<string>> ActivityAsync(VSphereQueries queries, CancellationToken cancellationToken)
    {
        var moving = new List<string>();
        if (queries.Content.TaskManager is not { } manager)
            return moving;
        var recent = await queries.Properties.GetAsync(manager, TaskManagerProperties.RecentTask, cancellationToken).ConfigureAwait(false) ?? [];
        if (recent.Count == 0)
            return moving;
        await foreach (var task in queries.Properties.RetrieveAsync(PropertyCollectorQuery.Of("Task", recent, TaskProperties.Info), cancellationToken).ConfigureAwait(false))
        {
            if (!task.IsGone && task.Get(TaskProperties.Info) is { } info && (info.State == TaskInfoState.Running || info.State == TaskInfoState.Queued)
                && Moves.Any(move => (info.DescriptionId ?? info.Name ?? "").Contains(move, StringComparison.OrdinalIgnoreCase)))
            {
                moving.Add($"{info.DescriptionId ?? info.Name} of {info.EntityName ?? "an object"} is under way in {queries.VCenter}");
            }
        }

        return moving;
    }

    private static async Task<List<string>> AutomationAsync(VSphereQueries queries, HashSet<ManagedObjectReference> hosts, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        var query = PropertyCollectorQuery.All("ClusterComputeResource", ClusterComputeResourceProperties.Name, ClusterComputeResourceProperties.Host, ClusterComputeResourceProperties.ConfigurationEx);
        await foreach (var cluster in queries.Properties.RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (!(cluster.Get(ClusterComputeResourceProperties.Host) ?? []).Any(hosts.Contains) || cluster.Get(ClusterComputeResourceProperties.ConfigurationEx) is not ClusterConfigInfoEx settings)
                continue;
            var name = EntityName.Plain(cluster.Get(ClusterComputeResourceProperties.Name)) ?? cluster.Reference.Value;
            if (settings.DrsConfig is { Enabled: true } drs && drs.DefaultVmBehavior == DrsBehavior.FullyAutomated)
                lines.Add($"DRS of cluster {name} moves machines by itself: their pings would blur what the watchdog sees; partially automated for the while avoids it");
            if (settings.DasConfig is { Enabled: true } das && das.HostMonitoring == "enabled")
                lines.Add($"HA of cluster {name} watches its hosts: one that loses its management network for longer than HA waits has its machines restarted elsewhere");
        }

        return lines;
    }
}
