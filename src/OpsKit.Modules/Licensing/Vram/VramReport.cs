using OpsKit.Engine.Reports;
using HostColumn = OpsKit.Engine.Reports.Column<OpsKit.Modules.Licensing.VramHostRow>;
using KeyColumn = OpsKit.Engine.Reports.Column<OpsKit.Modules.Licensing.VramKeyRow>;
using MachineColumn = OpsKit.Engine.Reports.Column<OpsKit.Modules.Licensing.VramMachineRow>;
using PoolColumn = OpsKit.Engine.Reports.Column<OpsKit.Modules.Licensing.PrintedLine>;

namespace OpsKit.Modules.Licensing;

/// <summary>
/// The vRAM report. Memory is in GB (1024 MB) with one decimal; rows add up to the totals, and pools, hosts and machines to each other.
/// </summary>
public static class VramReport
{
    /// <summary>Makes the table.</summary>
    /// <param name="account">The count.</param>
    /// <param name="detail">Which rows.</param>
    /// <param name="showKeys">Show licence keys in full.</param>
    public static ReportTable Of(VramAccount account, VramDetail detail = VramDetail.Pool, bool showKeys = false)
    {
        ArgumentNullException.ThrowIfNull(account);
        var printed = PrintedVram.Of(account);
        var table = detail switch
        {
            VramDetail.Host => ByHost(printed, showKeys),
            VramDetail.Machine => ByMachine(printed),
            VramDetail.Key => ByKey(account, showKeys),
            _ => ByPool(printed),
        };
        return table with { NotAssessed = account.NotAssessed, Notes = [$"Entitlements as of {account.Table.Name}.", .. account.Notes] };
    }

    // vCenter, LicenseType, vRAMConfigured, vRAMUsed, vRAMEntitled come first: scripts written for the tools of 2011 read these names.
    private static ReportTable ByPool(PrintedVram printed) => ReportTable.From(
        "license-vram",
        printed.Lines,
        PoolColumn.Text("vCenter", row => row.Line.Site, "vCenter, or Linked Mode group whose vCenters are summed"),
        PoolColumn.Text("LicenseType", row => row.Line.LicenseType, "the licences' common name, or the edition"),
        PoolColumn.Decimal("vRAMConfigured", row => row.Figures.Configured, "GB", "memory of all virtual machines on the line", sum: true),
        PoolColumn.Decimal("vRAMUsed", row => row.Figures.Used, "GB", "memory of powered-on virtual machines, each up to the table's cap", sum: true),
        PoolColumn.Decimal("vRAMEntitled", row => Gigabytes(row.Line.Entitled), "GB", "what the keys assigned to hosts bring; empty where unlimited or none applies", sum: true),
        PoolColumn.Decimal("vRAMEntitledWithUnassigned", row => Gigabytes(row.Line.EntitledWithUnassigned), "GB", "the same with keys that no host uses", sum: true),
        PoolColumn.Decimal("vRAMHeadroom", row => Gigabytes(row.Line.Entitled) - row.Figures.Used, "GB", "entitled less used; pools cannot share, so it has no total"),
        PoolColumn.Percent("PercentUsed", row => Percent(row.Line)),
        PoolColumn.Integer("VMHosts", row => row.Line.HostCount, sum: true),
        PoolColumn.Integer("VMs", row => row.Line.Machines.Count(), sum: true),
        PoolColumn.Integer("VMsPoweredOn", row => row.Line.Machines.Count(IsPoweredOn), sum: true),
        PoolColumn.Text("Edition", row => row.Line.Edition),
        PoolColumn.Text("Status", row => VramStatus.Of(row.Line)),
        PoolColumn.Text("Reason", row => VramStatus.Reason(row.Line)));

    private static ReportTable ByHost(PrintedVram printed, bool showKeys) => ReportTable.From(
        "license-vram-hosts",
        printed.Lines.SelectMany(line => line.Hosts.Select(host => new VramHostRow(line.Line, host))),
        HostColumn.Text("vCenter", row => row.Printed.Host.VCenter),
        HostColumn.Text("LicenseType", row => row.Line.LicenseType),
        HostColumn.Text("VMHost", row => row.Printed.Host.Host?.Name),
        HostColumn.Decimal("vRAMConfigured", row => row.Printed.Figures.Configured, "GB", sum: true),
        HostColumn.Decimal("vRAMUsed", row => row.Printed.Figures.Used, "GB", sum: true),
        HostColumn.Integer("VMs", row => row.Printed.Machines.Count, sum: true),
        HostColumn.Integer("VMsPoweredOn", row => row.Printed.Machines.Count(machine => IsPoweredOn(machine.Machine)), sum: true),
        HostColumn.Text("Cluster", row => row.Printed.Host.Host?.Cluster),
        HostColumn.Text("Version", row => row.Printed.Host.Host?.Version),
        HostColumn.Integer("NumCpuSockets", row => row.Printed.Host.Host?.Sockets),
        HostColumn.Text("LicenseKey", row => row.Printed.Host.License is { } license ? Shown(license.Key, showKeys) : null),
        HostColumn.Text("Pool", row => row.Line.Site),
        HostColumn.Text("Status", row => VramStatus.Of(row.Line)),
        HostColumn.Text("Reason", row => VramStatus.Reason(row.Line)));

    private static ReportTable ByMachine(PrintedVram printed) => ReportTable.From(
        "license-vram-vms",
        printed.Lines.SelectMany(line => line.Hosts.SelectMany(host => host.Machines.Select(machine => new VramMachineRow(line.Line, host.Host, machine)))),
        MachineColumn.Text("vCenter", row => row.Host.VCenter),
        MachineColumn.Text("LicenseType", row => row.Line.LicenseType),
        MachineColumn.Text("VM", row => row.Printed.Machine.Machine.Name),
        MachineColumn.Text("VMHost", row => row.Host.Host?.Name),
        MachineColumn.Decimal("vRAMConfigured", row => row.Printed.Figures.Configured, "GB", sum: true),
        MachineColumn.Decimal("vRAMUsed", row => row.Printed.Figures.Used, "GB", sum: true),
        MachineColumn.Integer("MemoryMB", row => row.Printed.Machine.ConfiguredMB, description: "configured memory, exact", sum: true),
        MachineColumn.Integer("CountedMB", row => row.Printed.Machine.UsedMB, description: "memory counted as used, exact", sum: true),
        MachineColumn.Text("PowerState", row => row.Printed.Machine.Machine.PowerState),
        MachineColumn.Text("Pool", row => row.Line.Site),
        MachineColumn.Text("Status", row => VramStatus.Of(row.Line)),
        MachineColumn.Text("Reason", row => VramStatus.Reason(row.Line)));

    private static ReportTable ByKey(VramAccount account, bool showKeys) => ReportTable.From(
        "license-vram-keys",
        account.Pools.SelectMany(line => line.Keys.Select(key => new VramKeyRow(line, key))),
        KeyColumn.Text("vCenter", row => row.Line.Site),
        KeyColumn.Text("LicenseType", row => row.Line.LicenseType),
        KeyColumn.Text("LicenseKey", row => Shown(row.Key.License.Key, showKeys)),
        KeyColumn.Text("Name", row => row.Key.License.Name),
        KeyColumn.Integer("Total", row => row.Key.License.Total is > 0 ? row.Key.License.Total : null, description: "units the key holds; empty where unlimited"),
        KeyColumn.Text("CostUnit", row => row.Key.License.CostUnit),
        KeyColumn.Decimal("vRAMEntitled", row => row.Key.Use == KeyUse.Assigned ? Gigabytes(row.Key.Quota) : null, "GB", "brought by the key, as it is assigned", sum: true),
        KeyColumn.Decimal("vRAMUnassigned", row => row.Key.Use is KeyUse.Unassigned or KeyUse.UsedUnreported ? Gigabytes(row.Key.Quota) : null, "GB", "would be brought by the key", sum: true),
        KeyColumn.Text("AssignedTo", row => string.Join("; ", row.Key.Hosts)),
        KeyColumn.Text("Status", row => VramStatus.Of(row.Key)),
        KeyColumn.Text("Reason", row => VramStatus.Reason(row.Line)));

    private static decimal? Gigabytes(VramQuota? quota) =>
        quota is { IsUnlimited: false } limited ? limited.Megabytes / 1024m : null;

    private static decimal? Percent(VramLine line) =>
        line.Entitled is { IsUnlimited: false, Megabytes: > 0 } entitled ? 100m * line.UsedMB / entitled.Megabytes : null;

    private static bool IsPoweredOn(VramMachine machine) => machine.Machine.PowerState == "poweredOn";

    private static string Shown(string key, bool showKeys) => showKeys ? key : LicenseKeyMask.Mask(key);
}

internal sealed record VramHostRow(VramLine Line, PrintedHost Printed);

internal sealed record VramMachineRow(VramLine Line, VramHost Host, PrintedMachine Printed);

internal sealed record VramKeyRow(VramLine Line, VramKey Key);
