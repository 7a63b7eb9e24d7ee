using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Targets;

/// <summary>Which candidates selectors mean. Pure.</summary>
public static class TargetResolver
{
    /// <summary>The targets, each once, in the order of the selectors and then of the candidates.</summary>
    /// <param name="selectors">What the step says.</param>
    /// <param name="limit">What <c>--limit</c> leaves.</param>
    /// <param name="facts">What there is.</param>
    /// <param name="estate">The inventory, for its groups.</param>
    /// <exception cref="OpsKitException">A selector means nothing, and everything could be read; or it is of a kind the verb does not take.</exception>
    public static IReadOnlyList<Target> Resolve(
        IReadOnlyList<TargetSelector> selectors, TargetLimit limit, TargetFacts facts, Estate estate)
    {
        ArgumentNullException.ThrowIfNull(selectors);
        ArgumentNullException.ThrowIfNull(limit);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(estate);
        var chosen = new List<Target>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var selector in selectors)
        {
            var meant = facts.Candidates.Where(candidate => Means(selector, candidate, estate)).ToList();
            if (meant.Count == 0 && facts.Unread.Count == 0)
                throw Nothing(selector, facts, estate);
            foreach (var candidate in meant.Where(candidate => limit.Allows(candidate, estate) && seen.Add(candidate.Target.LockKey)))
                chosen.Add(candidate.Target);
        }

        return chosen;
    }

    internal static bool Means(TargetSelector selector, Candidate candidate, Estate estate) => selector.Kind switch
    {
        SelectorKind.Cluster => candidate.Target.Cluster is { } cluster && GlobPattern.Matches(selector.Pattern, cluster),
        SelectorKind.Enclosure => candidate.Target.Enclosure is { } enclosure && GlobPattern.Matches(selector.Pattern, enclosure),
        SelectorKind.VirtualMachine => candidate.Target.Kind == TargetKind.VirtualMachine
            && GlobPattern.Matches(selector.Pattern, candidate.Target.Name)
            && selector.Tags.All(tag => candidate.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase))
            && (selector.Folder is null || GlobPattern.Matches(selector.Folder, candidate.Folder)),
        _ => Names(candidate).Any(name => GlobPattern.Matches(selector.Pattern, name)) || InGroup(selector.Pattern, candidate, estate, []),
    };

    private static IEnumerable<string> Names(Candidate candidate) => candidate.Aliases.Prepend(candidate.Target.Name);

    private static bool InGroup(string pattern, Candidate candidate, Estate estate, HashSet<string> visited) =>
        estate.Groups.Where(group => GlobPattern.Matches(pattern, group.Key) && visited.Add(group.Key))
            .SelectMany(group => group.Value)
            .Any(member => Names(candidate).Any(name => GlobPattern.Matches(member, name)) || InGroup(member, candidate, estate, visited));

    internal static OpsKitException Nothing(TargetSelector selector, TargetFacts facts, Estate estate)
    {
        var known = selector.Kind switch
        {
            SelectorKind.Cluster => facts.Candidates.Select(candidate => candidate.Target.Cluster).OfType<string>(),
            SelectorKind.Enclosure => facts.Candidates.Select(candidate => candidate.Target.Enclosure).OfType<string>(),
            _ => facts.Candidates.Select(candidate => candidate.Target.Name).Concat(estate.Groups.Keys),
        };
        return new OpsKitException(
            FailureKind.Usage,
            $"{selector.At}: \"{selector.Text}\" means nothing here{NearestKey.Hint(selector.Pattern, known.Distinct(StringComparer.OrdinalIgnoreCase))}",
            next: "opskit inventory show lists the inventory's names");
    }
}
