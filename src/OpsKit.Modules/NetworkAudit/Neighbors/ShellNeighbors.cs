using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Modules.Esxcli;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Asks a host through its shell: <c>vim-cmd hostsvc/net/query_networkhint</c>, one NIC at a time, all in one go.</summary>
internal static class ShellNeighbors
{
    /// <summary>What came of it, by NIC.</summary>
    public static async Task<IReadOnlyDictionary<string, NeighborAnswer>> ReadAsync(ShellQueries shell, HostNetwork host, CancellationToken cancellationToken)
    {
        var asked = host.Nics.Where(nic => NeighborJudge.CanHear(host, nic)).ToList();
        var hints = asked.Count == 0
            ? []
            : await ShellReading.ReadAsync(shell, [.. asked.Select(nic => ReadingCommand.Program("vim-cmd", "hostsvc/net/query_networkhint", $"--pnic-name={nic.Device}"))], Read, cancellationToken).ConfigureAwait(false);
        var heard = asked.Index().ToDictionary(pair => pair.Item.Device, pair => hints[pair.Index], StringComparer.Ordinal);
        return host.Nics.ToDictionary(
            nic => nic.Device,
            nic => heard.TryGetValue(nic.Device, out var answer) && answer.Refusal is { } refusal
                ? new NeighborAnswer(NeighborOutcome.Failed, Reason: $"the host could not be asked: {refusal}")
                : NeighborJudge.Of(host, nic, answer?.Neighbor),
            StringComparer.Ordinal);
    }

    private static List<Hint> Read(IReadOnlyList<ReadingResult> results) =>
        [.. results.Select(result => result.Succeeded ? new Hint(NetworkHintText.Read(result.Output), null) : new Hint(null, EsxcliQuery.FirstLine(result.Output)))];

    private sealed record Hint(Neighbor? Neighbor, string? Refusal);
}

/// <summary>A hint in the words of <c>vim-cmd</c>.</summary>
internal static class NetworkHintText
{
    /// <summary>The neighbour of the only NIC in it; null where nobody was heard.</summary>
    /// <exception cref="OpsKitException">It is cut off or no such text.</exception>
    public static Neighbor? Read(string text)
    {
        var hint = VmodlDump.Read(text) switch
        {
            IReadOnlyList<object?> list => list is [VmodlObject first, ..] ? first : null,
            VmodlObject one => one,
            _ => null,
        };
        return hint is null ? null : VimNeighbors.Of(new PhysicalNicHintInfo { ConnectedSwitchPort = Cdp(hint.Object("connectedSwitchPort")), LldpInfo = Lldp(hint.Object("lldpInfo")) });
    }

    private static PhysicalNicCdpInfo? Cdp(VmodlObject? cdp) => cdp is null ? null : new PhysicalNicCdpInfo
    {
        DevId = cdp.Text("devId"),
        PortId = cdp.Text("portId"),
        Vlan = (int?)cdp.Integer("vlan"),
        HardwarePlatform = cdp.Text("hardwarePlatform"),
        SoftwareVersion = cdp.Text("softwareVersion"),
        MgmtAddr = cdp.Text("mgmtAddr"),
        Address = cdp.Text("address"),
        Mtu = (int?)cdp.Integer("mtu"),
        FullDuplex = cdp.Text("fullDuplex") is { } duplex ? duplex == "true" : null,
    };

    private static LinkLayerDiscoveryProtocolInfo? Lldp(VmodlObject? lldp) => lldp is null ? null : new LinkLayerDiscoveryProtocolInfo
    {
        ChassisId = lldp.Text("chassisId"),
        PortId = lldp.Text("portId"),
        Parameter = [.. lldp.Objects("parameter").Select(parameter => new KeyAnyValue { Key = parameter.Text("key"), Value = parameter.Text("value") })],
    };
}
