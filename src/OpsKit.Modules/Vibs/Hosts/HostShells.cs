using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Engine.Targets;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.Vibs;

/// <summary>The shells of hosts that are targets.</summary>
internal static class HostShells
{
    /// <summary>The name by which the inventory has the host.</summary>
    /// <exception cref="OpsKitException">It has none: there is no address and no login for its SSH service (Usage).</exception>
    public static string NameOf(IPlanningDoors doors, Target target) => TargetReader.HostOf(doors.Estate, target.VCenter, target.Name)?.Name
        ?? throw new OpsKitException(
            FailureKind.Usage, $"is not among the hosts of {doors.Estate.Source}: its shell has no address and no login", target.Name, "add it below hosts: with vcenter:, address: and credential:");

    public static Task<ShellQueries> OpenAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) =>
        doors.ShellAsync(NameOf(doors, target), cancellationToken);
}
