using System.Text;
using OpsKit.Lab.Esxi.Esxcli.Commands;

namespace OpsKit.Lab.Esxi.Esxcli.Grammar;

/// <summary>What esxcli says of itself, its namespaces and its commands.</summary>
internal static class HelpText
{
    private const int Column = 24;

    public static string OfAll(Version version)
    {
        var text = new StringBuilder("Usage: esxcli [options] {namespace}+ {cmd} [cmd options]\n\nOptions:\n");
        Line(text, "--formatter=FORMATTER", "Override the formatter to use for a given command. Available formatter: xml, csv, keyvalue");
        if (version >= new Version(7, 0))
            Line(text, "--screen-width=WIDTH", "Width of the screen for text, 1 to 10000");
        Line(text, "--debug", "Enable debug or internal use options");
        Line(text, "--version", "Display version information for the script");
        Line(text, "-?, --help", "Display usage information for the script");
        Listing(text, CommandTree.Of(version), "");
        return text.ToString();
    }

    public static string OfNamespace(CommandTree tree, string path)
    {
        var text = new StringBuilder($"Usage: esxcli {path} {{cmd}} [cmd options]\n");
        Listing(text, tree, path);
        return text.ToString();
    }

    public static string Of(EsxcliCommand command)
    {
        var text = new StringBuilder($"Usage: esxcli {command.Path} [cmd options]\n\nDescription:\n");
        Line(text, command.Verb, command.Help);
        if (command.Options.Count == 0)
            return text.ToString();
        text.Append("\nCmd options:\n");
        foreach (var option in command.Options)
            Line(text, option.Usage, option.Required ? $"{option.Help} (required)" : option.Help);
        return text.ToString();
    }

    private static void Listing(StringBuilder text, CommandTree tree, string path)
    {
        var below = tree.NamespacesBelow(path).ToList();
        if (below.Count > 0)
            text.Append("\nAvailable Namespaces:\n");
        foreach (var name in below)
            Line(text, name, NamespaceHelp.Of(path.Length == 0 ? name : $"{path} {name}"));
        var commands = tree.CommandsIn(path).ToList();
        if (commands.Count > 0)
            text.Append("\nAvailable Commands:\n");
        foreach (var command in commands)
            Line(text, command.Verb, command.Help);
    }

    private static void Line(StringBuilder text, string name, string help)
    {
        var start = "  " + name;
        text.Append(start.Length < Column - 1 ? start.PadRight(Column) : $"{start}\n{new string(' ', Column)}").Append(help).Append('\n');
    }
}
