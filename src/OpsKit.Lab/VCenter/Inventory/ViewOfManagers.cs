using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Events;
using OpsKit.Lab.VCenter.Performance;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>A manager of the vCenter, or of a host.</summary>
internal sealed record ManagerPlace(string Id, string Type, LabHost? Host = null);

/// <summary>Properties of managers: those of the vCenter, and those of hosts.</summary>
internal sealed class ViewOfManagers(LabInventory inventory)
{
    private static readonly Dictionary<string, ManagerPlace> Own = new ManagerPlace[]
    {
        new("TaskManager", "TaskManager"), new("LicenseManager", "LicenseManager"), new("LicenseAssignmentManager", "LicenseAssignmentManager"), new("PerfMgr", "PerformanceManager"),
        new("EventManager", "EventManager"), new("VpxSettings", "OptionManager"),
    }.ToDictionary(place => place.Id, StringComparer.Ordinal);

    private static ManagedObjectReference LicenseAssignmentManager { get; } = new("LicenseAssignmentManager", "LicenseAssignmentManager");

    public static IEnumerable<(ManagedObjectReference System, string Property)> SystemsOf(LabHost host) =>
    [
        (HostSystems.Reference(host, "networkSystem"), "networkInfo"), (HostSystems.Reference(host, "firewallSystem"), "firewallInfo"), (HostSystems.Reference(host, "serviceSystem"), "serviceInfo"),
        (HostSystems.Reference(host, "pciPassthruSystem"), "pciPassthruInfo"), (HostSystems.Reference(host, "EsxHostAdvSettings"), "setting"),
    ];

    public ManagerPlace? Resolve(string id)
    {
        if (Own.TryGetValue(id, out var place))
            return place;
        var dash = id.LastIndexOf('-');
        if (dash < 0)
            return null;
        if (id.StartsWith("envbrowser-", StringComparison.Ordinal))
            return inventory.Places.Find("domain-c" + id[(dash + 1)..]) is not null || inventory.Places.Find("vm-" + id[(dash + 1)..]) is not null ? new ManagerPlace(id, "EnvironmentBrowser") : null;
        foreach (var (prefix, type) in HostSystems.All)
        {
            if (id.AsSpan(0, dash).SequenceEqual(prefix) && inventory.Places.Find("host-" + id[(dash + 1)..]) is LabHost host)
                return new ManagerPlace(id, type, host);
        }

        return null;
    }

    public object? Property(ManagerPlace manager, string name) => manager switch
    {
        { Host: { } host } => OfHost(host, manager.Type, name),
        { Type: "TaskManager" } => name == "recentTask" ? RecentTasks().List() : name == "maxCollector" ? 32 : null,
        { Type: "LicenseManager" } => OfLicenses(name),
        { Type: "PerformanceManager" } => name switch
        {
            "perfCounter" => PerfCounters.All.List("PerfCounterInfo"),
            "historicalInterval" => PerfCounters.Intervals.List("PerfInterval"),
            _ => null,
        },
        { Type: "OptionManager" } => name == "setting" ? Settings(inventory).List("OptionValue") : name == "supportedOption" ? Array.Empty<OptionDef>().List("OptionDef") : null,
        { Type: "EventManager" } => name == "maxCollector" ? 1000 : name == "latestEvent" ? inventory.Events.Latest : name == "description" ? EventWords.Description : null,
        _ => null,
    };

    public static IReadOnlyList<OptionValue> Settings(LabInventory inventory) =>
    [
        new() { Key = "VirtualCenter.InstanceName", Value = inventory.VCenter.Name },
        new() { Key = "VirtualCenter.VimApiUrl", Value = $"https://{inventory.VCenter.Name}/sdk" },
        new() { Key = "event.maxAge", Value = 30 },
        new() { Key = "task.maxAge", Value = 30 },
        new() { Key = "config.vpxd.das.completemetadataupdateintervalsec", Value = "10" },
    ];

    private static object? OfHost(LabHost host, string type, string name) => (type, name) switch
    {
        (_, "value") => Array.Empty<CustomFieldValue>().List("CustomFieldValue"),
        ("HostNetworkSystem", "networkInfo") => HostNetworks.Info(host),
        ("HostNetworkSystem", "networkConfig") => HostNetworks.Config(host),
        ("HostNetworkSystem", "capabilities") => HostNetworks.Capabilities(),
        ("HostNetworkSystem", "dnsConfig") => HostNetworks.Dns(host),
        ("HostNetworkSystem", "ipRouteConfig") => HostNetworks.Route(host),
        ("HostFirewallSystem", "firewallInfo") => HostSettings.Major(host) > 4 ? HostFirewalls.Info(host) : null,
        ("HostServiceSystem", "serviceInfo") => HostServices.Info(host),
        ("HostPciPassthruSystem", "pciPassthruInfo") => HostPassthrough.List(host).List("HostPciPassthruInfo"),
        ("HostPciPassthruSystem", "sriovDevicePoolInfo") => Array.Empty<HostSriovDevicePoolInfo>().List("HostSriovDevicePoolInfo"),
        ("OptionManager", "setting") => HostConfig.Options(host).List("OptionValue"),
        ("OptionManager", "supportedOption") => Array.Empty<OptionDef>().List("OptionDef"),
        ("HostVirtualNicManager", "info") => HostConfig.VirtualNics(host),
        ("HostDateTimeSystem", "dateTimeInfo") => HostConfig.Time(host),
        ("HostStorageSystem", "systemFile") => Array.Empty<string>().List("String"),
        ("HostDatastoreSystem", "capabilities") => HostConfig.Of(host).DatastoreCapabilities,
        _ => null,
    };

    private object? OfLicenses(string name) => name switch
    {
        "licenses" => inventory.VCenter.Licenses.Select(license => LicenseView.Info(inventory, license)).List("LicenseManagerLicenseInfo"),
        "licenseAssignmentManager" => LicenseAssignmentManager,
        "licensedEdition" => inventory.VCenter.Licenses.Find(license => license.EditionKey.StartsWith("vc", StringComparison.Ordinal))?.EditionKey ?? "",
        "evaluation" => new LicenseManagerEvaluationInfo { Properties = [new KeyAnyValue { Key = "expirationHours", Value = 1440L }, new KeyAnyValue { Key = "expirationMinutes", Value = 0L }, new KeyAnyValue { Key = "expirationDate", Value = inventory.Clock.GetUtcNow() + TimeSpan.FromHours(1440) }] },
        "sourceAvailable" => true,
        _ => null,
    };

    private IEnumerable<ManagedObjectReference> RecentTasks() => inventory.Tasks.All.Select(task => task.Reference);
}
