using OpsKit.Lab.Esxi.Esxcli.Grammar;
using static OpsKit.Lab.Esxi.Esxcli.Grammar.EsxcliOption;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Hardware;

/// <summary>The namespace <c>hardware</c>.</summary>
internal static class HardwareCommands
{
    public static IReadOnlyList<EsxcliCommand> List { get; } =
    [
        new("hardware platform", "get", "Get information about the platform.") { Reads = Platform.Get },
        new("hardware cpu", "list", "List all of the CPUs on this host.") { Reads = Platform.Cpus },
        new("hardware cpu global", "get", "List properties of the CPUs as a whole.") { Reads = Platform.CpuTotals },
        new("hardware memory", "get", "Get information about memory.") { Reads = Platform.Memory },
        new("hardware pci", "list", "List all of the PCI components on this host.") { Options = [Text("-c", "--class", "Limit the output to a class, such as 0x0200")], Reads = PciDevices.List },
    ];
}
