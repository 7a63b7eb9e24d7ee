using System.Net;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Network;

/// <summary>Whose an address is. Read under the estate's gate.</summary>
internal sealed class AddressBook(LabEstate estate)
{
    private readonly Dictionary<IPAddress, object> _owners = [];
    private int _counted = -1;

    /// <summary>The VMkernel interface with its host, the machine, Onboard Administrator, module or host whose iLO has it; null for nobody.</summary>
    public object? OwnerOf(IPAddress address)
    {
        var count = estate.Hosts.Count + estate.Machines.Count + estate.Enclosures.Count;
        if (count != _counted)
        {
            Read();
            _counted = count;
        }

        if (_owners.TryGetValue(address, out var owner) && (owner is not LabMachine known || address.Equals(known.Address)))
            return owner;
        return estate.Machines.Find(machine => address.Equals(machine.Address));
    }

    /// <summary>What faults and reports call an owner.</summary>
    public static string NameOf(object owner) => owner switch
    {
        VmkOfHost vmk => vmk.Host.Name,
        IloOfHost ilo => ilo.Host.Name,
        LabMachine machine => machine.Name,
        LabOa oa => oa.Name,
        ModuleOfEnclosure module => $"{module.Enclosure.Name}-bay{module.Module.Bay}",
        _ => "",
    };

    private void Read()
    {
        _owners.Clear();
        foreach (var machine in estate.Machines)
        {
            if (machine.Address is { } address)
                _owners[address] = machine;
        }

        foreach (var enclosure in estate.Enclosures)
        {
            foreach (var oa in enclosure.Oas)
                _owners[oa.Address] = oa;
            foreach (var module in enclosure.Interconnects)
                _owners[module.Address] = new ModuleOfEnclosure(enclosure, module);
        }

        foreach (var host in estate.Hosts)
        {
            if (host.IloAddress is { } ilo)
                _owners[ilo] = new IloOfHost(host);
            foreach (var vmk in host.Vmks)
                _owners[vmk.Address] = new VmkOfHost(host, vmk);
        }
    }
}

internal sealed record VmkOfHost(LabHost Host, LabVmk Vmk);

internal sealed record IloOfHost(LabHost Host);

internal sealed record ModuleOfEnclosure(LabEnclosure Enclosure, LabInterconnect Module);
