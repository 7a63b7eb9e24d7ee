using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Probes;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Esxcli;
using OpsKit.Vim25;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Reads the ports of hosts: what listens through their shells, what is allowed through shell or vCenter, what can be reached by trying it.</summary>
internal sealed class PortReader(IPlanningDoors doors, IReadOnlyList<DocumentedPorts> lists, PortTrying trying) : IDisposable
{
    /// <summary>Ranges wider than this are not tried: a rule set of 64,000 ports would be a scan.</summary>
    private const int WidestTried = 1;

    private readonly SemaphoreSlim _atOnce = new(PortTrying.AtOnce);

    private static readonly IReadOnlyList<PropertyPath> Paths = [HostSystemProperties.RuntimeConnectionState, HostSystemProperties.ConfigProduct, HostSystemProperties.ConfigFirewall];

    public void Dispose() => _atOnce.Dispose();

    /// <summary>The ports of each host, in the order of the targets.</summary>
    public async Task<IReadOnlyList<Observed<HostPortRows>>> ReadAsync(IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var vCenters = targets.Where(target => target.VCenter is not null).GroupBy(target => target.VCenter!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => HostsAsync(group.Key, [.. group], cancellationToken), StringComparer.Ordinal);
        return await Observing.EachAsync(targets, (target, token) => OneAsync(target, vCenters, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyDictionary<string, RetrievedObject>> HostsAsync(string vCenter, IReadOnlyList<Target> targets, CancellationToken cancellationToken) =>
        await VimHosts.RetrieveAsync(await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false), "HostSystem", targets, Paths, cancellationToken).ConfigureAwait(false);

    private async Task<HostPortRows> OneAsync(Target target, Dictionary<string, Task<IReadOnlyDictionary<string, RetrievedObject>>> vCenters, CancellationToken cancellationToken)
    {
        var endpoint = HostShells.Of(doors.Estate, target);
        var host = target.VCenter is { } vCenter
            ? await ThroughVCenterAsync(target, endpoint, await vCenters[vCenter].ConfigureAwait(false), cancellationToken).ConfigureAwait(false)
            : await ThroughShellAsync(target, endpoint, cancellationToken).ConfigureAwait(false);
        var rows = PortJudge.Rows(host, lists);
        return new HostPortRows(host, [.. await Task.WhenAll(rows.Select(row => TriedAsync(row, cancellationToken))).ConfigureAwait(false)]);
    }

    /// <summary>A host of which vCenter knows nothing new may still have a shell that answers; one whose shell is silent still has a firewall that vCenter tells of.</summary>
    private async Task<HostPorts> ThroughVCenterAsync(Target target, HostEndpoint? endpoint, IReadOnlyDictionary<string, RetrievedObject> found, CancellationToken cancellationToken)
    {
        var one = VimHosts.Of(target, found, HostSystemProperties.ConfigProduct);
        var product = one.Get(HostSystemProperties.ConfigProduct)!;
        if (!Version.TryParse(product.Version, out var version))
            throw new OpsKitException(FailureKind.Failed, $"vCenter says \"{product.Version}\" of its version", target.Name);
        var host = new HostPorts
        {
            Host = target.Name,
            Address = endpoint?.Address ?? target.Name,
            Product = product.ProductLineId == "esx" ? "esx" : "esxi",
            Version = version,
            Firewall = version.Major < 5 ? null : VimPorts.Firewall(one.Get(HostSystemProperties.ConfigFirewall)),
            SocketsMissing = HostShells.Missing,
        };
        if (endpoint is null)
            return host;
        var read = await Observing.OneAsync(
            target, async (_, token) => await ShellPorts.ReadAsync(await doors.ShellAsync(endpoint.Name, token).ConfigureAwait(false), host, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return read.State ?? host with { SocketsMissing = read.Failure };
    }

    private async Task<HostPorts> ThroughShellAsync(Target target, HostEndpoint? endpoint, CancellationToken cancellationToken)
    {
        if (endpoint is null)
            throw new OpsKitException(FailureKind.Usage, HostShells.Missing, target.Name);
        var shell = await doors.ShellAsync(endpoint.Name, cancellationToken).ConfigureAwait(false);
        var product = await ShellReading.ProductAsync(shell, cancellationToken).ConfigureAwait(false);
        return await ShellPorts.ReadAsync(
            shell, new HostPorts { Host = target.Name, Address = endpoint.Address, Product = product.Name, Version = product.Version }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tries what others could use: ports that only the host itself can reach are left alone.</summary>
    private async Task<PortRow> TriedAsync(PortRow row, CancellationToken cancellationToken)
    {
        var asked = row.Protocol == "tcp" ? trying.Tcp : row.Protocol == "udp" && trying.Udp;
        if (!asked || row.Last - row.First >= WidestTried || (row.Listeners.Count > 0 && !row.Listens))
            return row;
        await _atOnce.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var probe = row.Protocol == "tcp" ? doors.Ports.Tcp : doors.Ports.Udp;
            var reply = await probe.SendAsync(new ProbeTarget(row.Host.Host, row.Host.Address, row.First), trying.Timeout, cancellationToken).ConfigureAwait(false);
            return row with { Reachable = reply.Answered ? PortJudge.Open : InWords(row.Protocol, reply.Loss) };
        }
        finally
        {
            _atOnce.Release();
        }
    }

    private static string InWords(string protocol, string? loss) => loss switch
    {
        "connection refused" => "refused",
        "timed out" => "no answer",
        UdpProbe.Silent when protocol == "udp" => "no answer: open or filtered",
        "port closed" => "closed",
        _ => loss ?? "no answer",
    };
}

/// <summary>The ports of a host.</summary>
internal sealed record HostPortRows(HostPorts Host, IReadOnlyList<PortRow> Rows);

/// <summary>Which ports are tried from the jump host.</summary>
/// <param name="Tcp">Whether TCP ports are.</param>
/// <param name="Udp">Whether UDP ports are.</param>
/// <param name="Timeout">How long an answer may take.</param>
internal sealed record PortTrying(bool Tcp, bool Udp, TimeSpan Timeout)
{
    /// <summary>How many are tried at a time, over all hosts.</summary>
    public const int AtOnce = 256;
}
