using OpsKit.Lab.Doors;
using OpsKit.Lab.Enclosures.Vcsu;
using OpsKit.Lab.Enclosures.XmlData;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Network;
using OpsKit.Lab.Operations;

namespace OpsKit.Lab.Enclosures;

/// <summary>All enclosures of a lab that serves: their shells, their XML, and the utility that updates their modules.</summary>
internal sealed class LabEnclosures : IAsyncDisposable
{
    private readonly List<EnclosurePart> _parts;

    private LabEnclosures(LabEstate estate, LabNetwork network, FaultList faults, OperationLog log)
    {
        _parts = estate.Enclosures.ConvertAll(enclosure => new EnclosurePart(new EnclosureSite(estate, enclosure, network, log)));
        var sites = _parts.ConvertAll(part => part.Site);
        XmlData = new XmlDataServer(estate, network, faults, log, sites);
        Vcsu = new VcsuEndpoint(sites, faults);
    }

    /// <summary>The HTTPS of Onboard Administrators and iLOs: one port at all of their addresses.</summary>
    public XmlDataServer XmlData { get; }

    /// <summary>The utility's half that is in the lab.</summary>
    public VcsuEndpoint Vcsu { get; }

    /// <summary>Opens them.</summary>
    /// <param name="estate">The estate.</param>
    /// <param name="network">Its network.</param>
    /// <param name="faults">What goes wrong.</param>
    /// <param name="log">Hears of everything.</param>
    /// <param name="doors">Gets the shells.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<LabEnclosures> StartAsync(LabEstate estate, LabNetwork network, FaultList faults, OperationLog log, ShellDoors doors, CancellationToken cancellationToken)
    {
        var enclosures = new LabEnclosures(estate, network, faults, log);
        try
        {
            foreach (var part in enclosures._parts)
                part.Open(doors);
            await enclosures.XmlData.StartAsync(cancellationToken).ConfigureAwait(false);
            return enclosures;
        }
        catch
        {
            await enclosures.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await XmlData.DisposeAsync().ConfigureAwait(false);
        foreach (var part in _parts)
            await part.DisposeAsync().ConfigureAwait(false);
    }
}
