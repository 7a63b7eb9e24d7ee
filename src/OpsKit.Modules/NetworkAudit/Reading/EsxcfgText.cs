using System.Globalization;
using System.Text.RegularExpressions;
using OpsKit.Connections;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Reads <c>esxcfg-nics -l</c> and <c>esxcfg-vswitch -l</c>, all that ESXi 4 has. A line that does not fit is an error, not a NIC less.</summary>
internal static partial class EsxcfgText
{
    /// <summary>The NICs.</summary>
    /// <exception cref="OpsKitException">It is cut off, or no such list.</exception>
    public static IReadOnlyList<HostNic> Nics(string text)
    {
        var lines = Lines(text, "esxcfg-nics");
        if (lines is not [var header, .. var rows] || !header.StartsWith("Name", StringComparison.Ordinal))
            throw Odd("esxcfg-nics", "it does not begin with its header");
        return [.. rows.Select(Nic).OrderBy(nic => nic.Device, NicOrder.Instance)];
    }

    /// <summary>The switches: of each, the line under its header. What follows of port groups and ports is indented.</summary>
    /// <exception cref="OpsKitException">It is cut off, or no such list.</exception>
    public static IReadOnlyList<HostSwitch> Switches(string text)
    {
        var switches = new List<HostSwitch>();
        var lines = Lines(text, "esxcfg-vswitch");
        for (var at = 0; at < lines.Count; at++)
        {
            var distributed = lines[at].StartsWith("DVS Name ", StringComparison.Ordinal);
            if (!distributed && !lines[at].StartsWith("Switch Name ", StringComparison.Ordinal))
                continue;
            if (at + 1 == lines.Count || SwitchLine().Match(lines[at + 1]) is not { Success: true } match)
                throw Odd("esxcfg-vswitch", "the line under a switch's header does not fit it");
            switches.Add(new HostSwitch
            {
                Name = match.Groups["name"].Value,
                Distributed = distributed,
                Mtu = long.Parse(match.Groups["mtu"].Value, CultureInfo.InvariantCulture),
                Active = match.Groups["uplinks"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                Discovery = distributed ? null : "cdp",
            });
        }

        return switches;
    }

    private static HostNic Nic(string line)
    {
        if (NicLine().Match(line) is not { Success: true } match)
            throw Odd("esxcfg-nics", $"a line does not fit the header: \"{line.Trim()}\"");
        var speed = long.Parse(match.Groups["speed"].Value, CultureInfo.InvariantCulture);
        var up = match.Groups["link"].Value == "Up" && speed > 0;
        return new HostNic
        {
            Device = match.Groups["name"].Value,
            Pci = PciAddress.Plain(match.Groups["pci"].Value),
            Driver = match.Groups["driver"].Value,
            Mac = match.Groups["mac"].Value,
            SpeedMb = up ? speed : null,
            FullDuplex = up ? match.Groups["duplex"].Value == "Full" : null,
            Description = match.Groups["description"].Value is { Length: > 0 } description ? description : null,
        };
    }

    private static List<string> Lines(string text, string program)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines[^1].Length == 0 ? [.. lines.Where(line => line.Trim().Length > 0)] : throw Odd(program, "it is cut off within its last line");
    }

    private static OpsKitException Odd(string program, string why) => new(FailureKind.Failed, $"the output of {program} cannot be read: {why}");

    [GeneratedRegex(@"^(?<name>\S+) +(?<pci>\S+) +(?<driver>\S+) +(?<link>Up|Down) +(?<speed>[0-9]{1,9})Mbps +(?<duplex>Full|Half) +(?<mac>\S+) +[0-9]+ *(?<description>.*?) *$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NicLine();

    [GeneratedRegex(@"^(?<name>\S.*?) +[0-9]+ +[0-9]+ +[0-9]+ +(?<mtu>[0-9]{1,9}) *(?<uplinks>\S*) *$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SwitchLine();
}
