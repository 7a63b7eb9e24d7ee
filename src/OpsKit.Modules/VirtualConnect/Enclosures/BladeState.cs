namespace OpsKit.Modules.VirtualConnect.Enclosures;

/// <summary>A server blade as the Onboard Administrator sees it.</summary>
public sealed record BladeState
{
    /// <summary>Its bay, from 1; that of its upper half where it is of full height.</summary>
    public required int Bay { get; init; }

    /// <summary>Product name, such as <c>ProLiant BL460c Gen9</c>; null where it does not say.</summary>
    public string? Product { get; init; }

    /// <summary>Serial number; null where it does not say.</summary>
    public string? Serial { get; init; }

    /// <summary>UUID in lower case; null where it does not say.</summary>
    public string? Uuid { get; init; }

    /// <summary>The name its operating system told; null where it does not say.</summary>
    public string? ServerName { get; init; }

    /// <summary><c>On</c> or <c>Off</c>; null where it does not say.</summary>
    public string? Power { get; init; }

    /// <summary>Its health; null where it does not say.</summary>
    public string? Health { get; init; }

    /// <summary>Address of its iLO; null where it has none now.</summary>
    public string? IloAddress { get; init; }

    /// <summary>Version of its iLO's firmware; null where it does not say.</summary>
    public string? IloFirmware { get; init; }

    /// <summary>Its network ports, as far as they are listed.</summary>
    public IReadOnlyList<BladeNic> Nics { get; init; } = [];
}

/// <summary>A network port, or a FlexNIC of one.</summary>
/// <param name="Port">What it is called, such as <c>LOM1:1-a</c> or <c>NIC 1</c>.</param>
/// <param name="Mac">Its MAC address now, in lower case with colons.</param>
public sealed record BladeNic(string Port, string Mac);

/// <summary>A way from a blade to a module, through the midplane.</summary>
/// <param name="Module">The module's bay.</param>
/// <param name="Blade">The blade's bay.</param>
/// <param name="Port">The port at the blade, such as <c>LOM1:1-a</c>.</param>
/// <param name="Mac">MAC address of the port, in lower case with colons; null where the map does not say.</param>
public sealed record PortLink(int Module, int Blade, string Port, string? Mac);
