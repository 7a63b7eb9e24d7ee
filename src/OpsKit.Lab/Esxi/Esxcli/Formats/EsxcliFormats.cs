using OpsKit.Lab.Esxi.Esxcli.Grammar;

namespace OpsKit.Lab.Esxi.Esxcli.Formats;

/// <summary>The formats by their names. Those that are not documented need <c>--debug</c>.</summary>
internal static class EsxcliFormats
{
    /// <exception cref="EsxcliException">There is no such format, or none without debugging.</exception>
    public static IEsxcliFormat Of(GlobalOptions options, EsxcliCommand command) => (options.Formatter, options.Debug) switch
    {
        (null, _) => new TextFormat(command.IsTable),
        ("xml", _) => new XmlFormat(),
        ("csv", _) => new CsvFormat(options.Fields),
        ("keyvalue", _) => new KeyValueFormat(),
        ("table", true) => new TextFormat(asTable: true),
        ("simple", true) => new TextFormat(asTable: false),
        ("json", true) => new JsonFormat(asPython: false),
        ("python", true) => new JsonFormat(asPython: true),
        ("html", true) => new HtmlFormat(),
        var (name, _) => throw new EsxcliException($"Unable to find requested formatter: {name}"),
    };
}
