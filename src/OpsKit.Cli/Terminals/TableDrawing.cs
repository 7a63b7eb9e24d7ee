using OpsKit.Connections;
using OpsKit.Engine.Reports;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OpsKit.Cli.Terminals;

/// <summary>Draws a report on a terminal; where stdout is none, writes the plain table.</summary>
internal static class TableDrawing
{
    public static void Write(ReportTable table, Terminal terminal)
    {
        if (!terminal.Capabilities.Boxes && !terminal.Capabilities.OutputColor)
        {
            terminal.Data(PlainTable.Draw(table));
            return;
        }

        using var buffer = new StringWriter { NewLine = "\n" };
        Draw(table, Canvas(buffer, terminal.Capabilities));
        var lines = buffer.ToString().Split('\n').Select(line => line.TrimEnd(' '));
        terminal.Data(string.Join('\n', lines));
    }

    /// <summary>A Spectre console that draws into a writer.</summary>
    public static IAnsiConsole Canvas(TextWriter writer, TerminalCapabilities capabilities)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = capabilities.OutputColor ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = capabilities.OutputColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = capabilities.Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    private static void Draw(ReportTable table, IAnsiConsole canvas)
    {
        var cells = new TableCells(table);
        if (cells.Widths.Sum() + ((cells.Widths.Count - 1) * TableLayout.Gap) > canvas.Profile.Width)
            cells = cells.WithoutEmptyColumns();
        var (shown, grid, leftOut) = Narrowed(cells, canvas.Profile.Width);
        if (grid is not null)
            WriteGrid(shown, grid, canvas);
        else
            Records(cells, canvas);

        var isBegun = grid is not null || table.Rows.Count > 0;
        if (table.NotAssessed.Count > 0)
        {
            if (isBegun)
                canvas.WriteLine();
            isBegun = true;
            canvas.Write(new Text("Not assessed\n", Style.Parse("bold yellow")));
            foreach (var missing in table.NotAssessed)
                canvas.Write(new Padder(Pair(missing.Target, missing.Reason), new Padding(2, 0, 0, 0)));
        }

        IReadOnlyList<string> notes = leftOut.Count == 0 ? table.Notes : [.. table.Notes, $"Left out for want of room: {string.Join(", ", leftOut)}. A wider terminal and --output csv have all."];
        if (notes.Count > 0)
        {
            if (isBegun)
                canvas.WriteLine();
            foreach (var note in notes)
                canvas.Write(new Text(SafeText.Line(note) + "\n", Style.Parse("dim")));
        }
    }

    /// <summary>What fits and reads well: all columns, else without lesser ones, the last of them first. No widths where it fits in no way.</summary>
    private static (TableCells Cells, IReadOnlyList<int>? Widths, IReadOnlyList<string> LeftOut) Narrowed(TableCells cells, int width)
    {
        (TableCells Cells, IReadOnlyList<int>? Widths, IReadOnlyList<string> LeftOut) best = (cells, null, []);
        IReadOnlyList<string> leftOut = [];
        for (var tried = cells; ;)
        {
            if (TableLayout.Fit(tried, width) is { } widths)
            {
                if (tried.Rows.Count == 0 || !tried.Squeezes(widths))
                    return (tried, widths, leftOut);
                if (best.Widths is null)
                    best = (tried, widths, leftOut);
            }

            if (tried.WithoutLastLesser() is not { } fewer)
                return best;
            (tried, leftOut) = (fewer.Cells, [fewer.LeftOut, .. leftOut]);
        }
    }

    private static void WriteGrid(TableCells cells, IReadOnlyList<int> widths, IAnsiConsole canvas)
    {
        // Spectre reserves a column of the terminal for every border, also for one that draws nothing there, and would squeeze the table for it.
        var width = canvas.Profile.Width;
        canvas.Profile.Width = width + widths.Count + 1;
        canvas.Write(Grid(cells, widths));
        canvas.Profile.Width = width;
    }

    private static Table Grid(TableCells cells, IReadOnlyList<int> widths)
    {
        var grid = new Table { Border = UnderlinedBorder.Instance, ShowFooters = cells.Totals is not null, Width = null };
        for (var index = 0; index < widths.Count; index++)
        {
            var column = new TableColumn(new Text(HeaderWords.Break(cells.Headers[index], widths[index]), Style.Parse("bold")))
            {
                Width = widths[index],
                Alignment = cells.AlignRight[index] ? Justify.Right : Justify.Left,
                Padding = new Padding(0, 0, index < widths.Count - 1 ? TableLayout.Gap : 0, 0),
            };
            if (cells.Totals is { } totals)
                column.Footer = new Text(totals[index], Style.Parse("bold"));
            grid.AddColumn(column);
        }

        foreach (var row in cells.Rows)
            grid.AddRow(row.Select(cell => new Text(cell)));
        return grid;
    }

    private static void Records(TableCells cells, IAnsiConsole canvas)
    {
        var nameWidth = cells.Headers.Max(TableCells.WidthOf);
        var first = true;
        foreach (var row in cells.Totals is { } totals ? cells.Rows.Append(totals) : cells.Rows)
        {
            if (!first)
                canvas.WriteLine();
            first = false;
            canvas.Write(new Text(row[0] + "\n", Style.Parse("bold")));
            for (var index = 1; index < row.Length; index++)
            {
                if (row[index] is "" or TableCells.Nothing)
                    continue;

                var name = cells.Headers[index] + new string(' ', nameWidth - TableCells.WidthOf(cells.Headers[index]));
                var grid = new Grid()
                    .AddColumn(new GridColumn().Width(nameWidth).NoWrap().PadLeft(2).PadRight(2))
                    .AddColumn(new GridColumn().PadLeft(0).PadRight(0));
                grid.AddRow(new Text(name, Style.Parse("dim")), new Text(row[index]));
                canvas.Write(grid);
            }
        }
    }

    private static Paragraph Pair(string target, string reason) =>
        new Paragraph().Append(SafeText.Line(target), Style.Parse("bold")).Append(": " + SafeText.Line(reason));
}

/// <summary>A rule under the header and above the totals, nothing else: the least ink that still guides the eye.</summary>
internal sealed class UnderlinedBorder : TableBorder
{
    public static UnderlinedBorder Instance { get; } = new();

    /// <inheritdoc/>
    public override string GetPart(TableBorderPart part) => part switch
    {
        TableBorderPart.HeaderBottom or TableBorderPart.FooterTop => "─",
        _ => "",
    };
}
