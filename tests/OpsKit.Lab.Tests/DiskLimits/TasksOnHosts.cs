using OpsKit.Lab.Estate;
using OpsKit.Lab.Hosting;
using OpsKit.Lab.VCenter.Tasks;

namespace OpsKit.Lab.Tests.DiskLimits;

/// <summary>Counts the tasks that are under way on each host's machines, as the estate tells of them.</summary>
internal sealed class TasksOnHosts : IDisposable
{
    private readonly LabServer _lab;
    private readonly Dictionary<string, LabHost> _hosts;
    private readonly Dictionary<string, LabHost> _open = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public TasksOnHosts(LabServer lab)
    {
        _lab = lab;
        _hosts = lab.Estate.Machines.ToDictionary(machine => machine.Id, machine => machine.Host, StringComparer.Ordinal);
        lab.Estate.Changed += Look;
    }

    /// <summary>The most that were under way on one host at a time.</summary>
    public int Most { get; private set; }

    public void Dispose() => _lab.Estate.Changed -= Look;

    private void Look(object thing)
    {
        if (thing is not LabTask task || !_hosts.TryGetValue(task.Model.Entity.Value, out var host))
            return;
        lock (_lock)
        {
            if (task.Completed is null)
                _open[task.Id] = host;
            else
                _open.Remove(task.Id);
            Most = Math.Max(Most, _open.Values.Count(other => other == host));
        }
    }
}
