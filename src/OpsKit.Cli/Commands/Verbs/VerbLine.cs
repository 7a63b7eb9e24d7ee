using System.CommandLine;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Engine.Verbs;

namespace OpsKit.Cli.Commands.Verbs;

/// <summary>The targets and options of a verb as the console takes them.</summary>
internal sealed class VerbLine
{
    private readonly IVerb _verb;
    private readonly Argument<string[]>? _targets;
    private readonly Argument<string>? _target;
    private readonly IReadOnlyList<(OptionSpec Spec, Argument<string> Argument)> _arguments;
    private readonly IReadOnlyList<(OptionSpec Spec, Option Option)> _options;

    /// <param name="verb">The verb.</param>
    /// <param name="without">Options of steps that the console has others for.</param>
    public VerbLine(IVerb verb, params IReadOnlyCollection<string> without)
    {
        _verb = verb;
        _arguments = [.. verb.Options.Where(spec => spec.Positional).Select(spec => (spec, new Argument<string>(spec.Name) { HelpName = spec.Name.ToUpperInvariant(), Description = spec.Description }))];
        _options = [.. verb.Options.Where(spec => !spec.Positional && !without.Contains(spec.Name, StringComparer.Ordinal)).Select(spec => (spec, OptionOf(spec)))];
        if (verb.TargetKind == TargetKind.None)
            return;
        var description = $"{(verb.Changes ? "What to work on" : "What to look at; everything where nothing is named")}: {Selectors(verb.TargetKind)}";
        if (_arguments.Count > 0)
            _target = new Argument<string>("target") { HelpName = Word(verb.TargetKind).ToUpperInvariant(), Description = description };
        else
            _targets = new Argument<string[]>("targets") { HelpName = "TARGET", Description = description, Arity = verb.Changes && Naming(verb) is null ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore };
    }

    public void AddTo(Command command)
    {
        if (_targets is not null)
            command.Arguments.Add(_targets);
        if (_target is not null)
            command.Arguments.Add(_target);
        foreach (var (_, argument) in _arguments)
            command.Arguments.Add(argument);
        AddOptionsTo(command);
    }

    public void AddOptionsTo(Command command)
    {
        foreach (var (_, option) in _options)
            command.Options.Add(option);
    }

    /// <summary>What the command line names itself.</summary>
    public IReadOnlyList<string> Named(ParseResult parsed) => _targets is null ? [] : parsed.GetValue(_targets) ?? [];

    /// <summary>What the command line names, itself or by an option whose value does; <c>*</c> where a verb that only reads is given nothing.</summary>
    /// <exception cref="OpsKitException">Nothing is named, and the verb changes something.</exception>
    public IReadOnlyList<string> Targets(ParseResult parsed, JumpHost jumpHost)
    {
        if (_target is not null)
            return [parsed.GetValue(_target) ?? ""];
        if (_targets is not null && parsed.GetValue(_targets) is { Length: > 0 } named)
            return named;
        if (_targets is null || !_verb.Changes)
            return ["*"];
        foreach (var (spec, value) in Values(parsed))
        {
            if (spec.NamedTargets?.Invoke(jumpHost, value) is { } meant)
                return meant;
        }

        throw new OpsKitException(FailureKind.Usage, $"opskit {string.Join(' ', _verb.CommandWords)} needs a TARGET, or --{Naming(_verb)!.Name}", next: $"opskit {string.Join(' ', _verb.CommandWords)} --help");
    }

    private static OptionSpec? Naming(IVerb verb) => verb.Options.FirstOrDefault(spec => spec.NamedTargets is not null);

    /// <summary>The options that are given.</summary>
    public IReadOnlyList<(OptionSpec Spec, string Value)> Values(ParseResult parsed)
    {
        var values = new List<(OptionSpec Spec, string Value)>();
        foreach (var (spec, argument) in _arguments)
            values.Add((spec, parsed.GetValue(argument) ?? ""));
        foreach (var (spec, option) in _options)
        {
            if (parsed.GetResult(option) is { Implicit: false } given)
                values.Add((spec, given.Tokens is [.., var value] ? value.Value : spec.Alone ?? ""));
        }

        return values;
    }

    /// <summary>Two command lines that make sense for the verb's kind of targets.</summary>
    public IEnumerable<Example> Examples()
    {
        var command = $"opskit {string.Join(' ', _verb.CommandWords)}";
        var more = string.Concat(_arguments.Select(pair => " 1")) + string.Concat(_options.Where(pair => pair.Spec.Example is not null).Select(pair => $" --{pair.Spec.Name} {pair.Spec.Example}"));
        if (!_verb.Changes)
        {
            yield return new Example(command, "all of the inventory");
            yield return new Example($"{command}{(_targets is null && _target is null ? "" : " " + Some(_verb.TargetKind))} --output csv --out report.csv", "some of it, into a file");
            yield break;
        }

        yield return new Example($"{command} {One(_verb.TargetKind)}{more} --plan", "what would it do?");
        if (_arguments.Count == 0)
            yield return new Example($"{command} {Some(_verb.TargetKind)}{more} --batch 1,2,all", "many, in batches");
    }

    private static string One(TargetKind kind) => kind switch { TargetKind.VCenter => "vc1", TargetKind.Enclosure => "enc1", TargetKind.VirtualMachine => "web01", _ => "esx01" };

    private static string Some(TargetKind kind) => kind switch { TargetKind.VCenter => "'vc*'", TargetKind.Enclosure => "'enc*'", _ => "cluster:Prod" };

    private static string Word(TargetKind kind) => kind switch { TargetKind.VCenter => "vcenter", TargetKind.Enclosure => "enclosure", TargetKind.VirtualMachine => "vm", _ => "host" };

    private static string Selectors(TargetKind kind) => kind switch
    {
        TargetKind.VCenter => "names or globs of vCenters, groups",
        TargetKind.Enclosure => "names or globs of enclosures, groups",
        TargetKind.VirtualMachine => "names or globs of virtual machines, vm:NAME[tag=…][folder=…], groups, cluster:NAME, enclosure:NAME",
        _ => "names or globs of hosts, groups, cluster:NAME, enclosure:NAME",
    };

    /// <summary>A word that is neither true nor false is no value of a switch, but a target that stands behind it; hence the type, which makes the parser see that.</summary>
    private static Option OptionOf(OptionSpec spec)
    {
        Option option = spec.Kind == OptionKind.Boolean ? new Option<bool?>("--" + spec.Name) { CustomParser = static _ => null } : new Option<string?>("--" + spec.Name);
        option.HelpName = Placeholder(spec);
        option.Description = spec.Default is { } value && !IsSwitch(spec) ? $"{spec.Description} (default {value}{(spec is { Kind: not OptionKind.Boolean, Alone: { } alone } ? $", alone {alone}" : "")})" : spec.Description;
        option.Arity = spec.Alone is null ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne;
        if (spec.Kind == OptionKind.Boolean)
            option.CompletionSources.Add("true", "false");
        else if (spec.Choices.Count > 0)
            option.CompletionSources.Add([.. spec.Choices]);
        return option;
    }

    /// <summary>Whether it is off where it is not given, so that nobody needs to say more than its name.</summary>
    private static bool IsSwitch(OptionSpec spec) => spec is { Kind: OptionKind.Boolean, Default: "false" };

    private static string? Placeholder(OptionSpec spec) => IsSwitch(spec) ? null : spec.Placeholder ?? spec.Kind switch
    {
        OptionKind.Duration => "TIME",
        OptionKind.Integer => "N",
        OptionKind.Boolean => "true|false",
        OptionKind.Choice => string.Join('|', spec.Choices),
        _ => "TEXT",
    };
}
