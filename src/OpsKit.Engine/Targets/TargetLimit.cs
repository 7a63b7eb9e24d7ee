using OpsKit.Connections.Inventory;
using OpsKit.Engine.Playbooks;

namespace OpsKit.Engine.Targets;

/// <summary>What <c>--limit</c> leaves of a playbook's targets. Pure.</summary>
/// <param name="Only">Selectors of which one must mean a target; empty for no such limit.</param>
/// <param name="Except">Selectors of which none may mean it (<c>!</c> in front on the command line).</param>
public sealed record TargetLimit(IReadOnlyList<TargetSelector> Only, IReadOnlyList<TargetSelector> Except)
{
    /// <summary>No limit.</summary>
    public static TargetLimit None { get; } = new([], []);

    /// <summary>Reads what the command line says.</summary>
    /// <param name="patterns">Selectors; those with <c>!</c> in front exclude.</param>
    /// <param name="at">What errors call the place, such as <c>--limit</c>.</param>
    /// <exception cref="OpsKit.Connections.OpsKitException">Kind Usage: one is no selector.</exception>
    public static TargetLimit Parse(IReadOnlyList<string> patterns, string at)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        return new TargetLimit(
            [.. patterns.Where(pattern => !pattern.StartsWith('!')).Select(pattern => TargetSelector.Parse(pattern, at))],
            [.. patterns.Where(pattern => pattern.StartsWith('!')).Select(pattern => TargetSelector.Parse(pattern[1..], at))]);
    }

    /// <summary>Whether there is a limit at all.</summary>
    public bool IsNone => Only.Count == 0 && Except.Count == 0;

    internal bool Allows(Candidate candidate, Estate estate) =>
        (Only.Count == 0 || Only.Any(selector => TargetResolver.Means(selector, candidate, estate)))
        && !Except.Any(selector => TargetResolver.Means(selector, candidate, estate));
}
