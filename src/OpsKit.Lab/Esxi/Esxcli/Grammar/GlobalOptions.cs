namespace OpsKit.Lab.Esxi.Esxcli.Grammar;

/// <summary>The options before the namespace, and what follows them.</summary>
internal sealed record GlobalOptions
{
    private const string FormatParameter = "fields=";

    public string? Formatter { get; init; }

    public bool Debug { get; init; }

    public bool AsksVersion { get; init; }

    public bool AsksHelp { get; init; }

    /// <summary>Shown names of the columns CSV is to have; null for all.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>What comes after them: they end where a word does not begin with a dash.</summary>
    public IReadOnlyList<string> Rest { get; init; } = [];

    /// <exception cref="EsxcliException">One of them is unknown, or lacks its value.</exception>
    public static GlobalOptions Read(IReadOnlyList<string> arguments, Version version)
    {
        var options = new GlobalOptions();
        var index = 0;
        for (; index < arguments.Count && arguments[index].StartsWith('-'); index++)
        {
            var argument = arguments[index];
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument : argument[..equals];
            options = (name, equals >= 0) switch
            {
                ("--debug", false) => options with { Debug = true },
                ("--version", false) => options with { AsksVersion = true },
                ("--help" or "-?", false) => options with { AsksHelp = true },
                ("--log-verbose", false) when version >= new Version(8, 0) => options,
                ("--formatter", _) => options with { Formatter = Value() },
                ("--format-param", _) => options.WithFormatParameter(Value()),
                ("--screen-width", _) when version >= new Version(7, 0) => options.WithScreenWidth(Value()),
                _ => throw new EsxcliException($"Error: Invalid option {argument}", HelpText.OfAll(version)),
            };

            string Value() => equals >= 0 ? argument[(equals + 1)..] : ++index < arguments.Count
                ? arguments[index]
                : throw new EsxcliException($"Error: {name} option requires an argument", HelpText.OfAll(version));
        }

        return options with { Rest = [.. arguments.Skip(index)] };
    }

    /// <summary>A second equals sign makes no difference.</summary>
    private GlobalOptions WithFormatParameter(string value) => value.StartsWith(FormatParameter, StringComparison.Ordinal)
        ? this with { Fields = value[FormatParameter.Length..].TrimStart('=').Split(',') }
        : this;

    private GlobalOptions WithScreenWidth(string value) => int.TryParse(value, out var width) && width is >= 1 and <= 10_000
        ? this
        : throw new EsxcliException($"Error: invalid screen width '{value}', expected a number from 1 to 10000");
}
