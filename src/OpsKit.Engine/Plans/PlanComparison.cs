using System.Globalization;
using System.Text.RegularExpressions;
using OpsKit.Connections;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Plans;

/// <summary>Tells whether a saved plan still fits what it was made for. Pure.</summary>
public static partial class PlanComparison
{
    private const int MostNamed = 5;

    /// <summary>A server that computes a time from how long it runs gives another one each time it is asked.</summary>
    private static readonly TimeSpan Wobble = TimeSpan.FromSeconds(30);

    /// <summary>What differs, most telling first; empty where the saved plan still holds.</summary>
    /// <param name="saved">The plan that was approved.</param>
    /// <param name="now">The plan as it would be made now.</param>
    public static IReadOnlyList<string> Differences(Plan saved, Plan now)
    {
        ArgumentNullException.ThrowIfNull(saved);
        ArgumentNullException.ThrowIfNull(now);
        var differences = new List<string>();
        if (saved.PlaybookSha256 != now.PlaybookSha256)
            differences.Add("the playbook or its variables are others");
        if (saved.InventorySha256 != now.InventorySha256)
            differences.Add($"the inventory {now.Inventory} has changed");
        for (var place = 0; place < Math.Max(saved.Steps.Count, now.Steps.Count); place++)
        {
            if (place >= saved.Steps.Count || place >= now.Steps.Count)
                differences.Add($"step {place + 1} is in one of them only");
            else
                Compare(saved.Steps[place], now.Steps[place], differences);
        }

        return differences.Count <= MostNamed ? differences : [.. differences.Take(MostNamed), $"and {differences.Count - MostNamed} more"];
    }

    /// <summary>Throws where the saved plan no longer holds.</summary>
    /// <exception cref="OpsKitException">Kind Usage, naming what differs.</exception>
    public static void RequireFresh(Plan saved, Plan now, string name)
    {
        var differences = Differences(saved, now);
        if (differences.Count > 0)
        {
            throw new OpsKitException(
                FailureKind.Usage,
                $"{name} is stale; nothing was changed. Since it was made:\n{string.Join("\n", differences.Select(difference => "- " + difference))}",
                next: "make and read a new plan: opskit plan PLAYBOOK -o FILE");
        }
    }

    private static void Compare(StepPlan saved, StepPlan now, List<string> differences)
    {
        var before = ByKey(saved);
        var after = ByKey(now);
        foreach (var (key, target) in after)
        {
            if (!before.TryGetValue(key, out var known))
                differences.Add($"step {now.Number}: {target.Target.Name} is a target now");
            else if (Difference(known, target) is { } difference)
                differences.Add($"step {now.Number}, {target.Target.Name}: {difference}");
        }

        foreach (var (_, gone) in before.Where(pair => !after.ContainsKey(pair.Key)))
            differences.Add($"step {now.Number}: {gone.Target.Name} is no target any more");
    }

    private static string? Difference(TargetPlan saved, TargetPlan now)
    {
        foreach (var name in saved.Observed.Keys.Union(now.Observed.Keys, StringComparer.Ordinal))
        {
            var (before, after) = (saved.Observed.GetValueOrDefault(name, "not seen"), now.Observed.GetValueOrDefault(name, "not seen"));
            if (!IsSame(before, after))
                return $"{name} was {before}, is {after}";
        }

        if (saved.NotAssessed is null != now.NotAssessed is null)
            return now.NotAssessed is { } reason ? $"could be read then, not now: {reason}" : "could not be read then, can be now";
        if (!saved.Blockers.SequenceEqual(now.Blockers, StringComparer.Ordinal))
            return now.Blockers.Count > 0 ? $"is blocked: {now.Blockers[0]}" : "is not blocked any more";
        var (was, @is) = (Lines(saved), Lines(now));
        return was.Count == @is.Count && was.Zip(@is, IsSame).All(same => same) ? null : $"the changes were {Listed(was)}, are {Listed(@is)}";
    }

    /// <summary>Whether two texts say the same, but for instants in them that differ by less than <see cref="Wobble"/>.</summary>
    private static bool IsSame(string before, string after)
    {
        if (before == after)
            return true;
        var (first, second) = (Instant().Matches(before), Instant().Matches(after));
        return first.Count == second.Count
            && Instant().Replace(before, "") == Instant().Replace(after, "")
            && first.Zip(second, (one, other) => (At(one) - At(other)).Duration() < Wobble).All(near => near);
    }

    private static DateTimeOffset At(Match instant) =>
        DateTimeOffset.TryParse(instant.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : DateTimeOffset.MinValue;

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Instant();

    private static Dictionary<string, TargetPlan> ByKey(StepPlan step) =>
        step.Targets.GroupBy(target => target.Target.LockKey, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);

    private static List<string> Lines(TargetPlan target) => [.. target.Changes.Select(change => $"{change.Id}: {change.Before} -> {change.After}")];

    private static string Listed(List<string> lines) => lines.Count == 0 ? "none" : string.Join("; ", lines);
}
