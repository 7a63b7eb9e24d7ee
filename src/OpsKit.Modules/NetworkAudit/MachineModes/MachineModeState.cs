using OpsKit.Modules.Tasks;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>How a virtual machine's processor and memory are virtualised, and what else matters to change it.</summary>
public sealed record MachineModeState
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its host's name; null where it is not said.</summary>
    public string? Host { get; init; }

    /// <summary>Its guest's id, such as <c>winNetStandardGuest</c>; empty where it is not said.</summary>
    public string GuestId { get; init; } = "";

    /// <summary>Its guest in words; what runs in it, where that is known.</summary>
    public string? Guest { get; init; }

    /// <summary><c>poweredOn</c>, <c>poweredOff</c> or <c>suspended</c>.</summary>
    public required string PowerState { get; init; }

    /// <summary><c>hvAuto</c>, <c>hvOn</c> or <c>hvOff</c>.</summary>
    public string Exec { get; init; } = "hvAuto";

    /// <summary><c>automatic</c>, <c>on</c> or <c>off</c>.</summary>
    public string Mmu { get; init; } = "automatic";

    /// <summary>Whether it is a template.</summary>
    public bool IsTemplate { get; init; }

    /// <summary>Whether VMware Tools run in it, through which it can be shut down.</summary>
    public bool ToolsRun { get; init; }

    /// <summary>Whether its host knows of the choice; null where it is not said.</summary>
    public bool? HostKnows { get; init; }

    /// <summary>Its recent tasks, oldest first; read for changes alone.</summary>
    public IReadOnlyList<RecentTask> Tasks { get; init; } = [];
}
