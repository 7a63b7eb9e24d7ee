using System.Text.RegularExpressions;

namespace OpsKit.Connections.Ssh;

/// <summary>Which commands of <c>esxcli</c> read only: those called <c>list</c> or <c>get</c>, a few others, and installations with <c>--dry-run</c>.</summary>
internal static partial class EsxcliReading
{
    private static readonly HashSet<string> AlsoReading = new(StringComparer.Ordinal)
    {
        "software vib signature verify",
        "software profile validate",
    };

    private static readonly HashSet<string> WithDryRun = new(StringComparer.Ordinal)
    {
        "software vib install",
        "software vib update",
        "software vib remove",
        "software profile install",
        "software profile update",
    };

    /// <summary>The command line. Global options stand before the namespaces: behind them <c>esxcli</c> does not take them for its own.</summary>
    public static string Line(EsxcliFormat format, string command, ReadOnlySpan<string> options, bool dryRun)
    {
        ArgumentNullException.ThrowIfNull(command);
        var shown = $"esxcli {command} {string.Join(' ', options)}".TrimEnd();
        if (!Words().IsMatch(command))
            throw ReadingCommand.Refused(shown, "namespaces and command are words in letters, one space apart");
        if (dryRun ? !WithDryRun.Contains(command) : !ReadsByName(command))
            throw ReadingCommand.Refused(shown, dryRun ? "it has no --dry-run" : "it ends in neither list nor get");
        RequireOptions(options, shown);
        var words = new List<string> { "esxcli" };
        if (format != EsxcliFormat.Text)
            words.Add($"--formatter={Name(format)}");
        words.AddRange(command.Split(' '));
        if (dryRun)
            words.Add("--dry-run");
        words.AddRange(options);
        return PosixShell.Command([.. words]);
    }

    private static bool ReadsByName(string command) =>
        command.EndsWith(" list", StringComparison.Ordinal) || command.EndsWith(" get", StringComparison.Ordinal) || AlsoReading.Contains(command);

    /// <summary>A bare word would go on with the command's name; it may only be the value of the option before it.</summary>
    private static void RequireOptions(ReadOnlySpan<string> options, string shown)
    {
        var takesValue = false;
        foreach (var option in options)
        {
            if (!ProgramReading.IsOneLine(option))
                throw ReadingCommand.Refused(shown, "an option has control characters in it");
            var isOption = option.StartsWith('-');
            if (!isOption && !takesValue)
                throw ReadingCommand.Refused(shown, $"\"{option}\" is neither an option nor the value of one");
            takesValue = isOption && !option.Contains('=', StringComparison.Ordinal);
        }
    }

    private static string Name(EsxcliFormat format) => format switch
    {
        EsxcliFormat.Xml => "xml",
        EsxcliFormat.Csv => "csv",
        _ => "keyvalue",
    };

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]*( [A-Za-z][A-Za-z0-9]*)+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
