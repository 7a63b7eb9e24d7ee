using OpsKit.Engine.Verbs;
using OpsKit.Modules.ChangeTracking;
using OpsKit.Modules.DiskLimits;
using OpsKit.Modules.Licensing;
using OpsKit.Modules.Maintenance;
using OpsKit.Modules.NetworkAudit;
using OpsKit.Modules.Vibs;
using OpsKit.Modules.VirtualConnect;
using OpsKit.Modules.VirtualConnect.IloReset;

namespace OpsKit.Modules;

/// <summary>Everything a playbook's step can use.</summary>
public static class ModuleVerbs
{
    /// <summary>The verbs, by name.</summary>
    public static IReadOnlyList<IVerb> All { get; } =
    [
        .. MaintenanceVerb.All
            .Concat(LicensingVerb.All)
            .Concat(VibVerbs.All)
            .Concat(VirtualConnectReportVerb.All)
            .Append(new IloResetVerb())
            .Concat(RolloutVerb.All)
            .Concat(DiskVerbs.All)
            .Concat(ChangeTrackingVerb.All)
            .Concat(NetworkAuditVerbs.All)
            .Append(new StatusVerb())
            .Append(new PauseVerb())
            .OrderBy(verb => verb.Name, StringComparer.Ordinal),
    ];
}
