using OpsKit.Lab.Estate;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Sessions;

/// <summary>What the service instance says of itself, to everybody.</summary>
internal static class ServiceContents
{
    internal static ServiceContent Of(LabVCenter vcenter, ILabInventory inventory)
    {
        ManagedObjectReference? IfThere(ManagedObjectReference reference) => inventory.TypeOf(reference) is null ? null : reference;
        return new ServiceContent
        {
            RootFolder = WellKnown.RootFolder,
            PropertyCollector = WellKnown.PropertyCollector,
            ViewManager = WellKnown.ViewManager,
            About = About(vcenter),
            Setting = IfThere(WellKnown.Setting),
            SessionManager = WellKnown.SessionManager,
            PerfManager = IfThere(WellKnown.PerformanceManager),
            EventManager = IfThere(WellKnown.EventManager),
            TaskManager = IfThere(WellKnown.TaskManager),
            LicenseManager = IfThere(WellKnown.LicenseManager),
            SearchIndex = WellKnown.SearchIndex,
        };
    }

    private static AboutInfo About(LabVCenter vcenter) => new()
    {
        Name = "VMware vCenter Server",
        FullName = $"VMware vCenter Server {vcenter.Version} build-{vcenter.Build}",
        Vendor = "VMware, Inc.",
        Version = vcenter.Version,
        Build = vcenter.Build,
        LocaleVersion = "INTL",
        LocaleBuild = "000",
        OsType = "linux-x64",
        ProductLineId = "vpx",
        ApiType = "VirtualCenter",
        ApiVersion = vcenter.ApiVersion,
        InstanceUuid = vcenter.InstanceUuid,
        LicenseProductName = "VMware VirtualCenter Server",
        LicenseProductVersion = vcenter.Version.Split('.')[0] + ".0",
    };
}
