using System.CommandLine;

namespace OpsKit.Cli.Commands;

/// <summary>Runs a command: the parsed command line in, an exit code out. Failures are thrown as <see cref="Connections.OpsKitException"/>.</summary>
internal delegate Task<int> CommandHandler(ParseResult parsed, CommandContext context, CancellationToken ct);

/// <summary>Where a command stands in <c>opskit --help</c>.</summary>
internal enum CommandGroup
{
    Playbooks,
    Verbs,
    Reports,
    Estate,
    JumpHost,
    Lab,
    Learning,
}

/// <summary>An example in a command's help.</summary>
/// <param name="CommandLine">What to type.</param>
/// <param name="What">What it does, in a few words.</param>
internal sealed record Example(string CommandLine, string What);

/// <summary>A command with everything its help shows. A noun has subcommands and no handler, a verb a handler.</summary>
internal sealed class OpsCommand(string name, string description) : Command(name, description)
{
    /// <summary>The group in the overview; of a verb's noun where it has one.</summary>
    public CommandGroup Group { get; init; }

    /// <summary>More than one line about it, already wrapped to 80 columns; empty for none.</summary>
    public string Details { get; init; } = "";

    /// <summary>At least one for every verb; a test says so.</summary>
    public IReadOnlyList<Example> Examples { get; init; } = [];

    /// <summary>The exit codes the command can end with, besides 130.</summary>
    public IReadOnlyList<int> ExitCodes { get; init; } = [];

    /// <summary>Whether the command works on endpoints: its help then shows the options that choose them.</summary>
    public bool UsesEndpoints { get; init; }

    /// <summary>Whether the command writes a report: its help then shows the output options.</summary>
    public bool Reports { get; init; }

    /// <summary>Whether Ctrl-C is how it ends: it is then no interruption, and the exit code is its own.</summary>
    public bool EndsByInterruption { get; init; }

    /// <summary>Does the work; null for a noun.</summary>
    public CommandHandler? Handler { get; init; }

    /// <summary>The words to type, such as <c>license vram</c>; empty for the root.</summary>
    public string Path
    {
        get
        {
            var words = new Stack<string>();
            for (Command? command = this; command is not null && command.Parents.Any(); command = command.Parents.OfType<Command>().FirstOrDefault())
                words.Push(command.Name);
            return string.Join(' ', words);
        }
    }

    /// <summary>The name of the program the command belongs to, such as <c>opskit</c>.</summary>
    public string Program
    {
        get
        {
            Command root = this;
            while (root.Parents.OfType<Command>().FirstOrDefault() is { } parent)
                root = parent;
            return root.Name;
        }
    }
}
