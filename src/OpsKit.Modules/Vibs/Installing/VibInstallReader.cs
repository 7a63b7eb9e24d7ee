using OpsKit.Connections.Ssh;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Maintenance;

namespace OpsKit.Modules.Vibs;

/// <summary>Observes a host, and what its vCenter knows of it where one has it. Queries alone.</summary>
public static class VibInstallReader
{
    /// <summary>Reads it.</summary>
    /// <param name="doors">Queries.</param>
    /// <param name="target">The host.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<VibInstallState> ReadAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(doors);
        ArgumentNullException.ThrowIfNull(target);
        var host = await HostSoftwareReader.ReadAsync(await HostShells.OpenAsync(doors, target, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        if (target is not { VCenter: { } vCenter, Reference: { } reference })
            return VibInstallState.Standalone(host, doors.JumpHost.Clock.GetUtcNow());
        var queries = await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false);
        return new VibInstallState(host, await MaintenanceReader.ReadAsync(queries, reference, cancellationToken).ConfigureAwait(false), InVCenter: true);
    }

    /// <summary>The images of a host: what runs, and what the next restart brings.</summary>
    internal static Task<HostSoftware> ImagesAsync(ShellQueries shell, CancellationToken cancellationToken) => HostSoftwareReader.ImagesAsync(shell, cancellationToken);
}
