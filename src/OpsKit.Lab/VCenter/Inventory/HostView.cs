using OpsKit.Lab.Estate;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>Properties of hosts.</summary>
internal static class HostView
{
    public static object? Property(LabInventory inventory, LabHost host, string name) => name switch
    {
        "name" => Refs.Escaped(host.Name),
        "parent" => host.Cluster.Reference(),
        "runtime" => HostSummaries.Runtime(host),
        "summary" => HostSummaries.Summary(inventory, host),
        "overallStatus" => HostSummaries.Status(host),
        "hardware" => HostHardware.Info(host),
        "capability" => HostCapabilities.Of(host),
        "licensableResource" => Resource(inventory, host),
        "configManager" => HostSystems.Of(host),
        "config" => HostConfig.Of(host),
        "vm" => inventory.Whereabouts.On(host).Select(machine => machine.Reference()).List(),
        "datastore" => Datastores(inventory, host).Select(datastore => datastore.Reference()).List(),
        "network" => Networks(inventory, host).Select(network => network.Reference).List(),
        "datastoreBrowser" => null,
        _ => inventory.Entity(host.Reference(), name),
    };

    /// <summary>What <c>QueryHostConnectionInfo</c> tells.</summary>
    public static HostConnectInfo Connection(LabInventory inventory, LabHost host) => new()
    {
        ServerIp = "127.0.0.1",
        InDasCluster = host.Cluster.HaEnabled,
        Host = HostSummaries.Summary(inventory, host),
        Vm = [.. inventory.Whereabouts.On(host).Select(machine => MachineSummaries.Summary(inventory, machine))],
        VimAccountNameRequired = false,
        ClusterSupported = true,
        Network = [.. Networks(inventory, host).Select(network => new HostConnectInfoNetworkInfo { Summary = NetworkView.Summary(network) })],
        Datastore = [.. Datastores(inventory, host).Select(datastore => new HostDatastoreConnectInfo { Summary = DatastoreView.Summary(datastore) })],
        License = new HostLicenseConnectInfo
        {
            License = LicenseView.Info(inventory, LicenseView.Of(host)),
            Evaluation = new LicenseManagerEvaluationInfo { Properties = [new KeyAnyValue { Key = "diagnostic", Value = "" }] },
            Resource = Resource(inventory, host),
        },
        Capability = HostCapabilities.Of(host),
    };

    private static IEnumerable<LabDatastore> Datastores(LabInventory inventory, LabHost host) => inventory.Places.Datastores.Where(datastore => datastore.Hosts.Contains(host));

    private static IEnumerable<NetworkPlace> Networks(LabInventory inventory, LabHost host) => inventory.Places.Networks.Where(network => network.Hosts.Contains(host));

    private static HostLicensableResourceInfo Resource(LabInventory inventory, LabHost host)
    {
        var machines = inventory.Whereabouts.On(host);
        return new HostLicensableResourceInfo
        {
            Resource =
            [
                new KeyAnyValue { Key = "numCpuPackages", Value = (long)host.Sockets },
                new KeyAnyValue { Key = "numCpuCores", Value = (long)HostHardware.Cores(host) },
                new KeyAnyValue { Key = "memorySize", Value = host.MemoryBytes >> 10 },
                new KeyAnyValue { Key = "memoryForVms", Value = machines.Sum(machine => (long)machine.MemoryMb << 10) },
                new KeyAnyValue { Key = "numVmsStarted", Value = (long)machines.Count(machine => machine.PowerState == "poweredOn") },
                new KeyAnyValue { Key = "numVmsStarting", Value = 0L },
            ],
        };
    }
}
