using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Modules.Esxcli;

namespace OpsKit.Modules.Vibs;

/// <summary>Reads what a host's NICs run on, and looks for known faults in its logs: three requests a host.</summary>
public static class HostDriversReader
{
    /// <summary>Reads it.</summary>
    /// <param name="shell">The host's shell.</param>
    /// <param name="facts">Which logs are looked at, for what.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OpsKitException">It cannot be reached, is older than 5.0, or its answers are damaged.</exception>
    public static async Task<HostDrivers> ReadAsync(ShellQueries shell, DriverFacts facts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shell);
        ArgumentNullException.ThrowIfNull(facts);
        var (version, _) = await HostSoftwareReader.VersionAsync(shell, cancellationToken).ConfigureAwait(false);
        var logs = facts.KnownFaults.Select(LogLines.Question).ToList();
        var first = await shell.RunAllAsync([ReadingCommand.Esxcli(EsxcliFormat.Xml, "network nic list"), .. logs], cancellationToken).ConfigureAwait(false);
        var listed = EsxcliAnswer.Of(first[0], "its NICs", shell.Name).Records.Where(row => row.Text("Name") is { Length: > 0 }).ToList();
        var nics = await NicsAsync(shell, listed, cancellationToken).ConfigureAwait(false);
        var found = facts.KnownFaults.Zip(first.Skip(1).Select(LogLines.Of)).ToList();
        return new HostDrivers(
            shell.Name,
            version,
            nics,
            [.. found.Where(one => one.Second is { Count: > 0 } && nics.Any(nic => nic.Driver == one.First.Driver)).Select(one => new LogFinding(one.First, one.Second!.Count, one.Second[^1].Trim()))])
        {
            UnreadLogs = [.. found.Where(one => one.Second is null).Select(one => one.First.Log).Distinct(StringComparer.Ordinal)],
        };
    }

    /// <summary>A NIC that went away between list and question has its driver's name and no more.</summary>
    private static async Task<IReadOnlyList<NicDriver>> NicsAsync(ShellQueries shell, List<EsxcliRecord> listed, CancellationToken cancellationToken)
    {
        if (listed.Count == 0)
            return [];
        var details = await shell.RunAllAsync(
            [.. listed.Select(row => ReadingCommand.Esxcli(EsxcliFormat.Xml, "network nic get", "-n", row.Text("Name")!))], cancellationToken).ConfigureAwait(false);
        return [.. listed.Zip(details, (row, detail) => Nic(row, detail.Succeeded ? EsxcliAnswer.Of(detail, $"its NIC {row.Text("Name")}", shell.Name) : null))];
    }

    private static NicDriver Nic(EsxcliRecord row, EsxcliAnswer? detail)
    {
        var driver = detail?.First?.Records("Driver Info") is [var info, ..] ? info : null;
        return new NicDriver(row.Text("Name") ?? "", driver?.Text("Driver") ?? row.Text("Driver") ?? "", driver?.Text("Version") ?? "", driver?.Text("Firmware Version") ?? "");
    }
}
