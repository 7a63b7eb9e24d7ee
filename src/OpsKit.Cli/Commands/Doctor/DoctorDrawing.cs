using System.Text;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;

namespace OpsKit.Cli.Commands.Doctor;

/// <summary>Draws findings as a list by target, each failure with its fix below it: what to do stands where the eye is.</summary>
internal static class DoctorDrawing
{
    public static string Draw(IReadOnlyList<Finding> findings, TerminalCapabilities capabilities)
    {
        var text = new StringBuilder();
        var checkWidth = findings.Max(finding => finding.Check.Length);
        foreach (var group in findings.GroupBy(finding => finding.Target))
        {
            if (text.Length > 0)
                text.Append('\n');
            text.Append(Paint(group.Key is null ? "This jump host" : SafeText.Line(group.Key), Ink.Bold, capabilities)).Append('\n');
            foreach (var finding in group)
                Append(text, finding, checkWidth, capabilities);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Finding finding, int checkWidth, TerminalCapabilities capabilities)
    {
        var (mark, ink) = MarkOf(finding.Status, capabilities.Boxes);
        var indent = mark.Length + 3 + checkWidth + 2;
        text.Append("  ").Append(Paint(mark, ink, capabilities)).Append(' ').Append(finding.Check.PadRight(checkWidth)).Append("  ");
        // Only what OpsKit itself says has several lines; what a server is called has one.
        AppendWrapped(text, finding.Status == FindingStatus.Failure ? SafeText.Lines(finding.Result) : SafeText.Line(finding.Result), indent, capabilities);
        if (finding.Fix is { Length: > 0 } fix)
        {
            text.Append(' ', indent).Append(Paint("fix: ", Ink.Cyan, capabilities));
            AppendWrapped(text, SafeText.Lines(fix), indent + 5, capabilities);
        }
    }

    private static void AppendWrapped(StringBuilder text, string content, int indent, TerminalCapabilities capabilities) =>
        text.Append(WordWrap.Hanging(content, capabilities.Width, indent)).Append('\n');

    private static (string Mark, Ink Ink) MarkOf(FindingStatus status, bool symbols) => status switch
    {
        FindingStatus.Ok => (symbols ? "✓" : "ok  ", Ink.Green),
        FindingStatus.Warning => (symbols ? "!" : "warn", Ink.Yellow),
        FindingStatus.Failure => (symbols ? "✗" : "FAIL", Ink.Red),
        _ => (symbols ? "-" : "skip", Ink.Dim),
    };

    private static string Paint(string text, Ink ink, TerminalCapabilities capabilities) => capabilities.OutputColor ? ink.Around(text) : text;
}
