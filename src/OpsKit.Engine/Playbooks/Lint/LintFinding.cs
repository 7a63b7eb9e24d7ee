using System.Globalization;

namespace OpsKit.Engine.Playbooks.Lint;

/// <summary>Something a playbook's author should know.</summary>
/// <param name="File">The file, as the operator named it.</param>
/// <param name="Line">Line, from 1; null for the file as a whole.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">What was found and what would be right.</param>
internal sealed record LintFinding(string File, int? Line, int? Column, LintSeverity Severity, string Message)
{
    /// <summary><c>file:line:column: error: message</c>, as compilers write it and editors follow it.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{File}{(Line is { } line ? $":{line}:{Column}" : "")}: {(Severity == LintSeverity.Error ? "error" : "warning")}: {Message}");

    /// <summary>A finding at a place, given as <c>file:line:column</c>.</summary>
    public static LintFinding At(string place, LintSeverity severity, string message)
    {
        var parts = place.Split(':');
        return parts.Length > 2 && Number(parts[^2]) is { } line && Number(parts[^1]) is { } column
            ? new LintFinding(string.Join(':', parts[..^2]), line, column, severity, message)
            : new LintFinding(place, null, null, severity, message);
    }

    /// <summary>The lines of a failure, each of which may begin with its place.</summary>
    public static IEnumerable<LintFinding> Of(OpsKit.Connections.OpsKitException failure, string file)
    {
        foreach (var line in failure.What.Split('\n'))
        {
            var rest = line.StartsWith(file + ":", StringComparison.Ordinal) ? line[(file.Length + 1)..].Split(':', 3) : [];
            yield return rest.Length == 3 && Number(rest[0]) is { } row && Number(rest[1]) is { } column
                ? new LintFinding(file, row, column, LintSeverity.Error, rest[2].TrimStart())
                : new LintFinding(file, null, null, LintSeverity.Error, line);
        }
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>How bad a finding is.</summary>
internal enum LintSeverity
{
    /// <summary>Legal, yet unwise.</summary>
    Warning,

    /// <summary>The playbook cannot be used.</summary>
    Error,
}
