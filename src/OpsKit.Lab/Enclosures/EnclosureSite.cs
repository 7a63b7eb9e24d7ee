using OpsKit.Lab.Estate;
using OpsKit.Lab.Network;
using OpsKit.Lab.Operations;

namespace OpsKit.Lab.Enclosures;

/// <summary>An enclosure with what its management processors work on, and the work they do by themselves.</summary>
internal sealed class EnclosureSite : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _workGate = new();
    private readonly List<Task> _work = [];

    public EnclosureSite(LabEstate estate, LabEnclosure enclosure, LabNetwork network, OperationLog log)
    {
        (Estate, Enclosure, Network, Log) = (estate, enclosure, network, log);
        Syslog = new EnclosureSyslog(estate, enclosure);
        Pair = new OaPair(this);
    }

    public LabEstate Estate { get; }

    public LabEnclosure Enclosure { get; }

    public LabNetwork Network { get; }

    public OperationLog Log { get; }

    public EnclosureSyslog Syslog { get; }

    /// <summary>Which Onboard Administrator is the active one.</summary>
    public OaPair Pair { get; }

    public LabClock Clock => Estate.Clock;

    /// <summary>The blade in a device bay; null where it is empty or covered by a blade of full height.</summary>
    public LabHost? BladeIn(int bay) => Estate.Hosts.Find(host => host.Enclosure == Enclosure && host.Bay == bay);

    /// <summary>Whether a blade of full height in the bay above covers a bay.</summary>
    public bool IsCovered(int bay) => bay > Enclosure.DeviceBays / 2 && BladeIn(bay - Enclosure.DeviceBays / 2) is { } above && IsFullHeight(above);

    public LabInterconnect? ModuleIn(int bay) => Enclosure.Interconnects.Find(module => module.Bay == bay);

    /// <summary>Begins something that goes on after the command that began it.</summary>
    public void Begin(Func<CancellationToken, Task> work)
    {
        lock (_workGate)
        {
            _work.RemoveAll(static done => done.IsCompletedSuccessfully);
            _work.Add(RunAsync(work));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync().ConfigureAwait(false);
        Task[] work;
        lock (_workGate)
            work = [.. _work];
        await Task.WhenAll(work).ConfigureAwait(false);
        Syslog.Dispose();
        Pair.Dispose();
        _stopped.Dispose();
    }

    private async Task RunAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stopped.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // The lab has ended in the middle of it.
        }
    }

    private static bool IsFullHeight(LabHost blade) => blade.Model.Contains(" BL6", StringComparison.Ordinal) || blade.Model.Contains(" BL8", StringComparison.Ordinal);
}
