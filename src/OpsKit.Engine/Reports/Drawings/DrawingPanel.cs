namespace OpsKit.Engine.Reports.Drawings;

/// <summary>
/// A part of a drawing that is drawn by itself: near things that share far things. What belongs together is found by what is connected; of more than a screenful,
/// each screenful has its far things again, so that no line runs over ten of them.
/// </summary>
/// <param name="Near">Near things with their links.</param>
/// <param name="Far">Far things, in the order they are drawn.</param>
internal sealed record DrawingPanel(IReadOnlyList<(string Name, IReadOnlyList<DrawnLink> Links)> Near, IReadOnlyList<string> Far)
{
    private const int MostNear = 16;

    /// <summary>Cuts a drawing; things that lead nowhere come last.</summary>
    public static IReadOnlyList<DrawingPanel> Of(ReportDrawing drawing)
    {
        var near = drawing.Links.GroupBy(link => link.Near, StringComparer.Ordinal).Select(group => (Name: group.Key, Links: (IReadOnlyList<DrawnLink>)[.. group])).ToList();
        var group = Enumerable.Range(0, near.Count).ToArray();
        var byFar = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var place = 0; place < near.Count; place++)
        {
            foreach (var far in near[place].Links.Select(link => link.Far).OfType<string>())
            {
                if (byFar.TryGetValue(far, out var other))
                    group[Root(group, place)] = Root(group, other);
                else
                    byFar[far] = place;
            }
        }

        return
        [
            .. near.Index().GroupBy(pair => pair.Item.Links.Any(link => link.Far is not null) ? Root(group, pair.Index) : -1)
                .OrderBy(connected => connected.Key < 0)
                .SelectMany(connected => connected.Select(pair => pair.Item).Chunk(MostNear))
                .Select(Panel),
        ];
    }

    private static DrawingPanel Panel((string Name, IReadOnlyList<DrawnLink> Links)[] near) => new(
        near,
        [.. near.SelectMany(one => one.Links).Select(link => link.Far).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    private static int Root(int[] group, int place)
    {
        while (group[place] != place)
            place = group[place] = group[group[place]];
        return place;
    }
}
