using OpsKit.Lab.Esxi.Esxcli.Commands.Machines;
using OpsKit.Lab.Esxi.Esxcli.Commands.Systems;
using OpsKit.Lab.Esxi.Esxcli.Grammar;

namespace OpsKit.Lab.Esxi.Esxcli.Commands;

/// <summary>Every command of every version.</summary>
internal static class AllCommands
{
    public static IReadOnlyList<EsxcliCommand> List { get; } =
    [
        .. SystemCommands.List,
        .. MachineCommands.List,
    ];
}
