using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Views;

/// <summary>What is in what, as container views and inventory paths see it.</summary>
internal static class Containment
{
    /// <summary>Entities that may be the container of a view.</summary>
    internal static bool IsContainer(TypeShape type) =>
        type.Is("Folder") || type.Is("Datacenter") || type.Is("ComputeResource") || type.Is("ResourcePool") || type.Is("HostSystem");

    /// <summary>What a container holds, and, where that is wanted, what that holds; each object once.</summary>
    internal static IEnumerable<ManagedObjectReference> Of(ILabInventory inventory, ManagedObjectReference container, bool recursive)
    {
        if (!recursive)
        {
            foreach (var child in DirectlyIn(inventory, container))
                yield return child;
            yield break;
        }

        var seen = new HashSet<ManagedObjectReference> { container };
        var waiting = new Queue<ManagedObjectReference>([container]);
        while (waiting.TryDequeue(out var next))
        {
            foreach (var child in inventory.Children(next))
            {
                if (!seen.Add(child))
                    continue;
                yield return child;
                if (TypeShape.OfManagedObject(child.Type) is { } shape && IsContainer(shape))
                    waiting.Enqueue(child);
            }
        }
    }

    /// <summary>What a container holds itself.</summary>
    internal static IEnumerable<ManagedObjectReference> DirectlyIn(ILabInventory inventory, ManagedObjectReference container)
    {
        var holdsGuests = container.Type is "ResourcePool" or "VirtualApp" or "HostSystem";
        return inventory.Children(container).Where(child => holdsGuests || container.Equals(inventory.Property(child, "parent")));
    }
}
