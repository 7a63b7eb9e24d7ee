using System.CommandLine;
using OpsKit.Cli.Commands.Plans;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Engine.Playbooks.Lint;
using OpsKit.Engine.Reports;
using OpsKit.Modules;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Engine.Playbooks.Lint.LintFinding>;

namespace OpsKit.Cli.Commands.Playbooks;

/// <summary><c>opskit playbook lint</c>: what is wrong with playbooks, and what is unwise. Contacts nothing.</summary>
internal static class LintCommand
{
    public static OpsCommand Create()
    {
        var files = new FileArgument("Playbooks to check");
        var vars = PlaybookOptions.Var();
        return new OpsCommand("lint", "Say what is wrong with playbooks, and what is legal yet unwise")
        {
            Arguments = { files },
            Options = { vars },
            Reports = true,
            Details =
                """
                Reads the playbooks and the inventories they name, and nothing else: no endpoint is
                contacted, no password is read. Every mistake of every file is shown with its place.
                Warnings leave the exit code at 0.
                """,
            Examples =
            [
                new Example("opskit playbook lint night.yaml", "one playbook"),
                new Example("opskit playbook lint *.yaml --output json", "all of a folder, for a script"),
                new Example("opskit playbook lint night.yaml --var cluster=Prod", "with a variable that must be given"),
            ],
            ExitCodes = [Cli.ExitCodes.Done, Cli.ExitCodes.Usage],
            Handler = (parsed, context, _) => Task.FromResult(Lint(context, parsed.GetValue(files) ?? [], PlaybookOptions.Vars(parsed, vars))),
        };
    }

    private static int Lint(CommandContext context, string[] files, IReadOnlyDictionary<string, string> vars)
    {
        var lint = new PlaybookLint(context.JumpHost, ModuleVerbs.All);
        var findings = files.Distinct(StringComparer.Ordinal).SelectMany(file => lint.Check(file, vars)).Distinct().ToList();
        if (context.Settings is { Output: OutputFormat.Table, OutFile: null })
            context.Terminal.Data(string.Concat(findings.Select(finding => Line(context.Terminal, finding) + "\n")));
        else
            context.Report(TableOf(findings));

        var errors = findings.Count(finding => finding.Severity == LintSeverity.Error);
        var warnings = findings.Count - errors;
        context.Terminal.Say($"{Counted.Of(files.Length, "playbook")}: {(errors == 0 ? "valid" : Counted.Of(errors, "error"))}{(warnings == 0 ? "" : $", {Counted.Of(warnings, "warning")}")}");
        return errors == 0 ? Cli.ExitCodes.Done : Cli.ExitCodes.Usage;
    }

    /// <summary>A finding on a line, as compilers write it and editors follow it.</summary>
    private static string Line(Terminal terminal, LintFinding finding)
    {
        var text = SafeText.Line(finding.ToString());
        var word = finding.Severity == LintSeverity.Error ? "error:" : "warning:";
        var at = text.IndexOf($" {word} ", StringComparison.Ordinal);
        return terminal.Capabilities.OutputColor && at >= 0
            ? $"{text[..(at + 1)]}{(finding.Severity == LintSeverity.Error ? Ink.Red : Ink.Yellow).Around(word)}{text[(at + 1 + word.Length)..]}"
            : text;
    }

    private static ReportTable TableOf(IEnumerable<LintFinding> findings) => ReportTable.From(
        "playbook-lint",
        findings,
        Column.Text("File", finding => finding.File),
        Column.Integer("Line", finding => finding.Line, description: "From 1; empty for the file as a whole"),
        Column.Integer("Column", finding => finding.Column),
        Column.Text("Severity", finding => finding.Severity == LintSeverity.Error ? "error" : "warning", "error or warning"),
        Column.Text("Message", finding => finding.Message));
}
