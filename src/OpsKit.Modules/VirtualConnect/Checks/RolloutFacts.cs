using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Hosts;

namespace OpsKit.Modules.VirtualConnect.Checks;

/// <summary>What is judged before a rollout of firmware.</summary>
public sealed record RolloutFacts
{
    /// <summary>The enclosure.</summary>
    public required EnclosureState Enclosure { get; init; }

    /// <summary>Its hosts.</summary>
    public required EnclosureHosts Hosts { get; init; }

    /// <summary>Bays of the modules that are to be reset; empty for all Virtual Connect modules.</summary>
    public IReadOnlyList<int> Bays { get; init; } = [];

    /// <summary>Whether what a watchdog would watch answers now.</summary>
    public IReadOnlyList<WatchedAddress> Watched { get; init; } = [];

    /// <summary>What goes on that would blur the result, such as machines on the move.</summary>
    public IReadOnlyList<string> Activity { get; init; } = [];

    /// <summary>Clusters of the hosts whose settings could move machines meanwhile, in words.</summary>
    public IReadOnlyList<string> Automation { get; init; } = [];

    /// <summary>The modules that are to be reset.</summary>
    public IReadOnlyList<ModuleState> Targets => [.. Enclosure.Modules.Where(module => Bays.Count > 0 ? Bays.Contains(module.Bay) : module.IsVirtualConnect)];
}

/// <summary>An address a watchdog would ask.</summary>
/// <param name="Name">Whose it is, such as <c>esx01 vmk0</c>.</param>
/// <param name="Address">The address.</param>
/// <param name="Loss">Why it counts as not answering; null where it answered.</param>
public sealed record WatchedAddress(string Name, string Address, string? Loss);
