using System.Net;
using OpsKit.Lab.Enclosures.Oa.Commands;

namespace OpsKit.Lab.Enclosures.XmlData;

/// <summary>Something that tells of itself in XML.</summary>
/// <param name="Name">What faults and the log call it.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Write">What it tells; null where it is set to tell nothing.</param>
internal sealed record XmlDataSource(string Name, IPAddress Address, Func<string?> Write)
{
    /// <summary>The Onboard Administrators of an enclosure and the iLOs of its blades.</summary>
    public static IEnumerable<XmlDataSource> Of(EnclosureSite site)
    {
        foreach (var oa in site.Enclosure.Oas)
            yield return new XmlDataSource(site.Enclosure.Name, oa.Address, () => OaXml.Write(site, oa));
        foreach (var blade in site.Estate.Hosts.Where(host => host.Enclosure == site.Enclosure))
        {
            if (blade.IloAddress is { } address)
                yield return new XmlDataSource(ServerInfo.IloName(blade), address, () => IloXml.Write(site, blade));
        }
    }
}
