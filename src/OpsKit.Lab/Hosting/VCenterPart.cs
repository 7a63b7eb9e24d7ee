using System.Globalization;
using OpsKit.Connections;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Operations;
using OpsKit.Lab.VCenter;
using OpsKit.Lab.VCenter.Http;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Lab.VCenter.Operations;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Lab.VCenter.Tasks;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Hosting;

/// <summary>A vCenter of a lab that serves: its inventory, what it does, and its web service with the faults asked for.</summary>
internal sealed class VCenterPart : IAsyncDisposable
{
    private readonly LabInventory _inventory;
    private readonly LabOperations _operations;
    private readonly VCenterServer _server;
    private readonly LabVCenter _vCenter;

    private VCenterPart(LabEstate estate, LabVCenter vCenter, OperationLog log, FaultList faults)
    {
        _vCenter = vCenter;
        _inventory = new LabInventory(estate, vCenter);
        _operations = new LabOperations(
            estate, _inventory, FailuresOf(faults), host => faults.Standing(FaultKind.HintsOneByOne, InventoryText.NameOf(host), "QueryNetworkHint") is not null);
        _server = new VCenterServer(estate, vCenter, log, new StaleInventory(_inventory, faults, vCenter.Name), _operations, VCenterFaults.Of(faults, estate.Clock));
    }

    public ServedVCenter Served => new(_vCenter, _server.Port, _server.Sha256Thumbprint, _server.CertificatePem);

    /// <summary>Starts it on a port of loopback; 0 for any that is free.</summary>
    /// <exception cref="OpsKitException">The port is taken.</exception>
    public static async Task<VCenterPart> StartAsync(LabEstate estate, LabVCenter vCenter, OperationLog log, FaultList faults, MessageCheck? check, int port, CancellationToken cancellationToken)
    {
        var part = new VCenterPart(estate, vCenter, log, faults);
        if (check is not null)
            part._server.Exchanged = check.Observe;
        try
        {
            await part._server.StartAsync(port, cancellationToken).ConfigureAwait(false);
            return part;
        }
        catch (IOException taken)
        {
            await part.DisposeAsync().ConfigureAwait(false);
            throw new OpsKitException(
                FailureKind.Usage,
                string.Create(CultureInfo.InvariantCulture, $"{vCenter.Name} cannot listen on port {port}: {taken.Message}"),
                next: "choose another with --port, or leave it out for one that is free");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync().ConfigureAwait(false);
        _operations.Dispose();
        _inventory.Dispose();
    }

    private static TaskFailures FailuresOf(FaultList faults) => (endpoint, operation) => faults.Next(endpoint, operation, FaultKind.TaskFailure) is null
        ? null
        : new LabFaultException(new SystemError { Reason = "a fault of the lab" }, $"A general system error occurred: a fault of the lab hit {operation}.");
}
