using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>Faults of reading, worded as a vCenter words them.</summary>
internal static class InventoryFaults
{
    public static LabFaultException NotFound(ManagedObjectReference reference) =>
        new(new ManagedObjectNotFound { Obj = reference }, $"The object 'vim.{reference}' has already been deleted or has not been completely created");

    public static LabFaultException InvalidProperty(string name) => new(new InvalidProperty { Name = name }, $"The property \"{name}\" does not exist.");
}
