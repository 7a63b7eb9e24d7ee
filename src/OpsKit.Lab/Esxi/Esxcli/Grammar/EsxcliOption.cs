namespace OpsKit.Lab.Esxi.Esxcli.Grammar;

internal enum OptionKind
{
    Flag,
    Text,
    Integer,
    Boolean,
}

/// <summary>An option of a command.</summary>
/// <param name="Short">Such as <c>-n</c>; empty for none.</param>
/// <param name="Long">Such as <c>--nic-name</c>.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Help">What it is for.</param>
internal sealed record EsxcliOption(string Short, string Long, OptionKind Kind, string Help)
{
    public bool Required { get; init; }

    /// <summary>May be given several times.</summary>
    public bool Repeats { get; init; }

    /// <summary>The words it takes; null for any.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>Such as <c>-r|--reason</c>, as errors say it.</summary>
    public string Names => Short.Length == 0 ? Long : $"{Short}|{Long}";

    public string Usage => Kind switch
    {
        OptionKind.Flag => Names,
        OptionKind.Integer => $"{Names}=<long>",
        OptionKind.Boolean => $"{Names}=<bool>",
        _ => Repeats ? $"{Names}=[ <str> ... ]" : $"{Names}=<str>",
    };

    public static EsxcliOption Flag(string shortName, string longName, string help) => new(shortName, longName, OptionKind.Flag, help);

    public static EsxcliOption Text(string shortName, string longName, string help) => new(shortName, longName, OptionKind.Text, help);

    public static EsxcliOption Integer(string shortName, string longName, string help) => new(shortName, longName, OptionKind.Integer, help);

    public static EsxcliOption Boolean(string shortName, string longName, string help) => new(shortName, longName, OptionKind.Boolean, help);
}
