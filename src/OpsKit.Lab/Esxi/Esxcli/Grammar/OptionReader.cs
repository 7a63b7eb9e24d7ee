using System.Globalization;

namespace OpsKit.Lab.Esxi.Esxcli.Grammar;

/// <summary>Reads the options of a command: <c>-n X</c>, <c>-nX</c>, <c>--name X</c>, <c>--name=X</c>.</summary>
internal static class OptionReader
{
    /// <exception cref="EsxcliException">An option is unknown, lacks its value or has a wrong one, or a required one is missing.</exception>
    public static OptionValues Read(EsxcliCommand command, IReadOnlyList<string> arguments)
    {
        var values = new OptionValues();
        for (var index = 0; index < arguments.Count; index++)
        {
            var (option, attached) = Find(command, arguments[index]);
            if (option.Kind == OptionKind.Flag)
            {
                if (attached is not null)
                    throw Wrong(command, $"Error: Option {option.Names} does not take a value");
                values.Add(option, "true");
                continue;
            }

            if (attached is null && ++index == arguments.Count)
                throw Wrong(command, $"Error: Option {option.Names} requires an argument");
            var value = attached ?? arguments[index];
            Check(command, option, value);
            values.Add(option, value);
        }

        foreach (var option in command.Options)
        {
            if (option.Required && !values.Has(option.Long))
                throw Wrong(command, $"Error: Missing required parameter {option.Names}");
        }

        return values;
    }

    public static bool? Boolean(string text) => text.ToLowerInvariant() switch
    {
        "true" or "yes" or "1" => true,
        "false" or "no" or "0" => false,
        _ => null,
    };

    public static bool IsHelp(string argument) => argument is "--help" or "-?";

    private static (EsxcliOption Option, string? Attached) Find(EsxcliCommand command, string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? argument : argument[..equals];
        foreach (var option in command.Options)
        {
            if (option.Long == name)
                return (option, equals < 0 ? null : argument[(equals + 1)..]);
            if (option.Short.Length == 0 || !argument.StartsWith(option.Short, StringComparison.Ordinal) || argument.StartsWith("--", StringComparison.Ordinal))
                continue;
            if (argument.Length == option.Short.Length)
                return (option, null);
            if (option.Kind != OptionKind.Flag)
                return (option, argument[option.Short.Length..].TrimStart('='));
        }

        throw Wrong(command, $"Error: Invalid option {argument}");
    }

    private static void Check(EsxcliCommand command, EsxcliOption option, string value)
    {
        if (option.Kind == OptionKind.Integer && !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            throw Wrong(command, $"Error: While processing '{option.Long}'. Expected a number, got '{value}'");
        if (option.Kind == OptionKind.Boolean && Boolean(value) is null)
            throw Wrong(command, $"Error: While processing '{option.Long}'. Expected a boolean, got '{value}'");
        if (option.Choices is { } choices && !choices.Contains(value))
            throw Wrong(command, $"Error: While processing '{option.Long}'. Expected one of [{string.Join(", ", choices)}], got '{value}'");
    }

    private static EsxcliException Wrong(EsxcliCommand command, string message) => new(message, HelpText.Of(command));
}
