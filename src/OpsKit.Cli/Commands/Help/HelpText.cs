using System.CommandLine;
using System.Text;

using OpsKit.Cli.Terminals;

namespace OpsKit.Cli.Commands.Help;

/// <summary>Writes the help of a command, for 80 columns.</summary>
internal static class HelpText
{
    private const int Width = 80;

    private static readonly (CommandGroup Group, string Title)[] Groups =
    [
        (CommandGroup.Playbooks, "Playbooks"),
        (CommandGroup.Verbs, "Changes"),
        (CommandGroup.Reports, "Reports"),
        (CommandGroup.Estate, "Your estate"),
        (CommandGroup.JumpHost, "This jump host"),
        (CommandGroup.Lab, "The lab"),
        (CommandGroup.Learning, "Learning more"),
    ];

    public static string Of(OpsCommand command)
    {
        var text = new StringBuilder();
        if (command.Path.Length == 0)
            Overview(text, command);
        else
            Page(text, command);
        return text.ToString();
    }

    private static void Overview(StringBuilder text, OpsCommand root)
    {
        text.Append(root.Description).Append($"\n\nUsage: {root.Program} COMMAND [OPTIONS]\n");
        foreach (var (group, title) in Groups)
        {
            var rows = root.Subcommands.OfType<OpsCommand>().Where(command => command.Group == group && !command.Hidden)
                .Select(command => (command.Name, WithVerbs(command)));
            Section(text, title, rows);
        }

        Examples(text, "Try", root);
        text.Append($"\n{root.Program} COMMAND --help shows a command's options and examples.\n");
        if (root.Subcommands.Any(command => command.Name == "help"))
            text.Append($"{root.Program} help options explains the options that every command takes.\n");
    }

    private static string WithVerbs(OpsCommand command) =>
        command.Handler is null
            ? $"{command.Description} ({string.Join(", ", command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name))})"
            : command.Description!;

    private static void Page(StringBuilder text, OpsCommand command)
    {
        text.Append(command.Description).Append(command.Description!.EndsWith('.') ? "\n" : ".\n");
        if (command.Details.Length > 0)
            text.Append('\n').Append(Reflow(command.Details)).Append('\n');
        text.Append($"\nUsage: {command.Program} ").Append(command.Path).Append(UsageTail(command)).Append('\n');

        Section(text, "Commands", command.Subcommands.Where(verb => !verb.Hidden).Select(verb => (verb.Name, verb.Description ?? "")));
        Section(text, "Arguments", command.Arguments.Where(argument => !argument.Hidden).Select(argument => (LabelOf(argument), argument.Description ?? "")));
        Section(text, "Options", command.Options.Where(option => !option.Hidden).Select(Row));
        if (command.Handler is not null)
        {
            if (command.UsesEndpoints)
                Names(text, "Endpoints", GlobalOptions.Endpoints);
            if (command.Reports)
                Names(text, "Output", GlobalOptions.Reporting);
            // One that the command has itself means something else there.
            Names(text, "Everywhere", GlobalOptions.General.Where(option => command.Options.All(own => own.Name != option.Name)));
        }

        Examples(text, "Examples", command);
        Section(text, "Exit codes", command.ExitCodes.Select(code => (code.ToString(), Cli.ExitCodes.All.First(known => known.Code == code).Meaning)));
        if (command.Handler is not null)
            text.Append("\nopskit help options explains the options without a line of their own.\n");
    }

    /// <summary>The label and description of an option.</summary>
    public static (string Label, string Description) Row(Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(alias => alias.Length == 2).Append(option.Name));
        return (option.HelpName is { } value ? $"{names} {value}" : names, option.Description ?? "");
    }

    private static string UsageTail(OpsCommand command)
    {
        if (command.Handler is null)
            return " COMMAND [OPTIONS]";

        var arguments = command.Arguments.Where(argument => !argument.Hidden)
            .Select(argument => argument.Arity.MinimumNumberOfValues > 0 ? LabelOf(argument) : $"[{LabelOf(argument)}]");
        return string.Concat(arguments.Select(argument => " " + argument)) + " [OPTIONS]";
    }

    private static string LabelOf(Argument argument) =>
        (argument.HelpName ?? argument.Name.ToUpperInvariant()) + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : "");

    /// <summary>A titled list of two columns; long labels stand on a line of their own.</summary>
    public static void Section(StringBuilder text, string title, IEnumerable<(string Label, string Description)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return;

        var column = Math.Min(all.Max(row => row.Label.Length), 30);
        text.Append('\n').Append(title).Append(":\n");
        foreach (var (label, description) in all)
        {
            text.Append("  ").Append(label);
            if (label.Length > column && description.Length > 0)
                text.Append('\n').Append(' ', column + 4);
            else if (description.Length > 0)
                text.Append(' ', column - label.Length + 2);
            text.AppendJoin("\n" + new string(' ', column + 4), WordWrap.Lines(description, Width - column - 4)).Append('\n');
        }
    }

    private static void Examples(StringBuilder text, string title, OpsCommand command)
    {
        if (command.Examples.Count == 0)
            return;

        text.Append('\n').Append(title).Append(":\n");
        foreach (var (commandLine, what) in command.Examples)
            text.Append("  # ").Append(what).Append("\n  ").Append(commandLine).Append('\n');
    }

    private static void Names(StringBuilder text, string title, IEnumerable<Option> options)
    {
        text.Append('\n').Append(title).Append(":\n");
        foreach (var line in WordWrap.Lines(options.Select(option => Row(option).Label), Width - 2, "   "))
            text.Append("  ").Append(line).Append('\n');
    }

    /// <summary>Paragraphs broken anew for 80 columns; indented lines stay as they are.</summary>
    public static string Reflow(string text)
    {
        var lines = new List<string>();
        var paragraph = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Trim('\n').Split('\n').Append(""))
        {
            if (line.Length > 0 && line[0] != ' ')
            {
                paragraph.Add(line);
                continue;
            }

            lines.AddRange(WordWrap.Lines(string.Join(' ', paragraph), Width).Where(_ => paragraph.Count > 0));
            paragraph.Clear();
            lines.Add(line);
        }

        return string.Join('\n', lines).TrimEnd('\n');
    }
}
