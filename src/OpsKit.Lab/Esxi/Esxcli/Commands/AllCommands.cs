using OpsKit.Lab.Esxi.Esxcli.Commands.Hardware;
using OpsKit.Lab.Esxi.Esxcli.Commands.Machines;
using OpsKit.Lab.Esxi.Esxcli.Commands.Network;
using OpsKit.Lab.Esxi.Esxcli.Commands.Software;
using OpsKit.Lab.Esxi.Esxcli.Commands.Storage;
using OpsKit.Lab.Esxi.Esxcli.Commands.Systems;
using OpsKit.Lab.Esxi.Esxcli.Grammar;

namespace OpsKit.Lab.Esxi.Esxcli.Commands;

/// <summary>Every command of every version.</summary>
internal static class AllCommands
{
    public static IReadOnlyList<EsxcliCommand> List { get; } =
    [
        .. HardwareCommands.List,
        .. NetworkCommands.List,
        .. SoftwareCommands.List,
        .. StorageCommands.List,
        .. SystemCommands.List,
        .. MachineCommands.List,
    ];
}
