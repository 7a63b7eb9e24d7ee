using OpsKit.Lab.Estate;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>Properties of clusters.</summary>
internal static class ClusterView
{
    public static object? Property(LabInventory inventory, LabCluster cluster, string name) => name switch
    {
        "name" => Refs.Escaped(cluster.Name),
        "parent" => inventory.Places.HostFolder.Reference,
        "resourcePool" => cluster.Pool(),
        "host" => Hosts(inventory, cluster).Select(host => host.Reference()).List(),
        "datastore" => Datastores(inventory, cluster).List(),
        "network" => Networks(inventory, cluster).List(),
        "environmentBrowser" => new ManagedObjectReference("EnvironmentBrowser", $"envbrowser-{Refs.Number(cluster.Id)}"),
        "summary" => Summary(inventory, cluster),
        "configurationEx" => Configuration(cluster),
        "drsRecommendation" or "recommendation" or "actionHistory" or "drsFault" or "migrationHistory" => null,
        _ => inventory.Entity(cluster.Reference(), name),
    };

    public static IEnumerable<LabHost> Hosts(LabInventory inventory, LabCluster cluster) => inventory.Places.Hosts.Where(host => host.Cluster == cluster);

    private static IEnumerable<ManagedObjectReference> Datastores(LabInventory inventory, LabCluster cluster) =>
        inventory.Places.Datastores.Where(datastore => datastore.Hosts.Exists(host => host.Cluster == cluster)).Select(datastore => datastore.Reference());

    private static IEnumerable<ManagedObjectReference> Networks(LabInventory inventory, LabCluster cluster) =>
        inventory.Places.Networks.Where(network => network.Hosts.Any(host => host.Cluster == cluster)).Select(network => network.Reference);

    private static ClusterComputeResourceSummary Summary(LabInventory inventory, LabCluster cluster)
    {
        var hosts = Hosts(inventory, cluster).ToList();
        var effective = hosts.Where(host => host is { ConnectionState: "connected", InMaintenanceMode: false }).ToList();
        return new ClusterComputeResourceSummary
        {
            TotalCpu = hosts.Sum(CpuMhz),
            TotalMemory = hosts.Sum(host => host.MemoryBytes),
            NumCpuCores = (short)hosts.Sum(HostHardware.Cores),
            NumCpuThreads = (short)hosts.Sum(host => 2 * HostHardware.Cores(host)),
            EffectiveCpu = effective.Sum(CpuMhz) * 9 / 10,
            EffectiveMemory = effective.Sum(host => host.MemoryBytes >> 20) * 9 / 10,
            NumHosts = hosts.Count,
            NumEffectiveHosts = effective.Count,
            OverallStatus = effective.Count == hosts.Count ? ManagedEntityStatus.Green : ManagedEntityStatus.Yellow,
            CurrentFailoverLevel = Math.Max(0, effective.Count - 1),
            NumVmotions = 0,
        };
    }

    private static int CpuMhz(LabHost host) => HostHardware.Cores(host) * HostHardware.Mhz;

    private static ClusterConfigInfoEx Configuration(LabCluster cluster) => new()
    {
        VmSwapPlacement = "vmDirectory",
        DasConfig = new ClusterDasConfigInfo { Enabled = cluster.HaEnabled, VmMonitoring = "vmMonitoringDisabled", HostMonitoring = "enabled", FailoverLevel = 1, AdmissionControlEnabled = true },
        DrsConfig = new ClusterDrsConfigInfo { Enabled = cluster.DrsEnabled, EnableVmBehaviorOverrides = true, DefaultVmBehavior = new DrsBehavior(cluster.DrsBehavior), VmotionRate = 3 },
    };
}

/// <summary>Properties of a cluster's root resource pool.</summary>
internal static class PoolView
{
    public static object? Property(LabInventory inventory, LabCluster cluster, string name) => name switch
    {
        "name" => "Resources",
        "parent" or "owner" => cluster.Reference(),
        "resourcePool" => Array.Empty<ManagedObjectReference>().List(),
        "vm" => inventory.Whereabouts.In(cluster).Where(machine => !machine.IsTemplate).Select(machine => machine.Reference()).List(),
        "config" => Configuration(inventory, cluster),
        "runtime" => Runtime(inventory, cluster),
        "summary" => new ResourcePoolSummary { Name = "Resources", Config = Configuration(inventory, cluster), Runtime = Runtime(inventory, cluster) },
        _ => inventory.Entity(cluster.Pool(), name),
    };

    private static ResourceConfigSpec Configuration(LabInventory inventory, LabCluster cluster) => new()
    {
        Entity = cluster.Pool(),
        CpuAllocation = Allocation(Cpu(inventory, cluster)),
        MemoryAllocation = Allocation(Memory(inventory, cluster)),
    };

    private static ResourceAllocationInfo Allocation(long all) => new()
    {
        Reservation = all, ExpandableReservation = false, Limit = all, Shares = new SharesInfo { Shares = 4000, Level = SharesLevel.Normal },
    };

    private static ResourcePoolRuntimeInfo Runtime(LabInventory inventory, LabCluster cluster) => new()
    {
        OverallStatus = ManagedEntityStatus.Green,
        Cpu = Usage(Cpu(inventory, cluster), Cpu(inventory, cluster) / 5),
        Memory = Usage(Memory(inventory, cluster) << 20, Memory(inventory, cluster) << 19),
    };

    private static ResourcePoolResourceUsage Usage(long most, long used) => new()
    {
        ReservationUsed = 0, ReservationUsedForVm = 0, UnreservedForPool = most, UnreservedForVm = most, OverallUsage = used, MaxUsage = most,
    };

    private static long Cpu(LabInventory inventory, LabCluster cluster) => ClusterView.Hosts(inventory, cluster).Sum(host => HostHardware.Cores(host) * (long)HostHardware.Mhz) * 9 / 10;

    private static long Memory(LabInventory inventory, LabCluster cluster) => ClusterView.Hosts(inventory, cluster).Sum(host => host.MemoryBytes >> 20) * 9 / 10;
}
