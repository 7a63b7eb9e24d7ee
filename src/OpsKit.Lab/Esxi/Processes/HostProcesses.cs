using System.Collections.Concurrent;
using OpsKit.Lab.Esxi.Files;

namespace OpsKit.Lab.Esxi.Processes;

/// <summary>The processes of a host, from one boot to the next.</summary>
/// <param name="firstPid">Where numbers begin.</param>
/// <param name="hostEnds">Cancelled when the host goes down.</param>
internal sealed class HostProcesses(int firstPid, CancellationToken hostEnds)
{
    private const int Most = 400;

    private readonly ConcurrentDictionary<int, HostProcess> _running = new();
    private int _last = firstPid;

    public IReadOnlyList<HostProcess> All => [.. _running.Values.OrderBy(process => process.Pid)];

    public CancellationToken HostEnds => hostEnds;

    /// <summary>Starts one.</summary>
    /// <param name="parent">What started it; null for a login.</param>
    /// <param name="command">What it is.</param>
    /// <param name="life">What it lives no longer than: its session. Default is the host.</param>
    /// <exception cref="HostFileException">There are too many, or the session did too much already.</exception>
    public HostProcess Start(HostProcess? parent, string command, CancellationToken life = default)
    {
        hostEnds.ThrowIfCancellationRequested();
        parent?.Meter.Add(WorkMeter.ForkCost);
        if (_running.Count >= Most || parent?.Meter.IsSpent == true)
            throw new HostFileException("Resource temporarily unavailable");
        var process = new HostProcess(this, Interlocked.Increment(ref _last), parent, command, life.CanBeCanceled ? life : hostEnds);
        _running[process.Pid] = process;
        return process;
    }

    /// <summary>Sends a signal to a process or, for a negative number, to a group.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Signal(int target, int signal)
    {
        var found = false;
        foreach (var process in _running.Values)
        {
            if (target > 0 ? process.Pid != target : process.Group != -target)
                continue;
            found = true;
            process.Signal(signal);
        }

        return found;
    }

    public void Remove(HostProcess process) => _running.TryRemove(process.Pid, out _);
}
