using System.CommandLine;
using OpsKit.Connections;

namespace OpsKit.Cli.Commands.Help;

/// <summary><c>opskit help [COMMAND or TOPIC]</c>.</summary>
internal static class HelpCommand
{
    public static OpsCommand Create()
    {
        var words = new Argument<string[]>("subject")
        {
            HelpName = "SUBJECT",
            Description = "A command, or one of: " + string.Join(", ", HelpTopics.All.Select(topic => topic.Name)),
            Arity = ArgumentArity.ZeroOrMore,
        };
        words.CompletionSources.Add([.. HelpTopics.All.Select(topic => topic.Name)]);
        return new OpsCommand("help", "Help on a command or a topic")
        {
            Group = CommandGroup.Learning,
            Arguments = { words },
            Examples =
            [
                new Example("opskit help trust add", "the same as opskit trust add --help"),
                new Example("opskit help exit-codes", "what the exit codes mean"),
            ],
            ExitCodes = [Cli.ExitCodes.Done, Cli.ExitCodes.Usage],
            Handler = (parsed, context, _) =>
            {
                context.Terminal.Data(Find((OpsCommand)parsed.RootCommandResult.Command, parsed.GetValue(words) ?? []));
                return Task.FromResult(Cli.ExitCodes.Done);
            },
        };
    }

    private static string Find(OpsCommand root, string[] words)
    {
        var topic = words is [var name] ? HelpTopics.All.FirstOrDefault(topic => topic.Name == name) : null;
        OpsCommand? command = root;
        foreach (var word in words)
            command = command?.Subcommands.OfType<OpsCommand>().FirstOrDefault(sub => sub.Name == word);

        return (topic, command) switch
        {
            (null, null) => throw Unknown(root, string.Join(' ', words), words[0]),
            (null, _) => HelpText.Of(command),
            (_, null) => HelpText.Reflow(topic.Text()) + "\n",
            _ => $"{HelpText.Reflow(topic.Text())}\n\n{HelpText.Of(command)}",
        };
    }

    private static OpsKitException Unknown(OpsCommand root, string subject, string firstWord)
    {
        var known = root.Subcommands.Select(command => command.Name).Concat(HelpTopics.All.Select(topic => topic.Name));
        var next = Nearest.To(firstWord, known) is { } meant && meant != firstWord ? $"did you mean opskit help {meant}?" : "opskit --help lists the commands";
        return new OpsKitException(FailureKind.Usage, $"there is no command or topic {subject}", next: next);
    }
}
