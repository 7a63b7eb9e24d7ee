using OpsKit.Vim25;

namespace OpsKit.Modules.VirtualDisks;

/// <summary>A virtual machine with its virtual disks.</summary>
public sealed record MachineDisks
{
    /// <summary>The name of its vCenter in the inventory.</summary>
    public required string VCenter { get; init; }

    /// <summary>The machine.</summary>
    public required ManagedObjectReference Reference { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary><c>poweredOn</c>, <c>poweredOff</c> or <c>suspended</c>; <c>unknown</c> where the server does not say.</summary>
    public string PowerState { get; init; } = "unknown";

    /// <summary><c>connected</c>, <c>disconnected</c>, <c>orphaned</c>, <c>inaccessible</c> or <c>invalid</c>; <c>unknown</c> where the server does not say.</summary>
    public string ConnectionState { get; init; } = "unknown";

    /// <summary>Whether it is a template: those cannot be reconfigured.</summary>
    public bool IsTemplate { get; init; }

    /// <summary>The name of the host it is registered with; null where the server does not say.</summary>
    public string? Host { get; init; }

    /// <summary>The host's id in its vCenter, such as <c>host-21</c>; null where the server does not say.</summary>
    public string? HostId { get; init; }

    /// <summary>Its disks, in the server's order.</summary>
    public IReadOnlyList<VirtualDiskState> Disks { get; init; } = [];

    /// <summary>Why its disks could not be read; null where they were. It has no <see cref="Disks"/> then.</summary>
    public string? Unread { get; init; }

    /// <summary>Whether its guest runs.</summary>
    public bool IsPoweredOn => PowerState == "poweredOn";
}
