using System.CommandLine;
using System.CommandLine.Completions;
using OpsKit.Connections;

namespace OpsKit.Cli.Commands.Completion;

/// <summary>What could stand at the end of a command line.</summary>
/// <param name="Value">The whole word.</param>
/// <param name="Description">A few words about it; empty for none.</param>
internal sealed record Candidate(string Value, string Description);

/// <summary>Completes command lines for the shells' scripts.</summary>
/// <param name="root">All commands.</param>
/// <param name="endpointNames">The names in the inventory that the words typed so far choose.</param>
internal sealed class Completer(OpsCommand root, Func<IReadOnlyList<string>, IEnumerable<string>> endpointNames)
{
    /// <summary>Stands for file names, which the shell completes itself.</summary>
    public const string Files = ":files";

    private IReadOnlyList<string> _words = [];

    private static readonly Option[] FileOptions = [GlobalOptions.Inventory, GlobalOptions.Out];

    /// <summary>The candidates for the last word of a line, which is empty after a blank.</summary>
    public IReadOnlyList<Candidate> Complete(string line)
    {
        _words = ShellWords.Split(line);
        var words = _words;
        var current = words[^1];
        var command = root;
        Option? pending = null;
        var positionals = 0;
        foreach (var word in words.Skip(1).SkipLast(1))
        {
            if (pending is not null)
                pending = null;
            else if (word.StartsWith('-'))
                pending = word.Contains('=', StringComparison.Ordinal) ? null : TakesValue(FindOption(command, word));
            else if (command.Subcommands.OfType<OpsCommand>().FirstOrDefault(sub => sub.Name == word) is { } sub)
                command = sub;
            else
                positionals++;
        }

        return [.. Candidates(command, pending, current, positionals).Where(candidate => candidate.Value == Files
            || candidate.Value.StartsWith(current, StringComparison.OrdinalIgnoreCase))];
    }

    private IEnumerable<Candidate> Candidates(OpsCommand command, Option? pending, string current, int positionals)
    {
        if (pending is not null)
            return ValuesOf(pending);
        if (current.StartsWith('-') && current.Split('=', 2) is [var name, _] && FindOption(command, name) is { } assigned)
            return ValuesOf(assigned).Select(value => value.Value == Files ? value : value with { Value = $"{name}={value.Value}" });
        if (current.StartsWith('-'))
            return OptionsOf(command).Where(option => !option.Hidden).Select(option => new Candidate(option.Name, option.Description ?? ""));

        var verbs = command.Subcommands.Where(verb => !verb.Hidden).Select(verb => new Candidate(verb.Name, verb.Description ?? ""));
        return command.Arguments.Count > 0 ? verbs.Concat(ValuesOf(command.Arguments[Math.Min(positionals, command.Arguments.Count - 1)], positionals)) : verbs;
    }

    private IEnumerable<Candidate> ValuesOf(Option option) =>
        option == GlobalOptions.Limit ? Names()
        : FileOptions.Contains(option) ? [new Candidate(Files, "")]
        : option.GetCompletions(CompletionContext.Empty).Select(item => new Candidate(item.Label, ""));

    private IEnumerable<Candidate> ValuesOf(Argument argument, int positionals) =>
        positionals >= argument.Arity.MaximumNumberOfValues ? []
        : argument is EndpointArgument ? Names()
        : argument is FileArgument ? [new Candidate(Files, "")]
        : argument.GetCompletions(CompletionContext.Empty).Select(item => new Candidate(item.Label, ""));

    /// <summary>Completion must never complain: without a readable inventory there are no names.</summary>
    private List<Candidate> Names()
    {
        try
        {
            return [.. endpointNames(_words).Select(name => new Candidate(name, ""))];
        }
        catch (OpsKitException)
        {
            return [];
        }
    }

    private static Option? FindOption(OpsCommand command, string name) =>
        OptionsOf(command).FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));

    private static Option? TakesValue(Option? option) => option?.Arity.MaximumNumberOfValues > 0 && option.HelpName is not null ? option : null;

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(option => option.Recursive));
}
