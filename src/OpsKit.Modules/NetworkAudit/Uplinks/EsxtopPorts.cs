using System.Globalization;
using System.Text.RegularExpressions;
using OpsKit.Connections;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>A port of a virtual machine among the counters of <c>esxtop</c>.</summary>
/// <param name="Id">Its number.</param>
/// <param name="World">The machine's world.</param>
/// <param name="Switch">Its virtual switch.</param>
internal sealed record EsxtopPort(long Id, long World, string Switch)
{
    /// <summary>Where <c>vsish</c> tells its NIC.</summary>
    public string Node => string.Create(CultureInfo.InvariantCulture, $"/net/portsets/{Switch}/ports/{Id}/teamUplink");
}

/// <summary>
/// Reads the ports out of the names of counters in batch mode: <c>\\esx01\Network Port(vSwitch6:134217730:36139:name)\MBits Transmitted/sec</c>. A machine's name
/// comes last and may hold anything; what stands before it is enough.
/// </summary>
internal static partial class EsxtopPorts
{
    /// <summary>The ports of virtual machines; those of the host itself have no world.</summary>
    /// <exception cref="OpsKitException">It is no such output, or was cut off.</exception>
    public static IReadOnlyList<EsxtopPort> Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").TrimStart('\n').Split('\n');
        if (!lines[0].StartsWith("\"(PDH-CSV", StringComparison.Ordinal) || lines.Length < 3 || lines[1].Length == 0 || lines[^1].Length > 0)
            throw new OpsKitException(FailureKind.Failed, "the output of \"esxtop -b\" cannot be read: it is cut off, or no list of counters");
        return
        [
            .. Port().Matches(lines[0])
                .Select(match => new EsxtopPort(Number(match, "port"), Number(match, "world"), match.Groups["switch"].Value))
                .DistinctBy(port => port.Id),
        ];
    }

    private static long Number(Match match, string group) => long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"""\\\\[^\\""]+\\Network Port\((?<switch>[^:()""]+):(?<port>[0-9]{1,18}):(?<world>[0-9]{1,18}):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Port();
}
