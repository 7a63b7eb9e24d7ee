using System.Net;
using OpsKit.Lab.Doors;
using OpsKit.Lab.Enclosures.Ilo;
using OpsKit.Lab.Enclosures.Oa;
using OpsKit.Lab.Enclosures.VirtualConnect;
using OpsKit.Lab.Enclosures.XmlData;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Network;
using OpsKit.Lab.Operations;

namespace OpsKit.Lab.Enclosures;

/// <summary>An enclosure of a lab that serves: the shells of its Onboard Administrators, modules and iLOs.</summary>
internal sealed class EnclosurePart(EnclosureSite site) : IAsyncDisposable
{
    public EnclosureSite Site => site;

    /// <summary>Opens all enclosures of an estate.</summary>
    /// <param name="estate">The estate.</param>
    /// <param name="network">Its network.</param>
    /// <param name="faults">What goes wrong.</param>
    /// <param name="log">Hears of everything.</param>
    /// <param name="doors">Gets the shells.</param>
    /// <param name="parts">Gets what ends with the lab.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<XmlDataServer> StartAllAsync(
        LabEstate estate, LabNetwork network, FaultList faults, OperationLog log, ShellDoors doors, Stack<IAsyncDisposable> parts, CancellationToken cancellationToken)
    {
        var enclosures = estate.Enclosures.ConvertAll(enclosure => new EnclosurePart(new EnclosureSite(estate, enclosure, network, log)));
        foreach (var enclosure in enclosures)
        {
            parts.Push(enclosure);
            enclosure.Open(doors);
        }

        var xmlData = new XmlDataServer(estate, network, faults, log, enclosures.Select(enclosure => enclosure.Site));
        parts.Push(xmlData);
        await xmlData.StartAsync(cancellationToken).ConfigureAwait(false);
        return xmlData;
    }

    /// <summary>Opens its shells.</summary>
    public void Open(ShellDoors doors)
    {
        foreach (var (endpoint, address) in Shells())
            doors.Add(new LabShell(endpoint, address, SshKey.Create()));
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    private IEnumerable<(IShellEndpoint Endpoint, IPAddress Address)> Shells()
    {
        foreach (var oa in site.Enclosure.Oas)
            yield return (new OaShell(site, oa), oa.Address);
        foreach (var module in site.Enclosure.Interconnects)
            yield return (new VcShell(site, module), module.Address);
        foreach (var blade in site.Estate.Hosts.Where(host => host.Enclosure == site.Enclosure))
        {
            if (blade.IloAddress is { } address)
                yield return (new IloShell(site, blade), address);
        }
    }
}
