using System.CommandLine;

namespace OpsKit.Cli.Commands;

/// <summary>The options every command takes.</summary>
internal static class GlobalOptions
{
    public static Option<string?> Inventory { get; } = Text("--inventory", "FILE", "Inventory file (default ./opskit.yaml, then the user's)");
    public static Option<string[]> Server { get; } = Texts("--server", "URL", "A vCenter or ESXi host instead of the inventory; repeatable. A bare name means https and /sdk");
    public static Option<string[]> Host { get; } = Texts("--host", "NAME[:PORT]", "An ESXi host over SSH instead of the inventory; repeatable");
    public static Option<string?> User { get; } = Text("--user", "NAME", "User name for --server and --host");
    public static Option<string?> Password { get; } = Text("--password", "REF", "Where its password comes from: env:NAME, file:PATH, cmd:COMMAND or prompt; never the password itself");
    public static Option<string?> Thumbprint { get; } = Text("--thumbprint", "SHA256", "Certificate the --server must present");
    public static Option<string[]> Limit { get; } = Texts("--limit", "PATTERN", "Only endpoints or groups of this name; * and ? stand for any text, a leading ! excludes; repeatable");
    public static Option<string?> Timeout { get; } = Text("--timeout", "TIME", "How long a connection attempt may take, such as 30 or 2m (default: the inventory's, else 15s)");
    public static Option<string?> Output { get; } = Text("--output", "FORMAT", "table, csv, json or html (default table)");
    public static Option<string?> Out { get; } = Text("--out", "FILE", "Write the report to a file; .csv, .json, .html or .txt says the format");
    public static Option<bool> Bom { get; } = Flag("--bom", [], "Start CSV with a byte-order mark, for a double-click in Excel");
    public static Option<string?> Color { get; } = Text("--color", "WHEN", "auto, always or never");
    public static Option<bool> Verbose { get; } = Flag("--verbose", ["-v"], "Say more on stderr");
    public static Option<bool> Quiet { get; } = Flag("--quiet", ["-q"], "Say only warnings and errors on stderr");
    public static Option<bool> Help { get; } = Flag("--help", ["-h", "-?"], "Show help");
    public static Option<bool> Version { get; } = Flag("--version", [], "Show the version");

    /// <summary>Options that choose endpoints.</summary>
    public static IReadOnlyList<Option> Endpoints { get; } = [Inventory, Limit, Server, Host, User, Password, Thumbprint, Timeout];

    /// <summary>Options about output.</summary>
    public static IReadOnlyList<Option> Reporting { get; } = [Output, Out, Bom];

    /// <summary>The others.</summary>
    public static IReadOnlyList<Option> General { get; } = [Color, Verbose, Quiet, Help, Version];

    static GlobalOptions()
    {
        Output.CompletionSources.Add("table", "csv", "json", "html");
        Color.CompletionSources.Add("auto", "always", "never");
        Password.CompletionSources.Add("env:", "file:", "cmd:", "prompt");
    }

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description, Recursive = true };

    private static Option<string[]> Texts(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description, Recursive = true, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };

    private static Option<bool> Flag(string name, string[] aliases, string description) =>
        new(name, aliases) { Description = description, Recursive = true, Arity = ArgumentArity.Zero };
}
