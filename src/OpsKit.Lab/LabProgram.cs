using OpsKit.Cli.Terminals;

namespace OpsKit.Lab;

internal static class LabProgram
{
    public static Task<int> RunAsync(string[] arguments) =>
        ConsoleDoor.RunAsync(arguments, (terminal, _) =>
        {
            terminal.Data("opskit-lab\n");
            return Task.FromResult(0);
        });
}
