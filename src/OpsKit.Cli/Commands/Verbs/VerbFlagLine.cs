using System.CommandLine;
using OpsKit.Cli.Commands.Plans;
using OpsKit.Connections;
using OpsKit.Engine.Verbs;

namespace OpsKit.Cli.Commands.Verbs;

/// <summary>The option of a command that only reads by which it changes what it reports: <c>opskit audit flexnics esx01 --hide</c>. What it takes besides goes with it alone.</summary>
internal sealed class VerbFlagLine
{
    private readonly IVerb _reading;
    private readonly IVerb _changing;
    private readonly VerbLine _line;
    private readonly ChangeLine _change;
    private readonly Option<bool> _flag;

    public VerbFlagLine(IVerb reading, IVerb changing)
    {
        var flag = changing.Flag ?? throw new ArgumentException("The verb is no option of another.", nameof(changing));
        (_reading, _changing) = (reading, changing);
        _line = new VerbLine(changing, [.. reading.Options.Select(option => option.Name)]);
        _change = new ChangeLine(changing);
        _flag = new Option<bool>("--" + flag.Word) { Description = flag.Description, Arity = ArgumentArity.Zero };
    }

    public string Details =>
        $"Changes nothing without {_flag.Name}. In a playbook, a step that uses {_reading.Name}\nreports the same. With {_flag.Name}, it is a playbook of one step that uses\n{_changing.Name}: planned, agreed to, journaled, and can be resumed.\nImpact: {_changing.Impact.Word()}, {_changing.Impact.Meaning()}.";

    public void AddTo(Command command)
    {
        command.Options.Add(_flag);
        _line.AddOptionsTo(command);
        _change.AddTo(command);
    }

    public IEnumerable<Example> Examples()
    {
        var target = _changing.TargetKind == TargetKind.VirtualMachine ? "web01" : "esx01";
        yield return new Example($"opskit {string.Join(' ', _reading.CommandWords)} {target} {_flag.Name} --plan", "what would it do?");
    }

    /// <summary>Whether the option is given.</summary>
    /// <exception cref="OpsKitException">It is not, and something is that goes with it alone.</exception>
    public bool IsGiven(ParseResult parsed)
    {
        if (parsed.GetValue(_flag))
            return true;
        var alone = _change.Given(parsed) ?? (_line.Values(parsed) is [var (spec, _), ..] ? "--" + spec.Name : null);
        return alone is null ? false : throw new OpsKitException(FailureKind.Usage, $"{alone} goes with {_flag.Name} alone", next: $"opskit {string.Join(' ', _reading.CommandWords)} --help");
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="context">The command.</param>
    /// <param name="targets">The targets it names.</param>
    /// <param name="values">The options of the verb that only reads.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="OpsKitException">No target is named, or something is asked of the report that is none.</exception>
    public Task<int> RunAsync(ParseResult parsed, CommandContext context, IReadOnlyList<string> targets, IReadOnlyList<(OptionSpec Spec, string Value)> values, CancellationToken ct)
    {
        if (targets.Count == 0)
            throw new OpsKitException(FailureKind.Usage, $"{_flag.Name} needs a TARGET: what is to be changed is named", next: $"opskit {string.Join(' ', _reading.CommandWords)} --help");
        var known = _changing.Options.Select(option => option.Name).ToList();
        return _change.RunAsync(parsed, context, targets, [.. values.Where(value => known.Contains(value.Spec.Name, StringComparer.Ordinal)), .. _line.Values(parsed)], ct);
    }
}
