using OpsKit.Cli;
using OpsKit.Cli.Terminals;
using OpsKit.Connections.Platform;

return await ConsoleDoor.RunAsync(args, (terminal, interruption) => App.RunAsync(args, JumpHost.Current, terminal, interruption));
