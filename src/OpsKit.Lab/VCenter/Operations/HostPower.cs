using OpsKit.Lab.Estate;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>Restarts and shutdowns of hosts. The task is over when the host begins to go down; it is away for as long as it takes.</summary>
internal sealed class HostPower(OperationContext context)
{
    public static void Register(LabOperations operations, OperationContext context)
    {
        var family = new HostPower(context);
        operations.Add<RebootHostTaskRequest>("RebootHost_Task", (call, request) => family.GoDown(call, request, "HostSystem.reboot", request.Force == true, HostLife.RestartAsync));
        operations.Add<ShutdownHostTaskRequest>("ShutdownHost_Task", (call, request) => family.GoDown(call, request, "HostSystem.shutdown", request.Force == true, HostLife.ShutdownAsync));
    }

    private ManagedObjectReference GoDown(LabCall call, VimRequest request, string descriptionId, bool force, Func<LabEstate, LabHost, CancellationToken, Task> go)
    {
        var host = context.Host(request.Self);
        return context.OnHost(call, request, descriptionId, host, async run =>
        {
            lock (context.Estate.Gate)
            {
                OperationContext.DemandConnected(host);
                if (host.Restarting || (!host.InMaintenanceMode && !force))
                    throw OperationFaults.InvalidState();
            }

            await run.PassAsync(TimeSpan.FromSeconds(3)).ConfigureAwait(false);
            lock (context.Estate.Gate)
            {
                context.Inventory.Events.Add(new HostShutdownEvent { Reason = "" }, host, call.Account.User, $"Shut down of {host.Name} in {context.Inventory.VCenter.Datacenter}");
                _ = EndQuietlyAsync(go(context.Estate, host, context.Tasks.Stopping));
            }

            return null;
        });
    }

    /// <summary>The lab may end while a host is away.</summary>
    private static async Task EndQuietlyAsync(Task life)
    {
        try
        {
            await life.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
