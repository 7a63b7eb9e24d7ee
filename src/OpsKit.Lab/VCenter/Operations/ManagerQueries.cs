using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>What the managers of licences and events answer.</summary>
internal static class ManagerQueries
{
    public static void Register(LabOperations operations, OperationContext context)
    {
        operations.Add<QueryAssignedLicensesRequest>("QueryAssignedLicenses", (_, request) =>
            LicenseView.Assignments(context.Inventory, string.IsNullOrEmpty(request.EntityId) ? null : request.EntityId));
        operations.Add<QueryEventsRequest>("QueryEvents", (_, request) => context.Inventory.Events.Query(request.Filter ?? throw OperationFaults.InvalidArgument("filter")));
    }
}
