using Microsoft.Extensions.Time.Testing;
using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Lab.VCenter.Operations;
using OpsKit.Lab.VCenter.Tasks;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

/// <summary>A vCenter's behaviour without its web service, on a clock that only the test moves.</summary>
internal sealed class OperatedLab : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);
    private readonly FakeTimeProvider _real = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    public OperatedLab(LabSize size = LabSize.Small, TaskFailures? failures = null)
    {
        Estate = EstateBuilder.Build(size, 7, new LabClock(_real, 1));
        Inventory = new LabInventory(Estate, Estate.VCenters[0]);
        Operations = new LabOperations(Estate, Inventory, failures);
    }

    public LabEstate Estate { get; }

    public LabInventory Inventory { get; }

    public LabOperations Operations { get; }

    public LabHost Host => Estate.Hosts[0];

    public LabMachine Machine(string name) => Estate.Machines.Single(machine => machine.Name == name);

    public object? Invoke(VimRequest request, LabAccount? account = null)
    {
        // The operations end before they return; only their tasks go on.
        var answer = Operations.InvokeAsync(new LabCall(Estate, Estate.VCenters[0], account ?? Estate.VCenters[0].Accounts[0], CancellationToken.None), request);
        answer.IsCompletedSuccessfully.ShouldBeTrue();
        return answer.GetAwaiter().GetResult();
    }

    public TaskInfo Info(ManagedObjectReference task) => (TaskInfo)Inventory.Property(task, "info")!;

    public ManagedObjectReference Begin(VimRequest request) => (ManagedObjectReference)Invoke(request)!;

    /// <summary>Carries a task's operation out and lets lab time pass until it is over.</summary>
    public TaskInfo Run(VimRequest request, TimeSpan? longest = null) => End(Begin(request), longest);

    public TaskInfo End(ManagedObjectReference task, TimeSpan? longest = null)
    {
        Until(() => Info(task).CompleteTime is not null, longest ?? TimeSpan.FromMinutes(10));
        return Info(task);
    }

    /// <summary>Lets lab time pass until something is so.</summary>
    public void Until(Func<bool> isSo, TimeSpan longest)
    {
        for (var passed = TimeSpan.Zero; !isSo(); passed += Step)
        {
            passed.ShouldBeLessThan(longest);
            Pass(Step);
        }
    }

    /// <summary>What waits for the clock goes on at once, on this thread.</summary>
    public void Pass(TimeSpan time)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            for (var passed = TimeSpan.Zero; passed < time; passed += Step)
                _real.Advance(Step);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    public void Dispose()
    {
        Operations.Dispose();
        Inventory.Dispose();
    }
}
