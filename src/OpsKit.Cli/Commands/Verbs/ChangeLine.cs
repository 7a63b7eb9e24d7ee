using System.CommandLine;
using OpsKit.Cli.Commands.Plans;
using OpsKit.Cli.Commands.Runs;
using OpsKit.Engine.Verbs;

namespace OpsKit.Cli.Commands.Verbs;

/// <summary>What a command that changes takes besides the targets and options of its verb, and how it is run.</summary>
internal sealed class ChangeLine(IVerb verb)
{
    private readonly Option<bool> _yes = Agreement.YesOption();
    private readonly Option<string?> _confirm = Agreement.ConfirmOption();
    private readonly Option<bool> _plan = new("--plan") { Description = "Show the plan and end", Arity = ArgumentArity.Zero };
    private readonly Option<string?> _batch = new("--batch") { HelpName = "SIZES", Description = $"How many at a time, such as 1,2,all (default {(verb.TakesAllAtOnce ? "all" : "1")})" };

    public void AddTo(Command command)
    {
        command.Options.Add(_yes);
        command.Options.Add(_confirm);
        command.Options.Add(_plan);
        command.Options.Add(_batch);
    }

    /// <summary>The first of these options that is given; null for none.</summary>
    public string? Given(ParseResult parsed) =>
        new Option[] { _yes, _confirm, _plan, _batch }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false })?.Name;

    public async Task<int> RunAsync(ParseResult parsed, CommandContext context, IReadOnlyList<string> targets, IReadOnlyList<(OptionSpec Spec, string Value)> values, CancellationToken ct)
    {
        var source = VerbPlaybook.Read(verb, targets, parsed.GetValue(_batch), values, context.Settings.Limit);
        if (!parsed.GetValue(_plan))
            return await ApplyCommand.RunAsync(context, source, new Agreement(parsed.GetValue(_yes), parsed.GetValue(_confirm)), ct);
        await using var desk = PlaybookDesk.Open(context, source);
        var plan = await desk.PlanAsync(ct);
        PlanOutput.Write(context, plan, desk);
        return PlanCommand.ExitCodeOf(plan, detailed: false);
    }
}
