using System.Net;
using Microsoft.Extensions.Time.Testing;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Network;

namespace OpsKit.Lab.Tests.Network;

/// <summary>The estate of the field notes with its network, and a clock in the hand.</summary>
internal sealed class NetworkLab : IAsyncDisposable
{
    public static readonly TimeSpan Ping = TimeSpan.FromSeconds(1);

    public NetworkLab(LabSize size = LabSize.Field, int seed = 1, double speed = 1)
    {
        Clock = new LabClock(Real, speed);
        Estate = EstateBuilder.Build(size, seed, Clock);
        Faults = new FaultList(Clock);
        Network = new LabNetwork(Estate, Faults);
    }

    public FakeTimeProvider Real { get; } = new(new DateTimeOffset(2012, 3, 1, 22, 0, 0, TimeSpan.Zero));

    public LabClock Clock { get; }

    public LabEstate Estate { get; }

    public FaultList Faults { get; }

    public LabNetwork Network { get; }

    public LabEnclosure Enclosure => Estate.Enclosures[0];

    public LabHost Host(int number) => Estate.Hosts[number - 1];

    public LabInterconnect Module(int bay) => Enclosure.Interconnects[bay - 1];

    /// <summary>Pings each address once a second, half a second past the full one; how many were lost of each.</summary>
    public Dictionary<IPAddress, int> LostPings(TimeSpan span, IReadOnlyList<IPAddress> addresses)
    {
        var lost = addresses.ToDictionary(address => address, _ => 0);
        Real.Advance(Ping / 2);
        for (var time = TimeSpan.Zero; time < span; time += Ping)
        {
            foreach (var address in addresses.Where(address => !Network.IsReachable(address)))
                lost[address]++;
            Real.Advance(Ping);
        }

        Real.Advance(Ping / 2);
        return lost;
    }

    public int LostPings(TimeSpan span, LabHost host) => LostPings(span, [host.Address])[host.Address];

    /// <summary>All addresses that answer now.</summary>
    public List<IPAddress> Reachable() => [.. Everything().Where(Network.IsReachable)];

    public IEnumerable<IPAddress> Everything() => Estate.Hosts.SelectMany(host => host.Vmks).Select(vmk => vmk.Address)
        .Concat(Estate.Machines.Select(machine => machine.Address).OfType<IPAddress>())
        .Concat(Estate.Enclosures.SelectMany(enclosure => enclosure.Oas).Select(oa => oa.Address))
        .Concat(Estate.Enclosures.SelectMany(enclosure => enclosure.Interconnects).Select(module => module.Address))
        .Concat(Estate.Hosts.Select(host => host.IloAddress).OfType<IPAddress>());

    public ValueTask DisposeAsync() => Network.DisposeAsync();
}
