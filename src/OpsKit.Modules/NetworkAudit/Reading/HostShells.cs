using OpsKit.Connections.Inventory;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Which endpoint of the inventory is a host's shell.</summary>
internal static class HostShells
{
    /// <summary>Said of hosts without one.</summary>
    public const string Missing = "has no shell in the inventory: add it under hosts: with the address and credential of its SSH service";

    /// <summary>The host's endpoint: of its name, of its address, or of the first part of its name; null for none.</summary>
    public static HostEndpoint? Of(Estate estate, Target target) =>
        estate.Hosts.FirstOrDefault(host => Same(host.Name, target.Name) || Same(host.Address, target.Name))
        ?? estate.Hosts.FirstOrDefault(host => target.Name.StartsWith(host.Name + ".", StringComparison.OrdinalIgnoreCase) && BelongsTo(host, target));

    private static bool BelongsTo(HostEndpoint host, Target target) => host.VCenter is null || target.VCenter is null || Same(host.VCenter, target.VCenter);

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
