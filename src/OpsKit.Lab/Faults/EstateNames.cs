using OpsKit.Connections.Inventory;
using OpsKit.Lab.Doors;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Faults;

/// <summary>What of an estate a fault can name: a fault that names nothing is a slip.</summary>
internal sealed class EstateNames(LabEstate estate, ShellDoors doors)
{
    /// <summary>Whether anything is called so; <c>*</c> and <c>?</c> stand for any text.</summary>
    public bool Has(string pattern)
    {
        lock (estate.Gate)
            return All().Any(name => GlobPattern.Matches(pattern, name));
    }

    private IEnumerable<string> All() => estate.VCenters.Select(vCenter => vCenter.Name)
        .Concat(doors.All.SelectMany(shell => new[] { shell.Name, shell.Address.ToString() }))
        .Concat(estate.Enclosures.SelectMany(enclosure => enclosure.Oas.Select(oa => oa.Name).Append(enclosure.Name)))
        .Concat(estate.Hosts.SelectMany(host => host.Vmks.Select(vmk => vmk.Address.ToString()).Append(host.Name)))
        .Concat(estate.Machines.SelectMany(machine => new[] { machine.Name, machine.Address?.ToString() ?? "" }));
}
