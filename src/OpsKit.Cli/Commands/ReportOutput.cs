using System.Text;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Engine.Reports;

namespace OpsKit.Cli.Commands;

/// <summary>Writes a report where and how the command line asks: to stdout or a file, as a table, CSV, JSON, HTML, or the drawing alone.</summary>
internal sealed class ReportOutput(Terminal terminal, GlobalSettings settings, JumpHost jumpHost)
{
    /// <summary>Finds out early whether the output file can be written.</summary>
    public void Check()
    {
        if (settings.OutFile is { } file)
            ReportFile.CheckWritable(FullPath(file));
    }

    /// <summary>Writes the reports of one command. Of several, CSV, JSON and HTML on stdout are the first alone, so that a program reads one table; files are numbered.</summary>
    public void Write(IReadOnlyList<ReportTable> tables)
    {
        foreach (var (place, table) in tables.Index())
        {
            if (place > 0 && settings is { OutFile: null, Output: OutputFormat.Table })
                terminal.Data("\n");
            if (place == 0 || settings.OutFile is not null || settings.Output == OutputFormat.Table)
                Write(table, place);
            else
                terminal.Say($"not shown: {table.Name}, {Count(table.Rows.Count)}; --out FILE writes every report");
        }
    }

    /// <summary>Writes the report.</summary>
    public void Write(ReportTable table) => Write(table, 0);

    private void Write(ReportTable table, int place)
    {
        if (settings.OutFile is { } named)
        {
            var file = ReportMerge.FileOf(named, place);
            ReportFile.Write(FullPath(file), stream => Write(table, stream));
            terminal.Say($"{Count(table.Rows.Count)} written to {file}");
        }
        else if (settings.Output == OutputFormat.Table)
        {
            TableDrawing.Write(table, terminal);
        }
        else
        {
            using var buffer = new MemoryStream();
            Write(table, buffer);
            var text = Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
            // A file or a pipe gets names as they are; a screen must not obey them.
            terminal.Data(terminal.Streams.OutputIsTerminal ? SafeText.Lines(text) : text);
        }
    }

    private void Write(ReportTable table, Stream stream)
    {
        switch (settings.Output)
        {
            case OutputFormat.Csv:
                CsvReportWriter.Write(table, stream, new CsvReportOptions { ByteOrderMark = settings.ByteOrderMark });
                break;
            case OutputFormat.Json:
                JsonReportWriter.Write(table, jumpHost.Clock.GetUtcNow(), stream);
                break;
            case OutputFormat.Html:
                HtmlReportWriter.Write(table, jumpHost.Clock.GetUtcNow(), stream);
                break;
            case OutputFormat.Dot:
                DotReportWriter.Write(table, stream);
                break;
            default:
                stream.Write(Encoding.UTF8.GetBytes(PlainTable.Draw(table)));
                break;
        }
    }

    private string FullPath(string file) => Path.GetFullPath(file, jumpHost.WorkingDirectory);

    private static string Count(int rows) => rows == 1 ? "1 row" : $"{rows} rows";
}
