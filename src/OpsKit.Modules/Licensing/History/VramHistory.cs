using System.Text;

namespace OpsKit.Modules.Licensing;

/// <summary>The marks that have been recorded.</summary>
/// <param name="Marks">One for each pool, table and day, by day.</param>
/// <param name="Damaged">Lines of the file that cannot be read.</param>
public sealed record VramHistory(IReadOnlyList<VramMark> Marks, IReadOnlyList<DamagedLine> Damaged)
{
    /// <summary>The marks an account makes; pools that lack a vCenter's share make none, as their mark would be too low.</summary>
    /// <param name="account">The count.</param>
    /// <param name="at">When it was made; its day in UTC is the mark's.</param>
    public static IReadOnlyList<VramMark> MarksOf(VramAccount account, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(account);
        return [.. account.Pools.Where(line => line.MissingVCenters.Count == 0 && !IsUnused(line)).Select(line => new VramMark
        {
            Day = DateOnly.FromDateTime(at.UtcDateTime),
            Series = new VramSeries(line.Site, line.Edition!, line.PoolHost ?? "", account.Table.Name),
            LicenseType = line.LicenseType,
            UsedMB = line.UsedMB,
            Entitled = line.Entitled!.Value,
            At = at,
        })];
    }

    // Only spare keys: there is nothing a mark could be of.
    private static bool IsUnused(VramLine line) => line is { HostCount: 0, UsedMB: 0, Entitled: { IsUnlimited: false, Megabytes: 0 } };

    internal static VramHistory Parse(string text)
    {
        var marks = new Dictionary<(VramSeries, DateOnly), VramMark>();
        var damaged = new List<DamagedLine>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var content = line.TrimEnd('\r');
            if (content.Length == 0 || content[0] == '#')
                continue;
            if (VramMarkLine.Read(content) is { } mark)
                Add(marks, mark);
            else
                damaged.Add(new DamagedLine(number, content));
        }

        return new VramHistory(Ordered(marks.Values), damaged);
    }

    internal VramHistory Merge(IEnumerable<VramMark> later)
    {
        var marks = Marks.ToDictionary(mark => (mark.Series, mark.Day));
        foreach (var mark in later)
            Add(marks, mark);
        return this with { Marks = Ordered(marks.Values) };
    }

    internal string ToText()
    {
        var text = new StringBuilder(VramMarkLine.Header);
        foreach (var line in Damaged)
            text.Append(line.Text).Append('\n');
        foreach (var mark in Marks)
            text.Append(VramMarkLine.Write(mark)).Append('\n');
        return text.ToString();
    }

    private static void Add(Dictionary<(VramSeries, DateOnly), VramMark> marks, VramMark mark)
    {
        var key = (mark.Series, mark.Day);
        marks[key] = marks.TryGetValue(key, out var earlier) ? earlier.With(mark) : mark;
    }

    private static IReadOnlyList<VramMark> Ordered(IEnumerable<VramMark> marks) =>
        [.. marks
            .OrderBy(mark => mark.Day)
            .ThenBy(mark => mark.Series.Site, StringComparer.Ordinal)
            .ThenBy(mark => mark.Series.Edition, StringComparer.Ordinal)
            .ThenBy(mark => mark.Series.PoolHost, StringComparer.Ordinal)
            .ThenBy(mark => mark.Series.Table, StringComparer.Ordinal)];
}

/// <summary>A line of the history that cannot be read.</summary>
/// <param name="Number">Its line number, from 1.</param>
/// <param name="Text">What it says.</param>
public sealed record DamagedLine(int Number, string Text);
