namespace OpsKit.Modules.VirtualConnect.Enclosures;

/// <summary>What an enclosure's Onboard Administrator says of it.</summary>
public sealed record EnclosureState
{
    /// <summary>Its name in the inventory.</summary>
    public required string Name { get; init; }

    /// <summary>The name it gives itself; null where it does not say.</summary>
    public string? DeviceName { get; init; }

    /// <summary>Its serial number; null where it does not say.</summary>
    public string? Serial { get; init; }

    /// <summary>The Onboard Administrators, by bay.</summary>
    public required IReadOnlyList<OaState> Administrators { get; init; }

    /// <summary>The interconnect modules, by bay; empty bays are left out.</summary>
    public required IReadOnlyList<ModuleState> Modules { get; init; }

    /// <summary>Whether Virtual Connect runs it, and which domain.</summary>
    public required VirtualConnectMode VirtualConnect { get; init; }

    /// <summary>The server blades, by bay; empty bays are left out.</summary>
    public required IReadOnlyList<BladeState> Blades { get; init; }

    /// <summary>Which port of which blade leads to which module; null where no port map could be read, and <see cref="Notes"/> say why.</summary>
    public IReadOnlyList<PortLink>? Ports { get; init; }

    /// <summary>What a reader should know, such as why <c>xmldata</c> was not used.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Where <c>xmldata</c> contradicts what the command line says; empty where they agree or there is none.</summary>
    public IReadOnlyList<string> Contradictions { get; init; } = [];

    /// <summary>The module that runs Virtual Connect Manager; null where none of this enclosure does.</summary>
    public ModuleState? Primary => Modules.FirstOrDefault(module => module.IsPrimary);

    /// <summary>The module in a bay; null where it is empty.</summary>
    public ModuleState? ModuleIn(int bay) => Modules.FirstOrDefault(module => module.Bay == bay);

    /// <summary>The module beside one, which takes over for it: bays 1 and 2, 3 and 4 and so on are pairs. Null where that bay is empty.</summary>
    public ModuleState? PartnerOf(int bay) => ModuleIn(PartnerBayOf(bay));

    /// <summary>The number of the bay beside a bay.</summary>
    public static int PartnerBayOf(int bay) => bay % 2 == 1 ? bay + 1 : bay - 1;
}

/// <summary>An Onboard Administrator.</summary>
public sealed record OaState
{
    /// <summary>Its bay, 1 or 2.</summary>
    public required int Bay { get; init; }

    /// <summary>Its name, such as <c>OA-0017A4000001</c>.</summary>
    public string? Name { get; init; }

    /// <summary><c>Active</c>, <c>Standby</c>, or what else it says; null for nothing.</summary>
    public string? Role { get; init; }

    /// <summary>Its health, such as <c>OK</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Version of its firmware with its date, such as <c>4.80 Dec 13 2017</c>; null where it does not say.</summary>
    public string? Firmware { get; init; }

    /// <summary>What the check for equal firmware of the pair says; <c>OK</c> where it is equal, null where it does not say.</summary>
    public string? FirmwareMismatch { get; init; }

    /// <summary>Whether it is the active one.</summary>
    public bool IsActive => string.Equals(Role, "Active", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Whether Virtual Connect Manager runs an enclosure.</summary>
/// <param name="Enabled">Whether the enclosure is in a domain.</param>
/// <param name="Domain">The domain's name; null where it does not say.</param>
/// <param name="Manager">IPv4 address where Virtual Connect Manager runs; null where it does not say.</param>
public sealed record VirtualConnectMode(bool Enabled, string? Domain, string? Manager);
