using System.Net;
using OpsKit.Lab.Doors;
using OpsKit.Lab.Enclosures.Ilo;
using OpsKit.Lab.Enclosures.Oa;
using OpsKit.Lab.Enclosures.VirtualConnect;

namespace OpsKit.Lab.Enclosures;

/// <summary>An enclosure of a lab that serves: the shells of its Onboard Administrators, modules and iLOs.</summary>
internal sealed class EnclosurePart(EnclosureSite site) : IAsyncDisposable
{
    public EnclosureSite Site => site;

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
