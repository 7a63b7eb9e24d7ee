using OpsKit.Lab.Esxi.Esxcli.Grammar;
using static OpsKit.Lab.Esxi.Esxcli.Grammar.EsxcliOption;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Machines;

/// <summary>The namespace <c>vm</c>; on 4.1 it was <c>vms</c>.</summary>
internal static class MachineCommands
{
    private static readonly Version V41 = new(4, 1);
    private static readonly Version V50 = new(5, 0);

    public static IReadOnlyList<EsxcliCommand> List { get; } =
    [
        new("vms vm", "list", "List the virtual machines that run.") { Since = V41, Before = V50, Reads = MachineProcesses.List },
        Kill("vms vm") with { Since = V41, Before = V50 },
        new("vm process", "list", "List the virtual machines on this system that run.") { Reads = MachineProcesses.List },
        Kill("vm process"),
    ];

    private static EsxcliCommand Kill(string path) => new(path, "kill", "Forcibly kill virtual machines that are stuck and do not respond to normal stop operations.")
    {
        Options =
        [
            Text("-t", "--type", "The type of kill: soft first, then hard, force as a last resort") with { Required = true, Choices = ["soft", "hard", "force"] },
            Integer("-w", "--world-id", "The World ID of the virtual machine") with { Required = true },
        ],
        Writes = MachineProcesses.Kill,
    };
}
