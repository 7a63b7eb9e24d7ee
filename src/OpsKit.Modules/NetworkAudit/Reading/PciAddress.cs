using System.Globalization;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>PCI addresses, which versions and tools write differently: <c>0000:04:00.1</c>, <c>04:00.1</c>, <c>0000:004:00.1</c>, <c>0000:04:00:1</c>.</summary>
internal static class PciAddress
{
    /// <summary>Always <c>0000:04:00.1</c>; the text itself where it is no such address.</summary>
    public static string Plain(string? address)
    {
        var parts = (address ?? "").Split(':', '.');
        if (parts.Length == 3)
            parts = ["0000", .. parts];
        return parts.Length == 4 && Number(parts[0]) is { } domain && Number(parts[1]) is { } bus && Number(parts[2]) is { } slot && Number(parts[3]) is { } function
            ? string.Create(CultureInfo.InvariantCulture, $"{domain:x4}:{bus:x2}:{slot:x2}.{function:x}")
            : address ?? "";
    }

    /// <summary>What all functions of a card have in common: domain, bus and slot; null where it is no such address.</summary>
    public static string? Card(string? address)
    {
        var plain = Plain(address);
        var dot = plain.LastIndexOf('.');
        return dot > 0 ? plain[..dot] : null;
    }

    private static int? Number(string digits) => int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : null;
}
