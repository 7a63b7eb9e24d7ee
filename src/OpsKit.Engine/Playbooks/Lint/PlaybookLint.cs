using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Playbooks.Lint;

/// <summary>Says what is wrong with a playbook, and what is legal yet unwise. Reads the playbook and its inventory; contacts nothing.</summary>
internal sealed class PlaybookLint(JumpHost jumpHost, IReadOnlyList<IVerb> verbs)
{
    /// <summary>The findings of a file, in its order.</summary>
    /// <param name="name">The file, as the operator named it.</param>
    /// <param name="vars">Variables given besides.</param>
    public IReadOnlyList<LintFinding> Check(string name, IReadOnlyDictionary<string, string> vars)
    {
        var findings = new List<LintFinding>();
        var errors = new YamlErrors();
        try
        {
            var path = jumpHost.ResolvePath(name);
            var (playbook, variables) = PlaybookReader.Examine(YamlFile.ReadText(path, name), name, path, vars, verbs, errors);
            findings.AddRange(errors.All.Select(error => new LintFinding(error.File, (int)error.Line, (int)error.Column, LintSeverity.Error, error.Message)));
            if (findings.Count == 0)
                findings.AddRange([.. Warnings(playbook, variables), .. OfInventory(playbook)]);
        }
        catch (OpsKitException failure)
        {
            findings.AddRange(LintFinding.Of(failure, name));
        }

        return [.. findings.OrderBy(finding => finding.File != name).ThenBy(finding => finding.Line).ThenBy(finding => finding.Column)];
    }

    private IEnumerable<LintFinding> Warnings(Playbook playbook, BoundVariables variables) =>
        variables.Unused.Select(unused => Warning(unused.At, $"the variable \"{unused.Name}\" is used nowhere"))
            .Concat(playbook.Steps.SelectMany(step => OfStep(step, playbook)))
            .Concat(OfWindows([.. playbook.Guards.OfType<WindowGuardSpec>()]));

    private static IEnumerable<LintFinding> OfStep(Step step, Playbook playbook)
    {
        var (verb, impact) = (step.Verb.Name, step.Verb.Impact);
        if (!step.Verb.Changes || impact < Impact.NetworkPath)
            yield break;
        if (!playbook.Guards.Any(guard => guard is PingGuardSpec) && step.Bound.GuardsOf([new Target { Kind = step.Verb.TargetKind, Name = step.Name }]).Count == 0)
            yield return Warning(step.At, $"{verb} has the impact {impact.Word()}, and no ping guard watches what it may take away");
        if (impact >= Impact.MaintenanceMode && step.Batches.Count > 0 && step.Batches[0] is { Count: null, Percent: null or 100 })
            yield return Warning(step.At, $"{verb} has the impact {impact.Word()}, and its batch begins with all targets at once; begin with 1");
    }

    private IEnumerable<LintFinding> OfWindows(IReadOnlyList<WindowGuardSpec> windows)
    {
        if (!WindowTimes.EverOpen(windows, jumpHost.Clock.GetUtcNow(), jumpHost.Clock.LocalTimeZone))
            yield return Warning(windows[0].At, windows.Count == 1 ? "the window never opens" : "the windows are never open at the same time, so no change can begin");
    }

    private List<LintFinding> OfInventory(Playbook playbook)
    {
        if (playbook.Inventory is not { } file)
            return [];
        var shown = Path.GetRelativePath(jumpHost.WorkingDirectory, jumpHost.ResolvePath(file));
        try
        {
            InventoryReader.Read(shown, jumpHost);
            return [];
        }
        catch (OpsKitException failure)
        {
            return [.. LintFinding.Of(failure, shown)];
        }
    }

    private static LintFinding Warning(string at, string message) => LintFinding.At(at, LintSeverity.Warning, message);
}
