using System.IO.Enumeration;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;

namespace OpsKit.Cli.Commands;

/// <summary>Applies <c>--limit</c> to an estate.</summary>
internal static class EstateLimit
{
    /// <summary>The estate with only the endpoints the patterns choose. A pattern names endpoints or groups; <c>!</c> in front excludes.</summary>
    /// <exception cref="OpsKitException">A pattern matches nothing, or nothing is left.</exception>
    public static Estate Apply(Estate estate, IReadOnlyList<string> patterns)
    {
        if (patterns.Count == 0)
            return estate;

        var chosen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (patterns.All(pattern => pattern.StartsWith('!')))
            chosen.UnionWith(estate.Endpoints.Select(endpoint => endpoint.Name));
        foreach (var pattern in patterns.Where(pattern => !pattern.StartsWith('!')))
            chosen.UnionWith(Matches(estate, pattern));
        foreach (var pattern in patterns.Where(pattern => pattern.StartsWith('!')))
            chosen.ExceptWith(Matches(estate, pattern[1..]));

        var endpoints = estate.Endpoints.Where(endpoint => chosen.Contains(endpoint.Name)).ToList();
        return endpoints.Count > 0
            ? estate with { Endpoints = endpoints }
            : throw new OpsKitException(FailureKind.Usage, $"--limit {string.Join(',', patterns)} leaves no endpoint of {estate.Source}", next: "opskit inventory show");
    }

    private static List<string> Matches(Estate estate, string pattern)
    {
        bool Fits(string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);
        var matches = estate.Endpoints.Select(endpoint => endpoint.Name).Where(Fits)
            .Concat(estate.Groups.Where(group => Fits(group.Key)).SelectMany(group => group.Value))
            .ToList();
        if (matches.Count > 0)
            return matches;

        var nearest = Nearest.To(pattern, estate.Endpoints.Select(endpoint => endpoint.Name).Concat(estate.Groups.Keys));
        throw new OpsKitException(
            FailureKind.Usage,
            $"--limit {pattern} matches no endpoint or group of {estate.Source}",
            next: nearest is null ? "opskit inventory show" : $"did you mean {nearest}? opskit inventory show lists all");
    }
}
