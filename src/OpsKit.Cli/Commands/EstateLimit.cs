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

        var chosen = estate.Select([.. patterns.Where(pattern => !pattern.StartsWith('!'))]);
        var excluded = patterns.Where(pattern => pattern.StartsWith('!')).SelectMany(pattern => estate.Select([pattern[1..]])).ToHashSet();
        var endpoints = chosen.Where(endpoint => !excluded.Contains(endpoint)).ToList();
        return endpoints.Count > 0
            ? estate with { Endpoints = endpoints }
            : throw new OpsKitException(
                FailureKind.Usage, $"--limit {string.Join(',', patterns)} leaves no endpoint of {estate.Source}", next: "opskit inventory show lists the names");
    }
}
