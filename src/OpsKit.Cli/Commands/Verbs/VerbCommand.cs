using System.CommandLine;
using System.Globalization;
using System.Text;
using OpsKit.Cli.Commands.Plans;
using OpsKit.Cli.Commands.Runs;
using OpsKit.Connections;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Verbs;
using OpsKit.Modules;

namespace OpsKit.Cli.Commands.Verbs;

/// <summary>A module's verb as a command, such as <c>opskit host reboot esx01</c>: a playbook of one step, planned and run like any other.</summary>
internal static class VerbCommand
{
    private static readonly Dictionary<string, string> Nouns = new(StringComparer.Ordinal)
    {
        ["host"] = "Maintenance and restarts of ESXi hosts",
    };

    /// <summary>A command for each module whose verbs change something.</summary>
    public static IEnumerable<OpsCommand> All() => ModuleVerbs.All
        .Where(verb => verb.Changes && verb.TargetKind != TargetKind.None)
        .GroupBy(verb => verb.Name.Split('.')[0], StringComparer.Ordinal)
        .Select(module => Noun(module.Key, [.. module]));

    private static OpsCommand Noun(string name, IReadOnlyList<IVerb> verbs)
    {
        var noun = new OpsCommand(name, Nouns.GetValueOrDefault(name, $"Verbs of the module {name}"))
        {
            Group = CommandGroup.Verbs,
            Examples = [new Example($"opskit {name} {Word(verbs[0])} --help", "what it takes")],
        };
        foreach (var verb in verbs)
            noun.Subcommands.Add(Create(name, verb));
        return noun;
    }

    private static OpsCommand Create(string noun, IVerb verb)
    {
        var targets = new Argument<string[]>("targets")
        {
            HelpName = "TARGET",
            Description = $"What to work on: names or globs of {Kind(verb.TargetKind)}, groups, cluster:NAME, enclosure:NAME",
            Arity = ArgumentArity.OneOrMore,
        };
        var (yes, confirm) = (Agreement.YesOption(), Agreement.ConfirmOption());
        var dryRun = new Option<bool>("--plan") { Description = "Show the plan and end", Arity = ArgumentArity.Zero };
        var batch = new Option<string?>("--batch") { HelpName = "SIZES", Description = "How many at a time, such as 1,2,all (default 1)" };
        var options = verb.Options.Select(spec => (Spec: spec, Option: OptionOf(spec))).ToList();
        var command = new OpsCommand(Word(verb), verb.Summary)
        {
            Arguments = { targets },
            Options = { yes, confirm, dryRun, batch },
            UsesEndpoints = true,
            Details = $"Impact: {verb.Impact.Word()}, {verb.Impact.Meaning()}. The same as a playbook of one step that\nuses {verb.Name}: it is planned, agreed to, journaled, and can be resumed.",
            Examples =
            [
                new Example($"opskit {noun} {Word(verb)} esx01 --plan", "what would it do?"),
                new Example($"opskit {noun} {Word(verb)} cluster:Prod --batch 1,2,all", "a cluster, in batches"),
            ],
            ExitCodes = ApplyCommand.Codes,
            Handler = (parsed, context, ct) =>
            {
                var text = TextOf(verb, parsed.GetValue(targets) ?? [], parsed.GetValue(batch), [.. options.Select(pair => (pair.Spec, parsed.GetValue(pair.Option))).Where(pair => pair.Item2 is not null)]);
                return WithoutPlacesAsync(() => RunAsync(context, text, new Agreement(parsed.GetValue(yes), parsed.GetValue(confirm)), parsed.GetValue(dryRun), ct));
            },
        };
        foreach (var (_, option) in options)
            command.Options.Add(option);
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string text, Agreement agreement, bool planOnly, CancellationToken ct)
    {
        var playbook = PlaybookReader.Parse(text, PlaybookSource.CommandLine, null, ModuleVerbs.All);
        var source = new PlaybookSource { Playbook = playbook, Text = text, Limit = context.Settings.Limit };
        if (!planOnly)
            return await ApplyCommand.RunAsync(context, source, agreement, ct);
        await using var desk = PlaybookDesk.Open(context, source);
        var plan = await desk.PlanAsync(ct);
        PlanOutput.Write(context, plan, desk);
        return PlanCommand.ExitCodeOf(plan, detailed: false);
    }

    /// <summary>A mistake is one of the command line: where it stands in the playbook made of it tells nobody anything.</summary>
    private static async Task<int> WithoutPlacesAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (OpsKitException failure) when (failure.Kind == FailureKind.Usage && failure.What.Contains(PlaybookSource.CommandLine + ":", StringComparison.Ordinal))
        {
            throw new OpsKitException(failure.Kind, WithoutPlaces(failure.What), failure.Target, failure.Next, failure);
        }
    }

    private static string WithoutPlaces(string text) => string.Join('\n', text.Split('\n').Select(line =>
        line.StartsWith(PlaybookSource.CommandLine + ":", StringComparison.Ordinal) ? line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..] : line));

    private static string TextOf(IVerb verb, IReadOnlyList<string> targets, string? batch, IReadOnlyList<(OptionSpec Spec, string? Value)> options)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"name: {verb.Name}\nsteps:\n  - uses: {verb.Name}\n    targets: [{string.Join(", ", targets.Select(Quoted))}]\n");
        if (batch is not null)
            text.Append(CultureInfo.InvariantCulture, $"    batch: [{string.Join(", ", batch.Split(',', StringSplitOptions.TrimEntries).Select(Quoted))}]\n");
        if (options.Count > 0)
            text.Append("    with:\n");
        foreach (var (spec, value) in options)
            text.Append(CultureInfo.InvariantCulture, $"      {spec.Name}: {ValueOf(spec, value!)}\n");
        return text.ToString();
    }

    private static string ValueOf(OptionSpec spec, string value) => spec.Kind switch
    {
        OptionKind.Texts => $"[{string.Join(", ", value.Split(',', StringSplitOptions.TrimEntries).Select(Quoted))}]",
        OptionKind.Boolean or OptionKind.Integer => value.All(char.IsAsciiLetterOrDigit) && value.Length > 0 ? value : Quoted(value),
        _ => Quoted(value),
    };

    /// <summary>A double-quoted YAML scalar; what would be a variable stays text.</summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (letter is '"' or '\\')
                quoted.Append('\\').Append(letter);
            else if (char.IsControl(letter))
                quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)letter:x2}");
            else
                quoted.Append(letter);
        }

        return quoted.Append('"').ToString();
    }

    private static Option<string?> OptionOf(OptionSpec spec)
    {
        var option = new Option<string?>("--" + spec.Name)
        {
            HelpName = spec.Kind switch { OptionKind.Duration => "TIME", OptionKind.Integer => "N", OptionKind.Boolean => "true|false", OptionKind.Choice => string.Join('|', spec.Choices), _ => "TEXT" },
            Description = spec.Default is { } value ? $"{spec.Description} (default {value})" : spec.Description,
        };
        if (spec.Kind == OptionKind.Boolean)
            option.CompletionSources.Add("true", "false");
        else if (spec.Choices.Count > 0)
            option.CompletionSources.Add([.. spec.Choices]);
        return option;
    }

    private static string Word(IVerb verb) => verb.Name[(verb.Name.IndexOf('.', StringComparison.Ordinal) + 1)..];

    private static string Kind(TargetKind kind) => kind switch
    {
        TargetKind.VCenter => "vCenters",
        TargetKind.Enclosure => "enclosures",
        TargetKind.VirtualMachine => "virtual machines",
        _ => "hosts",
    };
}
