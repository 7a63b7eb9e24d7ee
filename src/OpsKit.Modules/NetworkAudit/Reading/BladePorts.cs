using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Which ports of an enclosure's blades lead to which interconnect bay, by the MAC addresses of their NICs; from <c>SHOW SERVER PORT MAP ALL</c>.</summary>
internal sealed partial class BladePorts
{
    private readonly Dictionary<string, (string Port, int Bay)> _byMac = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many ports are known.</summary>
    public int Count => _byMac.Count;

    /// <summary>
    /// Reads the map. No capture of a real one is known to this program's authors: what is relied on is one port a line, with its name, a MAC address, and the
    /// interconnect bay under a heading that says so. A line without one of them says nothing.
    /// </summary>
    public static BladePorts Read(string text)
    {
        var ports = new BladePorts();
        (int Start, int End)? column = null;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var heading = line.IndexOf("Interconnect Bay", StringComparison.OrdinalIgnoreCase);
            if (heading >= 0)
            {
                column = (heading, heading + "Interconnect Bay".Length);
                continue;
            }

            if (column is { } place && Mac().Match(line) is { Success: true } mac && Port().Match(line) is { Success: true } port && line.Length > place.Start
                && int.TryParse(line.AsSpan(place.Start, Math.Min(place.End, line.Length) - place.Start).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var bay))
            {
                ports._byMac[Plain(mac.Value)] = (port.Value, bay);
            }
        }

        return ports;
    }

    /// <summary>The host with what is known of its NICs' ports.</summary>
    public HostNetwork AddTo(HostNetwork host) => host with
    {
        Nics =
        [
            .. host.Nics.Select(nic => nic.Mac is { } mac && _byMac.TryGetValue(Plain(mac), out var known) ? nic with { BladePort = known.Port, InterconnectBay = known.Bay } : nic),
        ],
    };

    private static string Plain(string mac) => mac.Replace('-', ':');

    [GeneratedRegex(@"\b[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mac();

    [GeneratedRegex(@"\b(LOM|FLB|MEZZ|MZ)[ 0-9]{0,2}:[0-9]-?[a-d]?\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Port();
}
