using OpsKit.Connections.Yaml;

namespace OpsKit.Cli.Commands;

/// <summary>Finds what was probably meant.</summary>
internal static class Nearest
{
    /// <summary>The candidate that begins with what was typed, else the nearest by edits, else null.</summary>
    public static string? To(string typed, IEnumerable<string> candidates)
    {
        var all = candidates.ToList();
        return (typed.TrimStart('-').Length >= 2 ? all.Find(candidate => candidate.StartsWith(typed, StringComparison.OrdinalIgnoreCase)) : null)
            ?? (NearestKey.Find(typed.TrimStart('-'), all.Select(candidate => candidate.TrimStart('-'))) is { } near
                ? all.Find(candidate => candidate.TrimStart('-') == near)
                : null);
    }
}
