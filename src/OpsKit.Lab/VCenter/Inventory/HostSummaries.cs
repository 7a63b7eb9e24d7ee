using OpsKit.Lab.Estate;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>How hosts stand: <c>runtime</c> and <c>summary</c>.</summary>
internal static class HostSummaries
{
    public static HostRuntimeInfo Runtime(LabHost host) => new()
    {
        ConnectionState = new HostSystemConnectionState(host.ConnectionState),
        PowerState = host.ConnectionState != "connected" ? HostSystemPowerState.Unknown : host.PoweredOn ? HostSystemPowerState.PoweredOn : HostSystemPowerState.PoweredOff,
        StandbyMode = "none",
        InMaintenanceMode = host.InMaintenanceMode,
        InQuarantineMode = false,
        BootTime = host.BootTime,
        DasHostState = host.Cluster.HaEnabled && !host.InMaintenanceMode
            ? new ClusterDasFdmHostState { State = host.ConnectionState == "connected" ? "connectedToMaster" : "hostDown" }
            : null,
        HostMaxVirtualDiskCapacity = 62L << 40,
        CryptoState = "incapable",
    };

    public static ManagedEntityStatus Status(LabHost host) => host.ConnectionState switch
    {
        "connected" => ManagedEntityStatus.Green,
        "disconnected" => ManagedEntityStatus.Gray,
        _ => ManagedEntityStatus.Red,
    };

    public static AboutInfo Product(LabHost host)
    {
        var digits = host.Version.Split('.');
        return new AboutInfo
        {
            Name = "VMware ESXi",
            FullName = $"VMware ESXi {host.Version} build-{host.Build}",
            Vendor = "VMware, Inc.",
            Version = host.Version,
            Build = host.Build,
            LocaleVersion = "INTL",
            LocaleBuild = "000",
            OsType = "vmnix-x86",
            ProductLineId = "embeddedEsx",
            ApiType = "HostAgent",
            ApiVersion = HostSettings.Major(host) < 7 ? $"{digits[0]}.{digits[1]}" : $"{host.Version}.0",
            LicenseProductName = "VMware ESX Server",
            LicenseProductVersion = $"{digits[0]}.0",
        };
    }

    public static HostListSummary Summary(LabInventory inventory, LabHost host) => Summary(host, inventory.Whereabouts.On(host), inventory.Clock);

    /// <summary>As the host itself tells it, too.</summary>
    public static HostListSummary Summary(LabHost host, IEnumerable<LabMachine> machines, LabClock clock)
    {
        var running = machines.Where(machine => machine.PowerState == "poweredOn").ToList();
        return new HostListSummary
        {
            Host = host.Reference(),
            Hardware = Hardware(host),
            Runtime = Runtime(host),
            Config = new HostConfigSummary
            {
                Name = host.Name,
                Port = 443,
                Product = Product(host),
                VmotionEnabled = host.Vmks.Exists(vmk => vmk.VMotion),
                FaultToleranceEnabled = false,
            },
            QuickStats = host.ConnectionState == "connected"
                ? new HostListSummaryQuickStats
                {
                    OverallCpuUsage = Math.Min(running.Sum(machine => machine.Cpus * 180), HostHardware.Cores(host) * HostHardware.Mhz * 9 / 10),
                    OverallMemoryUsage = (int)Math.Min(running.Sum(machine => (long)machine.MemoryMb * 7 / 10), (host.MemoryBytes >> 20) * 95 / 100),
                    DistributedCpuFairness = 1000,
                    DistributedMemoryFairness = 1000,
                    Uptime = (int)Math.Max(0, (clock.GetUtcNow() - host.BootTime).TotalSeconds),
                }
                : new HostListSummaryQuickStats(),
            OverallStatus = Status(host),
            RebootRequired = host.RebootRequired,
            ManagementServerIp = host.ConnectionState == "disconnected" ? null : "127.0.0.1",
        };
    }

    private static HostHardwareSummary Hardware(LabHost host) => new()
    {
        Vendor = host.Vendor,
        Model = host.Model,
        Uuid = host.Uuid,
        OtherIdentifyingInfo = HostHardware.Identification(host),
        MemorySize = host.MemoryBytes,
        CpuModel = HostHardware.CpuModel(host),
        CpuMhz = HostHardware.Mhz,
        NumCpuPkgs = (short)host.Sockets,
        NumCpuCores = (short)HostHardware.Cores(host),
        NumCpuThreads = (short)(HostHardware.Cores(host) * 2),
        NumNics = host.PNics.Count,
        NumHBAs = 2,
    };
}
