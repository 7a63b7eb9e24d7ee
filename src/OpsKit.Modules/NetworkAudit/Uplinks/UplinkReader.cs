using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Modules.Esxcli;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Reads which NIC each adapter of a host's running machines uses: <c>esxcli network vm port list</c> since 5.1; before that <c>esxtop</c> and <c>vsish</c>,
/// as the column with the NIC is in the interactive view of <c>esxtop</c> alone.</summary>
internal static class UplinkReader
{
    private static readonly Version WithPortList = new(5, 1);

    /// <summary>The adapters.</summary>
    /// <exception cref="OpsKitException">The host cannot be reached, or its answers could not be read, twice.</exception>
    public static async Task<IReadOnlyList<MachineUplink>> ReadAsync(ShellQueries shell, Version version, CancellationToken cancellationToken)
    {
        Func<ShellQueries, Version, CancellationToken, Task<IReadOnlyList<MachineUplink>>> read = version >= WithPortList ? ByPortListAsync : ByCountersAsync;
        try
        {
            return await read(shell, version, cancellationToken).ConfigureAwait(false);
        }
        catch (OpsKitException odd) when (odd.Kind == FailureKind.Failed)
        {
            // A machine that was switched on or moved between two questions makes the answers differ, too.
            return await read(shell, version, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<IReadOnlyList<MachineUplink>> ByPortListAsync(ShellQueries shell, Version version, CancellationToken cancellationToken)
    {
        var answer = await shell.RunAllAsync([EsxcliQuery.Command(version, "network vm list")], cancellationToken).ConfigureAwait(false);
        var machines = EsxcliQuery.Records(answer[0]).Select(machine => (World: machine.Integer("World ID"), Name: machine.Required("Name"), Ports: machine.Integer("Num Ports"))).ToList();
        var ports = await shell.RunAllAsync(
            [.. machines.Select(machine => EsxcliQuery.Command(version, "network vm port list", "-w", machine.World.ToString(System.Globalization.CultureInfo.InvariantCulture)))], cancellationToken).ConfigureAwait(false);
        var uplinks = new List<MachineUplink>();
        foreach (var (machine, listed) in machines.Zip(ports))
        {
            var records = EsxcliQuery.Records(listed);
            if (records.Count != machine.Ports)
                throw EsxcliFields.Unreadable($"{machine.Name} has {machine.Ports} ports, and {records.Count} are listed");
            uplinks.AddRange(records.Select(record => Of(machine.Name, record)));
        }

        return uplinks;
    }

    private static MachineUplink Of(string machine, EsxcliRecord record) => new()
    {
        Machine = machine,
        Mac = record.Text("MAC Address") is { Length: > 0 } mac ? mac : null,
        PortGroup = record.Text("Portgroup") is { Length: > 0 } group ? group : null,
        Switch = record.Required("vSwitch"),
        Uplink = record.Required("Team Uplink"),
        PortId = record.Integer("Port ID"),
    };

    /// <summary>The counters of <c>esxtop</c> tell which port a machine is at, <c>vsish</c> which NIC a port uses; the list of running machines has their names whole.</summary>
    private static async Task<IReadOnlyList<MachineUplink>> ByCountersAsync(ShellQueries shell, Version version, CancellationToken cancellationToken)
    {
        var answers = await shell.RunAllAsync(
            [EsxcliQuery.Command(version, version.Major < 5 ? "vms vm list" : "vm process list"), ReadingCommand.Program("esxtop", "-b", "-n", "1")], cancellationToken).ConfigureAwait(false);
        var names = EsxcliQuery.Records(answers[0]).GroupBy(machine => machine.Integer("World ID")).ToDictionary(group => group.Key, group => group.First().Required("Display Name"));
        if (!answers[1].Succeeded)
            throw new OpsKitException(FailureKind.Failed, $"\"esxtop -b\" did not end well: {EsxcliQuery.FirstLine(answers[1].Output)}");
        var ports = EsxtopPorts.Read(answers[1].Output).Where(port => names.ContainsKey(port.World)).ToList();
        var nics = await shell.RunAllAsync([.. ports.Select(port => ReadingCommand.Program("vsish", "-e", "get", port.Node))], cancellationToken).ConfigureAwait(false);
        return
        [
            .. ports.Zip(nics).Select(pair => new MachineUplink
            {
                Machine = names[pair.First.World],
                Switch = pair.First.Switch,
                Uplink = pair.Second.Succeeded && pair.Second.Output.Trim() is { Length: > 0 } nic && !nic.Contains('\n', StringComparison.Ordinal)
                    ? nic
                    : throw new OpsKitException(FailureKind.Failed, $"\"{pair.Second.Command.Text}\" tells no NIC: {EsxcliQuery.FirstLine(pair.Second.Output)}"),
                PortId = pair.First.Id,
            }),
        ];
    }
}
