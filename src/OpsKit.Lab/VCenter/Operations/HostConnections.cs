using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>Disconnecting hosts from vCenter and taking them back.</summary>
internal sealed class HostConnections(OperationContext context)
{
    public static void Register(LabOperations operations, OperationContext context)
    {
        var family = new HostConnections(context);
        operations.Add<DisconnectHostTaskRequest>("DisconnectHost_Task", family.Disconnect);
        operations.Add<ReconnectHostTaskRequest>("ReconnectHost_Task", family.Reconnect);
        operations.Add<QueryHostConnectionInfoRequest>("QueryHostConnectionInfo", (_, request) =>
        {
            var host = context.Host(request.Self);
            OperationContext.DemandConnected(host);
            return HostView.Connection(context.Inventory, host);
        });
    }

    private ManagedObjectReference Disconnect(LabCall call, DisconnectHostTaskRequest request)
    {
        var host = context.Host(request.Self);
        return context.OnHost(call, request, "HostSystem.disconnect", host, async run =>
        {
            lock (context.Estate.Gate)
            {
                if (host.ConnectionState == "disconnected")
                    throw OperationFaults.InvalidState();
            }

            await run.PassAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(false);
            Become(host, "disconnected", new HostDisconnectedEvent { Reason = "user" }, call.Account.User, $"Disconnected from {host.Name} in {context.Inventory.VCenter.Datacenter}. Reason: User request");
            return null;
        });
    }

    private ManagedObjectReference Reconnect(LabCall call, ReconnectHostTaskRequest request)
    {
        var host = context.Host(request.Self);
        return context.OnHost(call, request, "HostSystem.reconnect", host, async run =>
        {
            lock (context.Estate.Gate)
            {
                if (host.ConnectionState == "connected")
                    throw OperationFaults.InvalidState();
            }

            await run.PassAsync(TimeSpan.FromSeconds(8)).ConfigureAwait(false);
            if (!host.PoweredOn)
                throw OperationFaults.HostNotConnected(host);
            Become(host, "connected", new HostConnectedEvent(), call.Account.User, $"Connected to {host.Name} in {context.Inventory.VCenter.Datacenter}");
            return null;
        });
    }

    private void Become(LabHost host, string state, HostEvent happened, string user, string message)
    {
        lock (context.Estate.Gate)
        {
            host.ConnectionState = state;
            context.Estate.Touch(host);
            foreach (var machine in context.Inventory.Whereabouts.On(host))
                context.Estate.Touch(machine);
            context.Inventory.Events.Add(happened, host, user, message);
        }
    }
}
