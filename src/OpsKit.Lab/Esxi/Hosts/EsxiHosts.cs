using OpsKit.Lab.Doors;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Operations;

namespace OpsKit.Lab.Esxi.Hosts;

/// <summary>The shells of all hosts of an estate.</summary>
internal sealed class EsxiHosts : IAsyncDisposable
{
    private readonly LabEstate _estate;
    private readonly Dictionary<LabHost, EsxiHost> _hosts = [];

    private EsxiHosts(LabEstate estate) => _estate = estate;

    /// <summary>Makes the hosts' shells and opens the doors to them.</summary>
    /// <param name="estate">The hosts.</param>
    /// <param name="folder">The lab's folder, where their files lie.</param>
    /// <param name="faults">What goes wrong.</param>
    /// <param name="log">Hears of every command line.</param>
    /// <param name="doors">The way in.</param>
    public static EsxiHosts Open(LabEstate estate, string folder, FaultList faults, OperationLog log, ShellDoors doors)
    {
        var disks = new EsxiDisks(estate, folder);
        disks.Clear();
        var hosts = new EsxiHosts(estate);
        foreach (var host in estate.Hosts)
        {
            var esxi = new EsxiHost(estate, host, disks, faults, log);
            hosts._hosts.Add(host, esxi);
            doors.Add(new LabShell(new EsxiShell(esxi), host.Address, SshKey.Create()));
        }

        estate.Changed += hosts.OnChanged;
        return hosts;
    }

    public EsxiHost Of(LabHost host) => _hosts[host];

    public ValueTask DisposeAsync()
    {
        _estate.Changed -= OnChanged;
        foreach (var host in _hosts.Values)
            host.Dispose();
        return ValueTask.CompletedTask;
    }

    private void OnChanged(object thing)
    {
        if (thing is LabHost { PoweredOn: false } host && _hosts.TryGetValue(host, out var esxi))
            esxi.Stop();
    }
}
