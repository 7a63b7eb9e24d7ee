using System.Globalization;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;

namespace OpsKit.Cli.Commands.Runs;

/// <summary>The lines of the moving table, for a screen of a size.</summary>
internal sealed class LiveFrame(TimeProvider clock, TimeProvider screen, Func<string, Ink, string> paint)
{
    private const int BarColumns = 12;
    private const int WidestName = 28;
    private static readonly string[] Spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

    /// <summary>The step under way.</summary>
    public IReadOnlyList<string> Now(RunBoard board, ScreenSize screen)
    {
        if (board.Step is not { } step)
            return [];
        var width = screen.Width - 1;
        var lines = new List<string> { Head(step, board, width) };
        var guards = board.Guards.Count > 0 ? 1 : 0;
        var room = Math.Max(3, screen.Height - 3 - guards);
        var rows = board.Rows;
        var shown = rows.Count <= room ? rows : Most(rows, room - 1);
        var nameWidth = Math.Min(Math.Min(WidestName, width / 2), shown.Select(row => TableCells.WidthOf(SafeText.Line(row.Name))).DefaultIfEmpty(0).Max());
        lines.AddRange(shown.Select(row => Row(row, nameWidth, width)));
        if (shown.Count < rows.Count)
            lines.Add(paint(Fit($"  … {rows.Count - shown.Count} more: {board.Counts()}", width), Ink.Dim));
        if (guards > 0)
            lines.Add("  " + Guards(board, width - 2));
        return lines;
    }

    /// <summary>What stays on the screen of a step that is over.</summary>
    public IReadOnlyList<string> Over(RunBoard board, bool completed, ScreenSize screen)
    {
        if (board.Step is not { } step)
            return [];
        var failed = board.Rows.Any(row => row.Phase is TargetPhase.Failed or TargetPhase.NotAssessed);
        var mark = !completed ? paint("■", Ink.Red) : failed ? paint("✗", Ink.Red) : paint("✓", Ink.Green);
        var tail = $"{board.Counts()}, {Clock(clock.GetElapsedTime(board.StepSince))}";
        return [$"{mark} {paint($"Step {step.Number}", Ink.Bold)}  {Fit($"{step.Name}: {tail}", screen.Width - 12)}"];
    }

    private string Head(StepPlan step, RunBoard board, int width)
    {
        var rows = board.Rows;
        var over = rows.Count(row => row.Phase is not (TargetPhase.Waiting or TargetPhase.Working));
        var tail = $"{over} of {rows.Count}  {Clock(clock.GetElapsedTime(board.StepSince))}";
        var number = $"Step {step.Number}";
        var name = Fit(step.Name, width - number.Length - tail.Length - 4);
        var fill = Math.Max(1, width - number.Length - 2 - TableCells.WidthOf(name) - tail.Length);
        return paint(number, Ink.Bold) + "  " + paint(name, Ink.Bold) + new string(' ', fill) + paint(tail, Ink.Dim);
    }

    private string Row(BoardRow row, int nameWidth, int width)
    {
        var name = Fit(row.Name, nameWidth);
        name += new string(' ', nameWidth - TableCells.WidthOf(name));
        var room = width - nameWidth - 6;
        var working = row.Phase == TargetPhase.Working;
        var time = working ? Clock(clock.GetElapsedTime(row.Since)) : "";
        var bar = working && row.Share is { } share && room >= 40 ? Bar(share) : "";
        var text = Fit(row.Phase == TargetPhase.Waiting ? "waiting" : row.Text.Split('\n')[0], room - TableCells.WidthOf(bar) - time.Length - (bar.Length > 0 ? 2 : 0) - (time.Length > 0 ? 2 : 0));
        var used = TableCells.WidthOf(text) + TableCells.WidthOf(bar) + time.Length;
        var line = $"  {Mark(row.Phase)} {name}  {(working ? text : paint(text, InkOf(row.Phase)))}";
        return working ? $"{line}{new string(' ', Math.Max(2, room - used - (bar.Length > 0 ? 2 : 0)))}{paint(bar, Ink.Cyan)}{(bar.Length > 0 ? "  " : "")}{paint(time, Ink.Dim)}" : line;
    }

    private string Mark(TargetPhase phase) => phase switch
    {
        TargetPhase.Working => paint(Spinner[(int)(screen.GetElapsedTime(0).TotalMilliseconds / 100) % Spinner.Length], Ink.Cyan),
        TargetPhase.Done or TargetPhase.Read => paint("✓", Ink.Green),
        TargetPhase.Unchanged => paint("=", Ink.Green),
        TargetPhase.Failed => paint("✗", Ink.Red),
        TargetPhase.NotAssessed => paint("?", Ink.Yellow),
        TargetPhase.Skipped => paint("-", Ink.Yellow),
        _ => paint("·", Ink.Dim),
    };

    private static Ink InkOf(TargetPhase phase) => phase switch
    {
        TargetPhase.Failed => Ink.Red,
        TargetPhase.NotAssessed or TargetPhase.Skipped => Ink.Yellow,
        _ => Ink.Dim,
    };

    private string Guards(RunBoard board, int width)
    {
        var plain = string.Join("   ", board.Guards.Select(Words));
        return TableCells.WidthOf(plain) > width ? Fit(plain, width) : string.Join("   ", board.Guards.Select(state => paint(Words(state), InkOf(state.Verdict))));
    }

    private static string Words(GuardState state) =>
        SafeText.Line($"{(state.Verdict == Verdict.Healthy ? "●" : "▲")} {state.Guard}: {(state.Verdict == Verdict.Healthy ? "healthy" : state.Reason)}");

    private static Ink InkOf(Verdict verdict) => verdict switch { Verdict.Healthy => Ink.Green, Verdict.Breached => Ink.Red, _ => Ink.Yellow };

    /// <summary>The rows that matter most on a small screen, in their order: at work, failed, then the next.</summary>
    private static List<BoardRow> Most(IReadOnlyList<BoardRow> rows, int room)
    {
        static int Weight(BoardRow row) => row.Phase switch
        {
            TargetPhase.Working => 0,
            TargetPhase.Failed or TargetPhase.NotAssessed => 1,
            TargetPhase.Waiting => 2,
            _ => 3,
        };
        var chosen = rows.OrderBy(Weight).Take(room).ToHashSet();
        return [.. rows.Where(chosen.Contains)];
    }

    private static string Bar(double share)
    {
        var full = (int)Math.Round(Math.Clamp(share, 0, 1) * BarColumns);
        return new string('█', full) + new string('░', BarColumns - full) + string.Create(CultureInfo.InvariantCulture, $" {Math.Clamp(share, 0, 1) * 100,3:0}%");
    }

    private static string Clock(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");

    private static string Fit(string text, int width) => InkWrap.Cut(SafeText.Line(text), Math.Max(1, width));
}
