using OpsKit.Lab.Esxi.Ash;

namespace OpsKit.Lab.Esxi.Kinds;

/// <summary>
/// Tells what changes a host from what only looks, by the commands in it. What is not known to look only is a change: a plan that sends it is found out.
/// </summary>
internal static class CommandKind
{
    /// <summary>Whether anything in a command line changes something.</summary>
    /// <param name="commandLine">The command line, in <see cref="ByteText"/>.</param>
    /// <param name="version">The host's version: it tells which commands of esxcli there are.</param>
    public static bool Changes(string commandLine, string version) => Changes(commandLine, version, [], 0);

    /// <summary>Whether a command whose words are known changes something; null stands for a word that is not known.</summary>
    public static bool Changes(IReadOnlyList<string?> words, string version) => new CommandWalk(version, [], 0).Changes(words);

    /// <inheritdoc cref="Changes(string, string)"/>
    public static bool Changes(string script, string version, IReadOnlyList<string?> arguments, int depth)
    {
        if (depth > 8)
            return true;
        try
        {
            var parser = new Parser(new ScriptText(script));
            var walk = new CommandWalk(version, arguments, depth);
            while (parser.ParseLine() is { } command)
            {
                if (walk.Changes(command))
                    return true;
            }

            return false;
        }
        catch (ShellSyntaxException)
        {
            // The shell will not get beyond it either, and what stands before it was looked at.
            return false;
        }
    }
}
