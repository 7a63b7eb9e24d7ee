using System.Text;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Reports;

namespace OpsKit.Cli.Commands.Plans;

/// <summary>Shows a plan: as text on stdout, for reading; as JSON or rows, for programs; on stderr, before it is applied.</summary>
internal static class PlanOutput
{
    private const int WidthInFiles = 120;

    /// <summary>Writes the plan as data, where and how the command line asks.</summary>
    public static void Write(CommandContext context, Plan plan, PlaybookDesk desk)
    {
        var settings = context.Settings;
        if (settings.Output is not (OutputFormat.Table or OutputFormat.Json))
        {
            context.Report(PlanTable.Of(plan));
            return;
        }

        var text = settings.Output == OutputFormat.Json ? PlanJson.Write(plan)
            : settings.OutFile is not null ? Text(plan, desk, WidthInFiles, static (text, _) => text)
            : Text(plan, desk, Width(context.Terminal.Capabilities.Width), context.Terminal.Capabilities.OutputColor ? static (text, ink) => ink.Around(text) : static (text, _) => text);
        if (settings.OutFile is not { } file)
        {
            context.Terminal.Data(settings.Output == OutputFormat.Json && context.Terminal.Streams.OutputIsTerminal ? SafeText.Lines(text) : text);
            return;
        }

        ReportFile.Write(context.JumpHost.ResolvePath(file), stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        context.Terminal.Say($"plan written to {file}");
    }

    /// <summary>Shows the plan on stderr, where talk goes.</summary>
    public static void Show(CommandContext context, Plan plan, PlaybookDesk desk)
    {
        foreach (var line in Text(plan, desk, Width(context.Terminal.Capabilities.Width), context.Terminal.Paint).TrimEnd('\n').Split('\n').Append(""))
            context.Terminal.SayPainted(line);
    }

    private static string Text(Plan plan, PlaybookDesk desk, int width, Func<string, Ink, string> paint) =>
        PlanText.Of(plan, desk.Playbook, width, paint, desk.Run.GuardTargets);

    private static int Width(int terminal) => terminal == int.MaxValue ? WidthInFiles : terminal;
}
