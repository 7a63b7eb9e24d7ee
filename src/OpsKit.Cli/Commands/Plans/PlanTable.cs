using OpsKit.Engine.Plans;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Verbs;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Cli.Commands.Plans.PlanRow>;

namespace OpsKit.Cli.Commands.Plans;

/// <summary>One line of a plan: a change, a blocker, a warning, or that nothing is to do.</summary>
internal sealed record PlanRow(StepPlan Step, TargetPlan Target, string What, string Text, PlannedChange? Change = null);

/// <summary>A plan as rows, for spreadsheets.</summary>
internal static class PlanTable
{
    public static ReportTable Of(Plan plan) => ReportTable.From(
        "plan",
        plan.Steps.SelectMany(step => step.Targets.Where(target => target.NotAssessed is null).SelectMany(target => Rows(step, target))),
        Column.Integer("Step", row => row.Step.Number),
        Column.Text("Name", row => row.Step.Name),
        Column.Text("Verb", row => row.Step.Verb),
        Column.Text("Target", row => row.Target.Target.Name),
        Column.Text("vCenter", row => row.Target.Target.VCenter),
        Column.Text("Cluster", row => row.Target.Target.Cluster),
        Column.Text("Kind", row => row.What, "change, blocked, warning or nothing to do"),
        Column.Text("Text", row => row.Text),
        Column.Text("Before", row => row.Change?.Before),
        Column.Text("After", row => row.Change?.After),
        Column.Text("Impact", row => row.Change?.Impact.Word())) with
    {
        NotAssessed = [.. plan.Steps.SelectMany(step => step.Targets).Where(target => target.NotAssessed is not null).Select(target => new NotAssessed(target.Target.Name, target.NotAssessed!)).Distinct()],
    };

    private static List<PlanRow> Rows(StepPlan step, TargetPlan target)
    {
        var rows = target.Changes.Select(change => new PlanRow(step, target, "change", change.Summary, change))
            .Concat(target.Blockers.Select(blocker => new PlanRow(step, target, "blocked", blocker)))
            .Concat(target.Warnings.Select(warning => new PlanRow(step, target, "warning", warning)))
            .ToList();
        return rows.Count > 0 ? rows : [new PlanRow(step, target, "nothing to do", "")];
    }
}
