using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using OpsKit.Connections;

namespace OpsKit.Cli.Commands;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
internal static class CommandLineErrors
{
    /// <param name="parsed">The command line.</param>
    /// <param name="arguments">The same as it was given: whether a value was attached to its option shows only there.</param>
    /// <exception cref="OpsKitException">The command line is invalid.</exception>
    public static void Throw(ParseResult parsed, IReadOnlyList<string> arguments)
    {
        var command = (OpsCommand)parsed.CommandResult.Command;
        if (SwitchWithOtherValue(parsed, arguments) is { } wrong)
            throw new OpsKitException(FailureKind.Usage, wrong, next: HelpLine(command));
        if (MistakenForArguments(parsed).Concat(parsed.UnmatchedTokens).FirstOrDefault() is { } unknown)
            throw Unknown(command, unknown);
        if (parsed.Errors.Count > 0 && command.Handler is not null)
            throw new OpsKitException(FailureKind.Usage, Told(parsed.Errors[0], command), next: HelpLine(command));
        if (Options(parsed.CommandResult).FirstOrDefault(IsLeftOpen) is { } open)
            throw new OpsKitException(FailureKind.Usage, ValueMissing(open), next: HelpLine(command));
    }

    /// <summary>A noun was typed without a verb.</summary>
    public static OpsKitException VerbMissing(OpsCommand noun) => new(
        FailureKind.Usage,
        $"{noun.Program} {noun.Path} needs one of: {string.Join(", ", noun.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name))}",
        next: HelpLine(noun));

    /// <summary>A misspelt option is read as an argument where the command takes any; <c>--</c> in front says that it is one.</summary>
    private static IEnumerable<string> MistakenForArguments(ParseResult parsed) =>
        parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash)
            ? []
            : parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
                .Select(token => token.Value).Where(value => value.StartsWith('-') && value.Length > 1);

    /// <summary><c>--clear=no</c>: the parser would see the switch, and "no" as a target.</summary>
    private static string? SwitchWithOtherValue(ParseResult parsed, IReadOnlyList<string> arguments)
    {
        var switches = Options(parsed.CommandResult).Where(result => result.Option.ValueType == typeof(bool) || result.Option.ValueType == typeof(bool?));
        var typed = switches.Where(result => result.IdentifierToken is not null).ToDictionary(result => result.IdentifierToken!.Value, result => result.Option, StringComparer.Ordinal);
        foreach (var argument in arguments.TakeWhile(argument => argument != "--"))
        {
            if (argument.IndexOfAny(['=', ':']) is var end and > 0 && typed.TryGetValue(argument[..end], out var option))
            {
                if (option.Arity.MaximumNumberOfValues == 0)
                    return $"{argument[..end]} takes no value: leave {argument[end..]} out";
                if (!bool.TryParse(argument[(end + 1)..], out _))
                    return $"{argument[..end]} is \"{argument[(end + 1)..]}\", expected true or false";
            }
        }

        return null;
    }

    private static OpsKitException Unknown(OpsCommand command, string token)
    {
        if (token.StartsWith('-'))
        {
            var name = token.Split('=', ':')[0];
            var options = command.Options.Concat(command.Parents.OfType<Command>().SelectMany(Recursive)).Select(option => option.Name);
            return Typo($"there is no option {name} here", Nearest.To(name, options.Distinct(StringComparer.Ordinal)), command);
        }

        return command.Handler is null
            ? Typo($"there is no command {command.Program} {command.Path}{(command.Path.Length > 0 ? " " : "")}{token}", NearestCommand(command, token), command)
            : new OpsKitException(FailureKind.Usage, $"{command.Program} {command.Path} takes no argument {token}", next: HelpLine(command));
    }

    private static IEnumerable<Option> Recursive(Command command) =>
        command.Options.Where(option => option.Recursive).Concat(command.Parents.OfType<Command>().SelectMany(Recursive));

    private static string? NearestCommand(OpsCommand command, string token) =>
        Nearest.To(token, command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name)) is { } name
            ? $"{command.Program} {command.Path} {name}".Replace("  ", " ", StringComparison.Ordinal)
            : null;

    private static OpsKitException Typo(string what, string? meant, OpsCommand command) =>
        new(FailureKind.Usage, what, next: meant is null ? HelpLine(command) : $"did you mean {meant}?");

    private static string HelpLine(OpsCommand command) => command.Path.Length == 0 ? $"{command.Program} --help" : $"{command.Program} {command.Path} --help";

    private static string Told(ParseError error, OpsCommand command) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 0 } option => ValueMissing(option),
        OptionResult { IdentifierTokenCount: > 1, IdentifierToken: { } typed } => $"{typed.Value} is given more than once",
        ArgumentResult { Tokens.Count: 0 } argument => $"{command.Program} {command.Path} needs {argument.Argument.HelpName}: {Choices(argument.Argument)}",
        _ => Sentence(error.Message),
    };

    /// <summary>An option that may be repeated stands somewhere without a value; the parser counts only whether there is any.</summary>
    private static bool IsLeftOpen(OptionResult option) => option.Option.Arity.MinimumNumberOfValues > 0 && option.Tokens.Count < option.IdentifierTokenCount;

    private static IEnumerable<OptionResult> Options(CommandResult command) =>
        command.Children.OfType<OptionResult>().Concat(command.Parent is CommandResult parent ? Options(parent) : []);

    private static string ValueMissing(OptionResult option) => $"{option.IdentifierToken?.Value ?? option.Option.Name} needs a value: {Choices(option.Option)}";

    private static string Choices(Symbol symbol)
    {
        var choices = symbol.GetCompletions(CompletionContext.Empty).Select(choice => choice.Label).ToList();
        return choices.Count switch
        {
            0 => symbol is Option option ? option.HelpName ?? option.Description ?? option.Name : symbol.Description ?? symbol.Name,
            1 => choices[0],
            _ => $"{string.Join(", ", choices[..^1])} or {choices[^1]}",
        };
    }

    private static string Sentence(string message) => message.TrimEnd('.') is { Length: > 0 } text ? char.ToLowerInvariant(text[0]) + text[1..] : message;
}
