namespace OpsKit.Cli.Commands.Vibs;

/// <summary><c>opskit vib inspect|build|bundle</c>: packages as files, on this machine. The other commands of the noun are about hosts.</summary>
internal static class VibFileCommands
{
    /// <summary>The commands, to be placed below <c>vib</c>.</summary>
    public static IReadOnlyList<Func<OpsCommand>> All { get; } = [VibInspectCommand.Create, VibBuildCommand.Create, VibBundleCommand.Create];

    internal static IReadOnlyList<int> ExitCodes { get; } = [Cli.ExitCodes.Done, Cli.ExitCodes.Failed, Cli.ExitCodes.Usage];
}
