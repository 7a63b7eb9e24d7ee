using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.VirtualConnect.Hosts;

/// <summary>Which blade a host is, and which module its NICs lead to. Pure.</summary>
internal sealed class BladeMatching
{
    private readonly EnclosureState _enclosure;
    private readonly Dictionary<string, PortLink> _links;
    private readonly Dictionary<string, int> _blades;

    public BladeMatching(EnclosureState enclosure)
    {
        _enclosure = enclosure;
        _links = (enclosure.Ports ?? []).Where(port => port.Mac is not null).ToDictionary(port => port.Mac!, StringComparer.Ordinal);

        // An address that two blades claim tells nothing of either.
        _blades = enclosure.Blades.SelectMany(blade => blade.Nics.Select(nic => (nic.Mac, blade.Bay))).GroupBy(pair => pair.Mac, StringComparer.Ordinal)
            .Where(group => group.Select(pair => pair.Bay).Distinct().Count() == 1).ToDictionary(group => group.Key, group => group.First().Bay, StringComparer.Ordinal);
    }

    /// <summary>The blade a host is and what says so; null where it is none of this enclosure.</summary>
    /// <param name="macs">MAC addresses of its NICs.</param>
    /// <param name="system">What its hardware says of itself; null where it says nothing.</param>
    /// <param name="named">Whether the inventory puts it into this enclosure.</param>
    public (int? Blade, HostEvidence Evidence)? Match(IReadOnlyCollection<string> macs, HostSystemInfo? system, bool named)
    {
        var bays = macs.Select(mac => _links.TryGetValue(mac, out var link) ? link.Blade : _blades.TryGetValue(mac, out var bay) ? bay : 0).Where(bay => bay > 0).Distinct().ToList();
        if (bays is [var one])
            return (one, HostEvidence.MacAddress);
        if (Only(blade => Same(blade.Uuid, system?.Uuid)) is { } byUuid)
            return (byUuid.Bay, HostEvidence.Uuid);
        var serials = (system?.OtherIdentifyingInfo ?? []).Where(info => info.IdentifierType?.Key == "ServiceTag").Select(info => info.IdentifierValue).Append(system?.SerialNumber).OfType<string>().ToList();
        if (Only(blade => serials.Exists(serial => Same(blade.Serial, serial.Trim()))) is { } bySerial)
            return (bySerial.Bay, HostEvidence.Serial);
        return named ? (null, HostEvidence.Inventory) : null;
    }

    /// <summary>The bay of the module a NIC leads to: by the port map, else by a neighbour that has the name or serial number of one of the modules. Null where neither tells.</summary>
    public int? ModuleOf(string mac, string? neighbour)
    {
        if (_links.TryGetValue(mac, out var link))
            return link.Module;
        if (neighbour is null)
            return null;
        var heard = _enclosure.Modules.Where(module => Has(neighbour, module.AssignedName) || Has(neighbour, module.Serial)).ToList();
        return heard is [var one] ? one.Bay : null;
    }

    private BladeState? Only(Func<BladeState, bool> wanted) => _enclosure.Blades.Where(wanted).ToList() is [var one] ? one : null;

    private static bool Same(string? one, string? other) => one is { Length: > 0 } && one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool Has(string text, string? part) => part is { Length: > 4 } && text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
