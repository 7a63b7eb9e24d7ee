using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Lab.VCenter.Tasks;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>What a vCenter does when it is asked: each family of operations in a class of its own.</summary>
internal sealed class LabOperations : ILabOperations, IDisposable
{
    private readonly LabEstate _estate;
    private readonly TaskRunner _tasks;
    private readonly Dictionary<string, Func<LabCall, VimRequest, object?>> _operations = new(StringComparer.Ordinal);

    public LabOperations(LabEstate estate, LabInventory inventory, TaskFailures? failures = null, Predicate<LabHost>? hintsOneByOne = null)
    {
        _estate = estate;
        _tasks = new TaskRunner(estate, inventory.VCenter, inventory.Tasks, failures);
        var context = new OperationContext(estate, inventory, _tasks, hintsOneByOne);
        HostMaintenance.Register(this, context);
        HostPower.Register(this, context);
        HostConnections.Register(this, context);
        HostConfiguration.Register(this, context);
        MachinePower.Register(this, context);
        MachineMigration.Register(this, context);
        MachineReconfiguration.Register(this, context);
        SnapshotOperations.Register(this, context);
        ChangedAreas.Register(this, context);
        PerformanceQueries.Register(this, context);
        ManagerQueries.Register(this, context);
        EnvironmentQueries.Register(this, context);
        TaskOperations.Register(this, context);
    }

    public bool Knows(string operation) => _operations.ContainsKey(operation);

    public Task<object?> InvokeAsync(LabCall call, VimRequest request)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(request);
        if (!_operations.TryGetValue(request.Operation, out var operation))
            throw VimFaults.NotSupported(request.Operation);
        call.CancellationToken.ThrowIfCancellationRequested();
        lock (_estate.Gate)
            return Task.FromResult(operation(call, request));
    }

    /// <summary>Adds an operation; it runs under the gate and must not block.</summary>
    internal void Add<TRequest>(string operation, Func<LabCall, TRequest, object?> carryOut)
        where TRequest : VimRequest => _operations.Add(operation, (call, request) => carryOut(call, (TRequest)request));

    public void Dispose() => _tasks.Dispose();
}
