using OpsKit.Modules.Maintenance;

namespace OpsKit.Modules.Vibs;

/// <summary>What is seen of a host before VIBs are installed on it.</summary>
/// <param name="Host">Its software.</param>
/// <param name="Maintenance">What its vCenter knows of it; of a host that is in none, what the host itself knows.</param>
/// <param name="InVCenter">Whether a vCenter has it, so that maintenance mode and restarts are asked for there.</param>
public sealed record VibInstallState(HostSoftware Host, MaintenanceState Maintenance, bool InVCenter)
{
    /// <summary>Of a host that is in no vCenter.</summary>
    /// <param name="host">Its software.</param>
    /// <param name="now">The time it was read.</param>
    public static VibInstallState Standalone(HostSoftware host, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(host);
        return new(
            host,
            new MaintenanceState
            {
                ConnectionState = "connected", InMaintenanceMode = host.InMaintenanceMode, Running = host.Running, BootTime = host.Uptime is { } uptime ? now - uptime : null,
            },
            InVCenter: false);
    }
}
