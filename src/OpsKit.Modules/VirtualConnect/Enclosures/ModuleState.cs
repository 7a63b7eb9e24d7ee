namespace OpsKit.Modules.VirtualConnect.Enclosures;

/// <summary>An interconnect module as the Onboard Administrator sees it, which may be late.</summary>
public sealed record ModuleState
{
    /// <summary>The words for good health.</summary>
    internal const string Ok = "OK";

    /// <summary>Its bay, from 1.</summary>
    public required int Bay { get; init; }

    /// <summary>What it connects, such as <c>Ethernet</c> or <c>Fibre Channel</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Product name, such as <c>HP VC FlexFabric 10Gb/24-Port Module</c>.</summary>
    public required string Product { get; init; }

    /// <summary>Its health: <c>OK</c>, <c>Degraded</c>, <c>Failed</c>, <c>Other</c>, <c>Unknown</c>.</summary>
    public required string Health { get; init; }

    /// <summary><c>On</c> or <c>Off</c>.</summary>
    public required string Power { get; init; }

    /// <summary>The version it runs; null where it cannot be read, as while it restarts. What was written to it and not activated does not show.</summary>
    public string? Firmware { get; init; }

    /// <summary>Its management address; null where it has none now, as while it restarts.</summary>
    public string? Address { get; init; }

    /// <summary>Serial number; null where it does not say.</summary>
    public string? Serial { get; init; }

    /// <summary>The name it was given or gives itself; null for none.</summary>
    public string? AssignedName { get; init; }

    /// <summary>Diagnoses that are not good, such as <c>Device Degraded: Degraded</c>.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Whether it runs Virtual Connect Manager. Known only where the whole enclosure was read.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>Whether it is a Virtual Connect module; pass-through modules and switches are none.</summary>
    public bool IsVirtualConnect => Product.Contains(" VC ", StringComparison.OrdinalIgnoreCase) || Product.Contains("VC-", StringComparison.OrdinalIgnoreCase)
        || Product.Contains("Virtual Connect", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it carries Ethernet.</summary>
    public bool IsEthernet => Type.Contains("Ethernet", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is powered, healthy, and without a bad diagnosis.</summary>
    public bool IsHealthy => Health.Equals(Ok, StringComparison.OrdinalIgnoreCase) && Power.Equals("On", StringComparison.OrdinalIgnoreCase) && Faults.Count == 0;
}

/// <summary>A look at one module.</summary>
/// <param name="Module">The module; null where nothing could be seen.</param>
/// <param name="WhyNot">Why nothing could be seen, such as an Onboard Administrator that fails over; null where it could.</param>
public sealed record ModuleLook(ModuleState? Module, string? WhyNot);
