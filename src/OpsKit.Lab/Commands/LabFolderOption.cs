using System.CommandLine;
using OpsKit.Connections.Platform;
using OpsKit.Lab.Control;

namespace OpsKit.Lab.Commands;

/// <summary><c>--folder</c>: which lab is meant.</summary>
internal static class LabFolderOption
{
    public static Option<string?> Folder { get; } = new("--folder")
    {
        HelpName = "DIR",
        Description = "Where the lab keeps its inventory and secrets (default: lab, in the user's state folder)",
        Recursive = true,
    };

    /// <summary>The folder a command line means.</summary>
    public static string Of(ParseResult parsed, JumpHost jumpHost) =>
        parsed.GetValue(Folder) is { Length: > 0 } named ? jumpHost.ResolvePath(named) : Path.Combine(jumpHost.StateDirectory, "lab");

    /// <summary>The lab that serves from that folder.</summary>
    /// <exception cref="Connections.OpsKitException">None does.</exception>
    public static ControlClient Connect(ParseResult parsed, JumpHost jumpHost) => ControlClient.Of(Of(parsed, jumpHost));
}
