using System.Text.RegularExpressions;
using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.VirtualConnect.Texts;

/// <summary>Reads <c>SHOW OA STATUS</c> and <c>SHOW OA INFO</c>.</summary>
internal static partial class OaTexts
{
    /// <summary>Bay, name, role, health and the check of the pair's firmware.</summary>
    /// <exception cref="Connections.OpsKitException">It cannot be understood.</exception>
    public static IReadOnlyList<OaState> Status(string text, string command) =>
    [
        .. DeviceText.Blocks(text, StatusHeading, command).Select(block => new OaState
        {
            Bay = block.Bay,
            Name = DeviceText.Said(block["Name"]),
            Role = block["Role"] is { Length: > 0 } role ? role : null,
            Status = DeviceText.Said(block["Status"]),
            FirmwareMismatch = block.Diagnoses().Where(diagnosis => diagnosis.What.Equals("Firmware Mismatch", StringComparison.OrdinalIgnoreCase)).Select(diagnosis => diagnosis.Value).FirstOrDefault(),
        }),
    ];

    /// <summary>The version of the firmware by bay; bays that tell none are left out.</summary>
    /// <exception cref="Connections.OpsKitException">It cannot be understood.</exception>
    public static IReadOnlyDictionary<int, string> Firmware(string text, string command) =>
        DeviceText.Blocks(text, InfoHeading, command)
            .Select(block => (block.Bay, Version: DeviceText.Said(block["Firmware Ver."] ?? block["Firmware Version"])))
            .Where(one => one.Version is not null)
            .ToDictionary(one => one.Bay, one => one.Version!);

    [GeneratedRegex(@"^\s*Onboard Administrator #(?<bay>\d{1,2}) Status:", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StatusHeading { get; }

    [GeneratedRegex(@"^\s*Onboard Administrator #(?<bay>\d{1,2}) information:", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InfoHeading { get; }
}
