using System.Text.RegularExpressions;
using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.VirtualConnect.Texts;

/// <summary>Reads <c>SHOW SERVER INFO</c> and <c>SHOW SERVER STATUS</c>.</summary>
internal static partial class ServerTexts
{
    /// <summary>The blades; empty and covered bays are left out.</summary>
    /// <param name="info">The answer to <c>SHOW SERVER INFO ALL</c>.</param>
    /// <param name="status">The answer to <c>SHOW SERVER STATUS ALL</c>.</param>
    /// <exception cref="Connections.OpsKitException">One of them cannot be understood.</exception>
    public static IReadOnlyList<BladeState> Blades(string info, string status)
    {
        var states = DeviceText.Blocks(status, StatusHeading, "SHOW SERVER STATUS ALL").ToDictionary(block => block.Bay);
        return [.. DeviceText.Blocks(info, InfoHeading, "SHOW SERVER INFO ALL").Where(block => !IsEmpty(block)).Select(block => Blade(block, states.GetValueOrDefault(block.Bay)))];
    }

    private static BladeState Blade(DeviceBlock facts, DeviceBlock? state)
    {
        var own = facts.Lines.TakeWhile(line => !line.TrimStart().StartsWith(Processor, StringComparison.OrdinalIgnoreCase)).ToList();
        var ilo = new DeviceBlock(facts.Bay, "", [.. facts.Lines.Skip(own.Count)]);
        var blade = new DeviceBlock(facts.Bay, "", own);
        return new BladeState
        {
            Bay = facts.Bay,
            Product = DeviceText.Said(blade["Product Name"]),
            Serial = DeviceText.Said(blade["Serial Number"]),
            Uuid = DeviceText.Said(blade["UUID"])?.ToLowerInvariant(),
            ServerName = DeviceText.Said(blade["Server Name"]),
            Power = DeviceText.Said(state?["Power"]),
            Health = state?["Health"],
            IloAddress = DeviceText.Said(ilo["IP Address"]),
            IloFirmware = DeviceText.Said(ilo["Firmware Version"]),
            Nics = [.. own.Select(Nic).OfType<BladeNic>()],
        };
    }

    /// <summary>A line whose value is a MAC address. Ports of Fibre Channel have eight bytes and are none.</summary>
    private static BladeNic? Nic(string line) =>
        Port.Match(line) is { Success: true } port && DeviceText.MacOf(port.Groups["mac"].Value) is { } mac
            ? new BladeNic(port.Groups["port"].Value.Trim().Replace("Ethernet FlexNIC ", "", StringComparison.OrdinalIgnoreCase), mac)
            : null;

    private static bool IsEmpty(DeviceBlock block) => block["Server Blade Type"] is { } type
        && (type.Contains("No Server Blade", StringComparison.OrdinalIgnoreCase) || type.Contains("Subsumed", StringComparison.OrdinalIgnoreCase));

    private const string Processor = "Management Processor Information";

    [GeneratedRegex(@"^\s*Server Blade #(?<bay>\d{1,2}) Information:", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InfoHeading { get; }

    [GeneratedRegex(@"^\s*Blade #(?<bay>\d{1,2}) Status:", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StatusHeading { get; }

    /// <summary>The port's name may have colons in it, as <c>LOM1:1-a</c>.</summary>
    [GeneratedRegex(@"^\s*(?<port>\S.*?):\s+(?<mac>[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5})\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Port { get; }
}
