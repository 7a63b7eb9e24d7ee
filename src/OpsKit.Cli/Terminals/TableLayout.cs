namespace OpsKit.Cli.Terminals;

/// <summary>Decides the columns' widths in a terminal of a given width.</summary>
internal static class TableLayout
{
    /// <summary>Blanks between two columns.</summary>
    public const int Gap = 2;

    /// <summary>
    /// The width of each column; null where the table does not fit even with text wrapped at blanks, and records are to be drawn one
    /// below the other. Columns narrower than their fair share keep their width; the others share the rest.
    /// </summary>
    public static IReadOnlyList<int>? Fit(TableCells cells, int width)
    {
        var room = width - ((cells.Widths.Count - 1) * Gap);
        if (cells.Widths.Sum() <= room)
            return cells.Widths;

        var least = Enumerable.Range(0, cells.Widths.Count).Select(cells.LeastWidth).ToArray();
        if (least.Sum() > room)
            return null;

        var fitted = least.ToArray();
        for (var spare = room - least.Sum(); spare > 0; spare--)
        {
            var neediest = Enumerable.Range(0, fitted.Length).Where(index => fitted[index] < cells.Widths[index])
                .OrderBy(index => (double)fitted[index] / cells.Widths[index]).ThenBy(index => index).First();
            fitted[neediest]++;
        }

        // Text squeezed to a few columns is a tower nobody reads: records read better.
        return Enumerable.Range(0, fitted.Length).Any(index => fitted[index] * 4 < cells.Widths[index] && fitted[index] < 24) ? null : fitted;
    }
}
