using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter;

/// <summary>Objects that every vCenter has under the same names.</summary>
internal static class WellKnown
{
    internal static ManagedObjectReference RootFolder { get; } = new("Folder", "group-d1");

    internal static ManagedObjectReference SessionManager { get; } = new("SessionManager", "SessionManager");

    internal static ManagedObjectReference PropertyCollector { get; } = new("PropertyCollector", "propertyCollector");

    internal static ManagedObjectReference ViewManager { get; } = new("ViewManager", "ViewManager");

    internal static ManagedObjectReference SearchIndex { get; } = new("SearchIndex", "SearchIndex");

    internal static ManagedObjectReference LicenseManager { get; } = new("LicenseManager", "LicenseManager");

    internal static ManagedObjectReference PerformanceManager { get; } = new("PerformanceManager", "PerfMgr");

    internal static ManagedObjectReference EventManager { get; } = new("EventManager", "EventManager");

    internal static ManagedObjectReference TaskManager { get; } = new("TaskManager", "TaskManager");

    internal static ManagedObjectReference Setting { get; } = new("OptionManager", "VpxSettings");
}
