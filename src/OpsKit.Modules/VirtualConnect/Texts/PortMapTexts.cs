using System.Globalization;
using System.Text.RegularExpressions;
using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.VirtualConnect.Texts;

/// <summary>
/// Reads <c>SHOW SERVER PORT MAP</c> and <c>SHOW INTERCONNECT PORT MAP</c>. No capture of either is public, so that they are read by the names of their columns alone:
/// a layout without those is unreadable, and nothing is made of it.
/// </summary>
internal static partial class PortMapTexts
{
    private const string ServerCommand = "SHOW SERVER PORT MAP ALL";
    private const string InterconnectCommand = "SHOW INTERCONNECT PORT MAP ALL";

    /// <summary>The links of all blades, a FlexNIC each.</summary>
    /// <exception cref="Connections.OpsKitException">It cannot be understood.</exception>
    public static IReadOnlyList<PortLink> OfServers(string text) => Links(
        DeviceText.Blocks(text, ServerHeading, ServerCommand), ServerCommand, ["Port", "Interconnect Bay", "Device ID"],
        (block, row, mac) => Number(row["Interconnect Bay"]) is { } module ? new PortLink(module, block.Bay, row["Port"], mac) : null);

    /// <summary>The links of all modules, a port each.</summary>
    /// <exception cref="Connections.OpsKitException">It cannot be understood.</exception>
    public static IReadOnlyList<PortLink> OfInterconnects(string text) => Links(
        DeviceText.Blocks(text, InterconnectHeading, InterconnectCommand), InterconnectCommand, ["Device Bay", "Adapter", "Adapter Port", "Device ID"],
        (block, row, mac) => Number(row["Device Bay"]) is { } blade ? new PortLink(block.Bay, blade, $"{row["Adapter"]}:{row["Adapter Port"]}", mac) : null);

    private static List<PortLink> Links(
        IReadOnlyList<DeviceBlock> blocks, string command, string[] needed, Func<DeviceBlock, Dictionary<string, string>, string, PortLink?> link)
    {
        var links = new List<PortLink>();
        foreach (var block in blocks)
        {
            string[]? columns = null;
            foreach (var fields in block.Lines.Select(line => Gap.Split(line.Trim())))
            {
                if (needed.All(name => fields.Contains(name, StringComparer.OrdinalIgnoreCase)))
                {
                    columns = fields;
                    continue;
                }

                // Rows without an address are empty slots, rulers and remarks.
                if (DeviceText.MacOf(fields[^1]) is not { } mac)
                    continue;
                if (columns is null || columns.Length != fields.Length)
                    throw DeviceText.Unreadable(command, $"the row \"{string.Join(' ', fields)}\" does not fit the columns above it");
                var row = columns.Zip(fields).DistinctBy(pair => pair.First, StringComparer.OrdinalIgnoreCase).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.OrdinalIgnoreCase);
                links.Add(link(block, row, mac) ?? throw DeviceText.Unreadable(command, $"the row \"{string.Join(' ', fields)}\" names no bay"));
            }
        }

        return links;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 100 ? number : null;

    [GeneratedRegex(@"^\s*(Server )?Blade #(?<bay>\d{1,2})\b(?<rest>.*)\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ServerHeading { get; }

    [GeneratedRegex(@"^(?<bay>\d{1,2}):\s*(?<rest>.*)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InterconnectHeading { get; }

    [GeneratedRegex(@"\t+| {2,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Gap { get; }
}
