using System.Globalization;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures;

/// <summary>One function of a blade's 10 Gb port: which adapter, port and letter it is, and where it leads.</summary>
/// <param name="Nic">The NIC.</param>
/// <param name="Adapter">The adapter's number, from 1.</param>
/// <param name="Port">The port on the adapter, from 1.</param>
/// <param name="Function">Its function, from 0.</param>
/// <param name="OnBoard">Whether the adapter is on a FlexLOM, which newer blades have; <c>LOM</c> elsewhere.</param>
internal sealed record FlexNic(LabPNic Nic, int Adapter, int Port, int Function, bool OnBoard)
{
    private const int FirstBus = 4;

    /// <summary>Such as <c>LOM1:2-a</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Slot}{Adapter}:{Port}-{"abcd"[Function]}");

    public string Slot => OnBoard ? "FLB" : "LOM";

    /// <summary>The interconnect bay its port is wired to, whether a profile uses it or not.</summary>
    public int InterconnectBay => Nic.InterconnectBay > 0 ? Nic.InterconnectBay : Port;

    /// <summary>In the order of adapters, ports, functions.</summary>
    public static IReadOnlyList<FlexNic> Of(LabHost blade) =>
        [.. blade.PNics.Select(Of).OrderBy(nic => nic.Adapter).ThenBy(nic => nic.Port).ThenBy(nic => nic.Function)];

    /// <summary>Bus and function of the PCI address say it: two ports an adapter, whose functions alternate.</summary>
    private static FlexNic Of(LabPNic nic)
    {
        var bus = int.Parse(nic.Pci.AsSpan(5, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var function = nic.Pci[^1] - '0';
        return new FlexNic(nic, bus - FirstBus + 1, function % 2 + 1, function / 2, nic.Description.Contains("FLB", StringComparison.Ordinal));
    }
}
