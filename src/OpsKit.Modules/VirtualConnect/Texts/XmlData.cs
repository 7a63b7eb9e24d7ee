using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.VirtualConnect.Texts;

/// <summary>What an Onboard Administrator's <c>xmldata</c> says, as far as it is used here.</summary>
internal sealed record XmlData
{
    public required IReadOnlyList<XmlAdministrator> Administrators { get; init; }

    public required IReadOnlyList<XmlModule> Modules { get; init; }

    /// <summary>The ports of blades that lead to modules.</summary>
    public required IReadOnlyList<PortLink> Ports { get; init; }
}

/// <param name="Bay">Its bay.</param>
/// <param name="Role">Its role in capitals, as it stands there.</param>
/// <param name="Firmware">Its version, without a date; null where it does not say.</param>
internal sealed record XmlAdministrator(int Bay, string? Role, string? Firmware);

/// <param name="Bay">Its bay.</param>
/// <param name="Firmware">Its version; null where it does not say.</param>
/// <param name="Address">Its management address; null where it has none.</param>
internal sealed record XmlModule(int Bay, string? Firmware, string? Address);
