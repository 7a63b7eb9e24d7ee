using System.Collections.Frozen;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>Properties of the managed object types that the simulated vCenter has objects of, as API 8.0.3 names them.</summary>
internal static class ManagedTypes
{
    private static readonly (string Type, string? Base, string Properties)[] Own =
    [
        ("ExtensibleManagedObject", null, "value availableField"),
        ("ManagedEntity", "ExtensibleManagedObject", "parent customValue overallStatus configStatus configIssue effectiveRole permission name disabledMethod recentTask declaredAlarmState triggeredAlarmState alarmActionsEnabled tag"),
        ("Folder", "ManagedEntity", "childType childEntity namespace"),
        ("Datacenter", "ManagedEntity", "vmFolder hostFolder datastoreFolder networkFolder datastore network configuration"),
        ("ComputeResource", "ManagedEntity", "resourcePool host datastore network summary environmentBrowser configurationEx lifecycleManaged configManagerEnabled"),
        ("ClusterComputeResource", "ComputeResource", "configuration recommendation drsRecommendation summaryEx hciConfig migrationHistory actionHistory drsFault"),
        ("ResourcePool", "ManagedEntity", "summary runtime owner resourcePool vm config namespace childConfiguration"),
        ("HostSystem", "ManagedEntity", "runtime summary hardware capability licensableResource remediationState precheckRemediationResult remediationResult complianceCheckState complianceCheckResult configManager config vm datastore network datastoreBrowser systemResources answerFileValidationState answerFileValidationResult"),
        ("VirtualMachine", "ManagedEntity", "capability config layout layoutEx storage environmentBrowser resourcePool parentVApp resourceConfig runtime guest summary datastore network snapshot rootSnapshot guestHeartbeatStatus"),
        ("VirtualMachineSnapshot", "ExtensibleManagedObject", "config childSnapshot vm"),
        ("Datastore", "ManagedEntity", "info summary host vm browser capability iormConfiguration"),
        ("Network", "ManagedEntity", "summary host vm"),
        ("DistributedVirtualPortgroup", "Network", "key config portKeys"),
        ("DistributedVirtualSwitch", "ManagedEntity", "uuid capability summary config networkResourcePool portgroup runtime"),
        ("VmwareDistributedVirtualSwitch", "DistributedVirtualSwitch", ""),
        ("Task", "ExtensibleManagedObject", "info"),
        ("TaskManager", null, "recentTask description maxCollector"),
        ("LicenseManager", null, "source sourceAvailable diagnostics featureInfo licensedEdition licenses licenseAssignmentManager evaluation"),
        ("LicenseAssignmentManager", null, ""),
        ("PerformanceManager", null, "description historicalInterval perfCounter"),
        ("EventManager", null, "description latestEvent maxCollector"),
        ("OptionManager", null, "supportedOption setting"),
        ("EnvironmentBrowser", null, "datastoreBrowser"),
        ("HostNetworkSystem", "ExtensibleManagedObject", "capabilities networkInfo offloadCapabilities networkConfig dnsConfig ipRouteConfig consoleIpRouteConfig"),
        ("HostFirewallSystem", "ExtensibleManagedObject", "firewallInfo"),
        ("HostServiceSystem", "ExtensibleManagedObject", "serviceInfo"),
        ("HostPciPassthruSystem", "ExtensibleManagedObject", "pciPassthruInfo sriovDevicePoolInfo"),
        ("HostStorageSystem", "ExtensibleManagedObject", "storageDeviceInfo fileSystemVolumeInfo systemFile multipathStateInfo"),
        ("HostVirtualNicManager", "ExtensibleManagedObject", "info"),
        ("HostDateTimeSystem", null, "dateTimeInfo"),
        ("HostDatastoreSystem", null, "datastore capabilities"),
    ];

    private static readonly FrozenDictionary<string, FrozenSet<string>> All = Own.ToFrozenDictionary(row => row.Type, row => Inherited(row.Type).ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Whether objects of the type have the property, set or not.</summary>
    public static bool Has(string type, string property) => All.TryGetValue(type, out var properties) && properties.Contains(property);

    /// <summary>Every property of the type, inherited ones too.</summary>
    public static IEnumerable<string> PropertiesOf(string type) => All[type];

    private static IEnumerable<string> Inherited(string type)
    {
        for (var at = type; at is not null;)
        {
            var row = Own.First(row => row.Type == at);
            foreach (var property in row.Properties.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                yield return property;
            at = row.Base;
        }
    }
}
