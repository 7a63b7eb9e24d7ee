using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Esxcli;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>A host's network out of what its shell says: <c>esxcli network</c> since 5.0, <c>esxcfg-*</c> before. Teaming is not told there: all uplinks count as active.</summary>
internal static class ShellHostNetwork
{
    /// <summary>Reads it.</summary>
    /// <exception cref="OpsKitException">The host cannot be reached, or its answers could not be read, twice.</exception>
    public static async Task<HostNetwork> ReadAsync(ShellQueries shell, ShellProduct product, Target target, CancellationToken cancellationToken)
    {
        var network = new HostNetwork { Host = target.Name, Cluster = target.Cluster, Enclosure = target.Enclosure, Version = product.Version.ToString() };
        if (product.Version.Major < 5)
            return await ShellReading.ReadAsync(shell, [ReadingCommand.Program("esxcfg-nics", "-l"), ReadingCommand.Program("esxcfg-vswitch", "-l")], answers => Old(network, answers), cancellationToken).ConfigureAwait(false);
        network = await ShellReading.ReadAsync(
            shell,
            [
                EsxcliQuery.Command(product.Version, "network nic list"), EsxcliQuery.Command(product.Version, "network vswitch standard list"),
                EsxcliQuery.Command(product.Version, "network vswitch dvs vmware list"),
            ],
            answers => Of(network, answers),
            cancellationToken).ConfigureAwait(false);
        return await VersionsAsync(shell, product.Version, network, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds the versions of drivers and firmware.</summary>
    /// <exception cref="OpsKitException">As <see cref="ReadAsync"/>.</exception>
    public static Task<HostNetwork> VersionsAsync(ShellQueries shell, Version version, HostNetwork network, CancellationToken cancellationToken) => network.Nics.Count == 0
        ? Task.FromResult(network)
        : ShellReading.ReadAsync(
            shell,
            [.. network.Nics.Select(nic => EsxcliQuery.Command(version, "network nic get", "-n", nic.Device))],
            answers => network with { Nics = [.. network.Nics.Select((nic, place) => WithVersions(nic, EsxcliQuery.Records(answers[place])))] },
            cancellationToken);

    private static HostNic WithVersions(HostNic nic, IReadOnlyList<EsxcliRecord> records)
    {
        if (records is not [var one] || one.Required("Name") != nic.Device)
            throw EsxcliFields.Unreadable($"it does not speak of {nic.Device}");
        var driver = one.Records("Driver Info") is [var info, ..] ? info : null;
        return nic with { DriverVersion = Said(driver?.Text("Version")), FirmwareVersion = Said(driver?.Text("Firmware Version")) };
    }

    private static HostNetwork Of(HostNetwork network, IReadOnlyList<ReadingResult> answers) => network with
    {
        Nics = [.. EsxcliQuery.Records(answers[0]).Select(Nic).OrderBy(nic => nic.Device, NicOrder.Instance)],
        Switches = [.. EsxcliQuery.Records(answers[1]).Select(one => Switch(one, distributed: false)), .. EsxcliQuery.Records(answers[2]).Select(one => Switch(one, distributed: true))],
    };

    private static HostNic Nic(EsxcliRecord one)
    {
        var up = (one.Text("Link Status") ?? one.Required("Link")).Equals("Up", StringComparison.OrdinalIgnoreCase);
        var speed = one.Integer("Speed");
        return new HostNic
        {
            Device = one.Required("Name"),
            Pci = Said(one.Text("PCI Device")) is { } pci ? PciAddress.Plain(pci) : null,
            Driver = Said(one.Text("Driver")),
            Mac = Said(one.Text("MAC Address")),
            SpeedMb = up && speed > 0 ? speed : null,
            FullDuplex = up && speed > 0 ? one.Required("Duplex").Equals("Full", StringComparison.OrdinalIgnoreCase) : null,
            Description = Said(one.Text("Description")),
        };
    }

    private static HostSwitch Switch(EsxcliRecord one, bool distributed) => new()
    {
        Name = one.Required("Name"),
        Distributed = distributed,
        Mtu = one.Integer("MTU"),
        BeaconProbing = !distributed && one.Boolean("Beacon Enabled"),
        Active = [.. one.Texts("Uplinks").Where(device => device.Length > 0)],
        Discovery = distributed ? null : "cdp",
        DiscoveryMode = Said(one.Text("CDP Status")),
    };

    private static HostNetwork Old(HostNetwork network, IReadOnlyList<ReadingResult> answers)
    {
        foreach (var answer in answers)
        {
            if (!answer.Succeeded)
                throw new OpsKitException(FailureKind.Failed, $"\"{answer.Command.Text}\" ended with {answer.ExitStatus}: {EsxcliQuery.FirstLine(answer.Output)}");
        }

        return network with { Nics = EsxcfgText.Nics(answers[0].Output), Switches = EsxcfgText.Switches(answers[1].Output) };
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
