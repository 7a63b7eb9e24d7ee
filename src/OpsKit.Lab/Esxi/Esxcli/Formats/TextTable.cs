using System.Text;
using OpsKit.Lab.Esxi.Esxcli.Values;

namespace OpsKit.Lab.Esxi.Esxcli.Formats;

/// <summary>A table: the runs of dashes below its head are as wide as its columns, two blanks apart. Numbers and booleans stand on the right.</summary>
internal static class TextTable
{
    public static void Write(StringBuilder text, IReadOnlyList<EsxcliRecord> rows)
    {
        var head = rows[0].Shown.ToList();
        var cells = rows.Select(row => head.ConvertAll(column => row.Fields.FirstOrDefault(field => field.Name == column.Name) is { } field ? TextFormat.Inline(field.Value) : "")).ToList();
        var columns = head.Select((field, index) => (
            Width: Math.Max(field.Name.Length, cells.Max(row => row[index].Length)),
            OnTheRight: field.Value is EsxcliInteger or EsxcliBoolean)).ToList();
        Line(text, columns, [.. head.Select(field => field.Name)]);
        Line(text, columns, [.. columns.Select(column => new string('-', column.Width))]);
        foreach (var row in cells)
            Line(text, columns, row);
    }

    private static void Line(StringBuilder text, List<(int Width, bool OnTheRight)> columns, List<string> cells)
    {
        var start = text.Length;
        for (var index = 0; index < columns.Count; index++)
        {
            if (index > 0)
                text.Append("  ");
            var (width, onTheRight) = columns[index];
            text.Append(onTheRight ? cells[index].PadLeft(width) : cells[index].PadRight(width));
        }

        while (text.Length > start && text[^1] == ' ')
            text.Length--;
        text.Append('\n');
    }
}
