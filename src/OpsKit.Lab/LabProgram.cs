using OpsKit.Cli;
using OpsKit.Cli.Terminals;
using OpsKit.Connections.Platform;
using OpsKit.Lab.Commands;
using OpsKit.Lab.Doors.Sshd;
using OpsKit.Lab.Enclosures.Vcsu;

namespace OpsKit.Lab;

internal static class LabProgram
{
    /// <summary>The utility's command line is its own: what looks like options of the lab is none there.</summary>
    public static Task<int> RunAsync(string[] arguments) => arguments switch
    {
        [Bridge.Word, var socket, var token] => Bridge.RunAsync(socket, token, JumpHost.Current),
        ["vcsu", not ("--help" or "-h"), ..] => ConsoleDoor.RunAsync(arguments, (terminal, interruption) => VcsuProgram.RunAsync(arguments[1..], JumpHost.Current, terminal, interruption.Stop)),
        _ => ConsoleDoor.RunAsync(arguments, (terminal, interruption) => App.RunAsync(arguments, JumpHost.Current, terminal, interruption, tree: LabCommands.Create())),
    };
}
