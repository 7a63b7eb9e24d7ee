using OpsKit.Lab.Estate;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>The managers of a host, named after it: <c>networkSystem-21</c> of <c>host-21</c>.</summary>
internal static class HostSystems
{
    /// <summary>Prefix of the reference's value and type of the object.</summary>
    public static readonly IReadOnlyList<(string Prefix, string Type)> All =
    [
        ("networkSystem", "HostNetworkSystem"), ("firewallSystem", "HostFirewallSystem"), ("serviceSystem", "HostServiceSystem"), ("pciPassthruSystem", "HostPciPassthruSystem"),
        ("storageSystem", "HostStorageSystem"), ("EsxHostAdvSettings", "OptionManager"), ("virtualNicManager", "HostVirtualNicManager"), ("dateTimeSystem", "HostDateTimeSystem"),
        ("datastoreSystem", "HostDatastoreSystem"),
    ];

    public static HostConfigManager Of(LabHost host) => new()
    {
        NetworkSystem = Reference(host, 0),
        FirewallSystem = Reference(host, 1),
        ServiceSystem = Reference(host, 2),
        PciPassthruSystem = Reference(host, 3),
        StorageSystem = Reference(host, 4),
        AdvancedOption = Reference(host, 5),
        VirtualNicManager = Reference(host, 6),
        DateTimeSystem = Reference(host, 7),
        DatastoreSystem = Reference(host, 8),
    };

    public static ManagedObjectReference Reference(LabHost host, string prefix) => new(All.First(system => system.Prefix == prefix).Type, $"{prefix}-{Refs.Number(host.Id)}");

    private static ManagedObjectReference Reference(LabHost host, int index) => new(All[index].Type, $"{All[index].Prefix}-{Refs.Number(host.Id)}");
}
