using System.CommandLine;
using System.Globalization;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Connections.Platform;

namespace OpsKit.Cli.Commands;

/// <summary>How a report is written.</summary>
internal enum OutputFormat
{
    Table,
    Csv,
    Json,
    Html,

    /// <summary>A report's drawing in Graphviz's language; only reports that draw have one.</summary>
    Dot,
}

/// <summary>The global options after flags and environment were weighed: a flag wins over its <c>OPSKIT_…</c> variable.</summary>
internal sealed record GlobalSettings
{
    public OutputFormat Output { get; init; }
    public string? OutFile { get; init; }
    public bool ByteOrderMark { get; init; }
    public ColorChoice Color { get; init; }
    public Verbosity Verbosity { get; init; } = Verbosity.Normal;
    public TimeSpan? Timeout { get; init; }
    public string? Inventory { get; init; }
    public IReadOnlyList<string> Servers { get; init; } = [];
    public IReadOnlyList<string> Hosts { get; init; } = [];
    public string? User { get; init; }
    public string? Password { get; init; }
    public string? Thumbprint { get; init; }
    public IReadOnlyList<string> Limit { get; init; } = [];

    /// <summary>Whether endpoints are given on the command line (or in the environment) instead of in a file.</summary>
    public bool IsAdHoc => Inventory is null && (Servers.Count > 0 || Hosts.Count > 0);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="OpsKitException">A value is not one of those the option takes.</exception>
    public static GlobalSettings From(ParseResult parsed, JumpHost jumpHost)
    {
        string? Value(Option<string?> option) => parsed.GetValue(option) ?? jumpHost.Variable(VariableOf(option));
        string[] Values(Option<string[]> option) => parsed.GetValue(option) is { Length: > 0 } values ? values : SplitVariable(jumpHost, option);

        var outFile = parsed.GetValue(GlobalOptions.Out);
        var adHocFlags = parsed.GetValue(GlobalOptions.Server) is { Length: > 0 } || parsed.GetValue(GlobalOptions.Host) is { Length: > 0 };
        var inventoryFlag = parsed.GetValue(GlobalOptions.Inventory);
        if (inventoryFlag is not null && adHocFlags)
            throw Invalid("--inventory and --server or --host exclude each other", "leave one of them out");
        if (inventoryFlag is null && !adHocFlags)
        {
            var stray = new Option<string?>[] { GlobalOptions.User, GlobalOptions.Password, GlobalOptions.Thumbprint }
                .FirstOrDefault(option => parsed.GetValue(option) is not null);
            if (stray is not null && Values(GlobalOptions.Server).Length + Values(GlobalOptions.Host).Length == 0)
                throw Invalid($"{stray.Name} goes with --server or --host; the inventory has its own credentials", "add --server NAME");
        }

        return new GlobalSettings
        {
            Output = FormatOf(parsed.GetValue(GlobalOptions.Output), outFile, jumpHost),
            OutFile = outFile,
            ByteOrderMark = parsed.GetValue(GlobalOptions.Bom),
            Color = ColorOf(Value(GlobalOptions.Color)),
            Verbosity = parsed.GetValue(GlobalOptions.Quiet) ? Verbosity.Quiet
                : parsed.GetValue(GlobalOptions.Verbose) ? Verbosity.Verbose
                : Verbosity.Normal,
            Timeout = Value(GlobalOptions.Timeout) is { } timeout ? TimeOf(timeout) : null,
            Inventory = adHocFlags ? null : Value(GlobalOptions.Inventory),
            Servers = inventoryFlag is null ? Values(GlobalOptions.Server) : [],
            Hosts = inventoryFlag is null ? Values(GlobalOptions.Host) : [],
            User = Value(GlobalOptions.User),
            Password = Value(GlobalOptions.Password),
            Thumbprint = Value(GlobalOptions.Thumbprint),
            Limit = [.. Values(GlobalOptions.Limit).SelectMany(Split)],
        };
    }

    /// <summary>The environment variable of an option: <c>--inventory</c> is <c>OPSKIT_INVENTORY</c>.</summary>
    public static string VariableOf(Option option) => "OPSKIT_" + option.Name.TrimStart('-').ToUpperInvariant();

    /// <summary>The format a command line asks for, as far as it can be told where the command line is invalid.</summary>
    public static bool WantsJson(ParseResult parsed) =>
        parsed.GetResult(GlobalOptions.Output)?.Tokens is [var token] && token.Value == "json"
        && parsed.GetResult(GlobalOptions.Out) is null;

    /// <summary>A time as people write it: <c>30</c> (seconds), <c>500ms</c>, <c>30s</c>, <c>2m</c>.</summary>
    public static TimeSpan TimeOf(string text)
    {
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        double? unit = text[digits..] switch { "" or "s" => 1, "ms" => 0.001, "m" or "min" => 60, _ => null };
        if (unit is { } seconds
            && double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value * seconds is > 0 and <= 86400)
        {
            return TimeSpan.FromSeconds(value * seconds);
        }

        throw Invalid($"--timeout {text} is not a time", "write seconds (30), or 500ms, 30s, 2m");
    }

    private static OutputFormat FormatOf(string? output, string? outFile, JumpHost jumpHost)
    {
        var extension = outFile is null ? null : Path.GetExtension(outFile).ToLowerInvariant();
        var fromFile = extension switch { ".csv" => "csv", ".json" => "json", ".html" or ".htm" => "html", ".txt" => "table", ".dot" or ".gv" => "dot", _ => null };
        var fallback = outFile is null ? jumpHost.Variable(VariableOf(GlobalOptions.Output)) ?? "table" : null;
        return (output ?? fromFile ?? fallback)?.ToLowerInvariant() switch
        {
            "table" => OutputFormat.Table,
            "csv" => OutputFormat.Csv,
            "json" => OutputFormat.Json,
            "html" => OutputFormat.Html,
            "dot" => OutputFormat.Dot,
            null => throw Invalid($"--out {outFile} does not say the format", "name it .csv, .json, .html or .txt, or add --output csv"),
            var other => throw Invalid($"--output {other} is not a format", "use table, csv, json or html"),
        };
    }

    private static ColorChoice ColorOf(string? text) => text switch
    {
        null or "auto" => ColorChoice.Auto,
        "always" => ColorChoice.Always,
        "never" => ColorChoice.Never,
        _ => throw Invalid($"--color {text} is not a choice", "use auto, always or never"),
    };

    private static string[] SplitVariable(JumpHost jumpHost, Option option) => Split(jumpHost.Variable(VariableOf(option)) ?? "");

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static OpsKitException Invalid(string what, string next) => new(FailureKind.Usage, what, next: next);
}
