using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsKit.Lab.Enclosures;

/// <summary>Bays as an Onboard Administrator takes them: <c>{ ALL | &lt;bay number&gt; [{ , | - } &lt;bay number&gt;] }</c>.</summary>
internal static partial class BayList
{
    /// <summary>Reads a list.</summary>
    /// <param name="text">Such as <c>ALL</c>, <c>1,2</c> or <c>1-4</c>; empty for all.</param>
    /// <param name="count">How many bays there are.</param>
    /// <returns>The bays in order, or what is wrong.</returns>
    public static (IReadOnlyList<int> Bays, string? Error) Read(string text, int count)
    {
        if (text.Length == 0 || text.Equals("ALL", StringComparison.OrdinalIgnoreCase))
            return ([.. Enumerable.Range(1, count)], null);
        if (!Grammar.IsMatch(text))
            return ([], $"Invalid bay list: {text}");

        var bays = new SortedSet<int>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-').Select(Number).ToList();
            if (ends.Exists(bay => bay < 1 || bay > count) || ends[0] > ends[^1])
                return ([], string.Create(CultureInfo.InvariantCulture, $"Invalid bay number: {part}. Bays are numbered from 1 to {count}."));
            bays.UnionWith(Enumerable.Range(ends[0], ends[^1] - ends[0] + 1));
        }

        return ([.. bays], null);
    }

    private static int Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"\A[0-9]{1,9}(-[0-9]{1,9})?(,[0-9]{1,9}(-[0-9]{1,9})?){0,63}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Grammar { get; }
}
