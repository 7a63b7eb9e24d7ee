using System.Net;
using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Sessions;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Lab.VCenter.Views;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Search;

/// <summary>The search index, under the estate's gate.</summary>
internal sealed class SearchOperations(LabEstate estate, LabVCenter vcenter, ObjectSpace space)
{
    private ILabInventory Inventory => space.Inventory;

    internal IEnumerable<ManagedObjectReference> ByUuid(ManagedObjectReference? datacenter, string uuid, bool machines, bool byInstance) => machines
        ? Machines(datacenter, machine => Same(byInstance ? machine.InstanceUuid : machine.Uuid, uuid))
        : Hosts(datacenter, host => Same(host.Uuid, uuid));

    internal IEnumerable<ManagedObjectReference> ByDnsName(ManagedObjectReference? datacenter, string name, bool machines) => machines
        ? Machines(datacenter, machine => Guest(machine)?.HostName is { } guest && Same(guest, name))
        : Hosts(datacenter, host => Same(host.Name, name));

    internal IEnumerable<ManagedObjectReference> ByIp(ManagedObjectReference? datacenter, string ip, bool machines)
    {
        if (!IPAddress.TryParse(ip, out var address))
            throw VimFaults.InvalidArgument("ip");
        return machines
            ? Machines(datacenter, machine => Guest(machine) is { } guest && (guest.IpAddress == ip || guest.Net.Any(nic => nic.IpAddress.Contains(ip))))
            : Hosts(datacenter, host => host.Address.Equals(address) || host.Vmks.Any(vmk => vmk.Management && vmk.Address.Equals(address)));
    }

    internal ManagedObjectReference? ByDatastorePath(ManagedObjectReference datacenter, string path)
    {
        if (space.Shape(datacenter).Name != "Datacenter")
            throw VimFaults.InvalidArgument("datacenter");
        if (path is not ['[', ..] || !path.Contains(']', StringComparison.Ordinal))
            throw new LabFaultException(new InvalidDatastore { Name = path }, $"Invalid datastore path '{path}'.");
        return Machines(datacenter, machine => (Inventory.Property(Reference(machine), "summary") as VirtualMachineSummary)?.Config?.VmPathName == path).FirstOrDefault();
    }

    /// <summary>Names from the root folder down, which itself is not named; slashes within a name are <c>%2f</c>.</summary>
    internal ManagedObjectReference? ByInventoryPath(string path)
    {
        ManagedObjectReference? at = WellKnown.RootFolder;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at is null)
                return null;
            at = Child(at, name);
        }

        return at;
    }

    internal ManagedObjectReference? Child(ManagedObjectReference entity, string name)
    {
        if (!space.Shape(entity).Is("ManagedEntity"))
            throw VimFaults.InvalidArgument("entity");
        return Containment.DirectlyIn(Inventory, entity).FirstOrDefault(child => Inventory.Property(child, "name") is string own && Same(own, name));
    }

    private IEnumerable<ManagedObjectReference> Machines(ManagedObjectReference? datacenter, Func<LabMachine, bool> matches) =>
        InDatacenter(datacenter, estate.Machines.Where(machine => machine.VCenter == vcenter && matches(machine)).Select(Reference));

    private IEnumerable<ManagedObjectReference> Hosts(ManagedObjectReference? datacenter, Func<LabHost, bool> matches) =>
        InDatacenter(datacenter, estate.Hosts.Where(host => host.VCenter == vcenter && matches(host)).Select(host => new ManagedObjectReference("HostSystem", host.Id)));

    private IEnumerable<ManagedObjectReference> InDatacenter(ManagedObjectReference? datacenter, IEnumerable<ManagedObjectReference> found)
    {
        if (datacenter is null)
            return found;
        return space.Shape(datacenter).Name == "Datacenter" ? found.Where(one => IsUnder(one, datacenter)) : throw VimFaults.InvalidArgument("datacenter");
    }

    private bool IsUnder(ManagedObjectReference entity, ManagedObjectReference ancestor)
    {
        for (var at = entity; at is not null; at = Inventory.Property(at, "parent") as ManagedObjectReference)
        {
            if (at == ancestor)
                return true;
        }

        return false;
    }

    private GuestInfo? Guest(LabMachine machine) => Inventory.Property(Reference(machine), "guest") as GuestInfo;

    private static ManagedObjectReference Reference(LabMachine machine) => new("VirtualMachine", machine.Id);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
