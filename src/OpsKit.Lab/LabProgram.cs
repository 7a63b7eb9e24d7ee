using OpsKit.Cli;
using OpsKit.Cli.Terminals;
using OpsKit.Connections.Platform;
using OpsKit.Lab.Commands;
using OpsKit.Lab.Doors.Sshd;

namespace OpsKit.Lab;

internal static class LabProgram
{
    public static Task<int> RunAsync(string[] arguments) => arguments is [Bridge.Word, var socket, var token]
        ? Bridge.RunAsync(socket, token, JumpHost.Current)
        : ConsoleDoor.RunAsync(arguments, (terminal, interruption) => App.RunAsync(arguments, JumpHost.Current, terminal, interruption, tree: LabCommands.Create()));
}
