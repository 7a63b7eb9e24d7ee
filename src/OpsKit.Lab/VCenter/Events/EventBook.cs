using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Events;

/// <summary>What happened in a vCenter: the newest ten thousand events.</summary>
internal sealed class EventBook(LabEstate estate, LabVCenter vCenter)
{
    private const int Kept = 10_000;
    private const int MostInAnswer = 1000;
    private readonly Queue<Event> _events = [];
    private int _key;

    public Event? Latest { get; private set; }

    /// <summary>Something about a machine.</summary>
    public void Add(VmEvent happened, LabMachine machine, string? user, string message)
    {
        happened.Vm = new VmEventArgument { Name = machine.Name, Vm = machine.Reference() };
        happened.Template = machine.IsTemplate;
        Add(happened, machine.Host, user, message);
    }

    /// <summary>Something about a host.</summary>
    public void Add(Event happened, LabHost host, string? user, string message)
    {
        happened.Key = ++_key;
        happened.ChainId = _key;
        happened.CreatedTime = estate.Clock.GetUtcNow();
        happened.UserName = user ?? "";
        happened.FullFormattedMessage = message;
        happened.Datacenter = new DatacenterEventArgument { Name = vCenter.Datacenter, Datacenter = new ManagedObjectReference("Datacenter", InventoryPlaces.DatacenterId) };
        happened.ComputeResource = new ComputeResourceEventArgument { Name = host.Cluster.Name, ComputeResource = host.Cluster.Reference() };
        happened.Host = new HostEventArgument { Name = host.Name, Host = host.Reference() };
        _events.Enqueue(happened);
        Latest = happened;
        if (_events.Count > Kept)
            _events.Dequeue();
    }

    /// <summary>Events a filter lets through, the oldest first; of many the newest.</summary>
    public IReadOnlyList<Event> Query(EventFilterSpec filter)
    {
        var most = filter.MaxCount is > 0 and var fewer ? Math.Min(fewer, MostInAnswer) : MostInAnswer;
        return [.. _events.Where(happened => Matches(happened, filter)).TakeLast(most)];
    }

    private static bool Matches(Event happened, EventFilterSpec filter) =>
        (filter.Time?.BeginTime is not { } begin || happened.CreatedTime >= begin)
        && (filter.Time?.EndTime is not { } end || happened.CreatedTime <= end)
        && (filter.UserName is not { } user || user.UserList.Count == 0 || user.UserList.Contains(happened.UserName ?? "", StringComparer.OrdinalIgnoreCase))
        && (filter.EventTypeId.Count == 0 || filter.EventTypeId.Contains($"vim.event.{happened.TypeName}"))
        && (filter.Type.Count == 0 || filter.Type.Contains(happened.TypeName))
        && (filter.Entity?.Entity is not { } entity || IsAbout(happened, entity, filter.Entity.Recursion ?? EventFilterSpecRecursionOption.All));

    private static bool IsAbout(Event happened, ManagedObjectReference entity, EventFilterSpecRecursionOption recursion)
    {
        ManagedObjectReference?[] path = [happened.Vm?.Vm, happened.Host?.Host, happened.ComputeResource?.ComputeResource, happened.Datacenter?.Datacenter, WellKnown.RootFolder];
        var self = Array.Find(path, reference => reference is not null);
        return (recursion != EventFilterSpecRecursionOption.Children && entity == self)
            || (recursion != EventFilterSpecRecursionOption.Self && entity != self && path.Contains(entity));
    }
}
