using OpsKit.Cli;
using OpsKit.Cli.Terminals;
using OpsKit.Connections.Platform;
using OpsKit.Lab.Commands;

namespace OpsKit.Lab;

internal static class LabProgram
{
    public static Task<int> RunAsync(string[] arguments) =>
        ConsoleDoor.RunAsync(arguments, (terminal, interruption) => App.RunAsync(arguments, JumpHost.Current, terminal, interruption, tree: LabCommands.Create()));
}
