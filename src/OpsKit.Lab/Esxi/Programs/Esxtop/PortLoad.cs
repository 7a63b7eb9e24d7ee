using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Programs.Esxtop;

/// <summary>A port as the network view shows it, with what goes through it.</summary>
internal sealed record PortLoad(long Id, string UsedBy, string TeamNic, string Switch, long? World)
{
    private const double BytesOfPacket = 700;

    public double Sent { get; init; }

    public double Received { get; init; }

    public double SentMbit => Sent * BytesOfPacket * 8 / 1_000_000;

    public double ReceivedMbit => Received * BytesOfPacket * 8 / 1_000_000;

    /// <summary>All ports of a host, those of the switches themselves first. Called under the gate.</summary>
    public static IReadOnlyList<PortLoad> Of(LabEstate estate, LabHost host, DateTimeOffset at)
    {
        var loads = new List<PortLoad>();
        foreach (var ports in SwitchPorts.Of(estate, host).GroupBy(port => port.Switch))
        {
            var here = ports.OrderBy(port => port.Id).Select(port => Of(host, port, at)).ToList();
            loads.Add(new PortLoad(SwitchPorts.First(host, ports.Key) + 1, "Management", "n/a", ports.Key.Name, null));
            loads.AddRange(here.Select(load => load.TeamNic != "-" ? load : load with { Sent = here.Where(other => other.TeamNic == load.UsedBy).Sum(other => other.Sent), Received = here.Where(other => other.TeamNic == load.UsedBy).Sum(other => other.Received) }));
        }

        return loads;
    }

    private static PortLoad Of(LabHost host, SwitchPort port, DateTimeOffset at)
    {
        var world = port.Machine is { } machine ? Worlds.Of(host, machine) : (long?)null;
        var client = port.Machine is null || HostSettings.Major(host) >= 6 ? port.Client : port.Machine.Name;
        var load = new PortLoad(port.Id, client, port.IsUplink ? "-" : port.TeamUplink, port.Switch.Name, world);
        if (port.IsUplink || port.TeamUplink == SwitchPorts.NoUplink)
            return load;
        var seed = port.Mac.Aggregate(17u, (sum, letter) => unchecked((sum * 31) + letter)) + (uint)(at.ToUnixTimeSeconds() / 5);
        var rate = 5 + (unchecked(seed * 2654435761u) >> 8) % 400;
        return load with { Sent = rate, Received = rate * 1.4 };
    }
}
