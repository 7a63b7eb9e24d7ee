using System.CommandLine;
using OpsKit.Cli.Commands.Runs;
using OpsKit.Cli.Commands.Vibs;
using OpsKit.Engine.Verbs;
using OpsKit.Modules;

namespace OpsKit.Cli.Commands.Verbs;

/// <summary>
/// A module's verb as a command: a playbook of one step, planned and run like any other (<c>opskit host reboot esx01</c>); one that only reads prints its report
/// (<c>opskit audit nics</c>).
/// </summary>
internal static class VerbCommand
{
    /// <summary>The modules' nouns in the overview. What is not about targets of the estate is a command of its own below its noun.</summary>
    private static readonly IReadOnlyDictionary<string, Noun> Nouns = new Dictionary<string, Noun>(StringComparer.Ordinal)
    {
        ["audit"] = new("NICs, switch ports, listening ports and uplinks of hosts, as they are", []),
        ["cbt"] = new("Changed block tracking of virtual machines: status, on, off, anew", []),
        ["disk"] = new("I/O of virtual machines' disks: the busiest, their limits, policies", []),
        ["host"] = new("Maintenance and restarts of ESXi hosts", []),
        ["vc"] = new("Virtual Connect: what enclosures, modules and blades are like", []),
        ["vib"] = new("Driver and software packages (VIBs) of ESXi hosts", VibFileCommands.All),
    };

    /// <summary>Modules that write their commands by hand.</summary>
    private static readonly string[] ByHand = ["license"];

    /// <summary>A command for each module.</summary>
    public static IEnumerable<OpsCommand> All()
    {
        var verbs = ModuleVerbs.All.Where(verb => verb.CommandWords.Count > 1 && !ByHand.Contains(verb.CommandWords[0], StringComparer.Ordinal));
        foreach (var module in verbs.GroupBy(verb => verb.CommandWords[0], StringComparer.Ordinal))
        {
            var noun = Nouns.GetValueOrDefault(module.Key) ?? new Noun($"Verbs of the module {module.Key}", []);
            var command = new OpsCommand(module.Key, noun.Summary) { Group = CommandGroup.Verbs, Examples = [new Example($"opskit {string.Join(' ', module.First().CommandWords)} --help", "what it takes")] };
            foreach (var verb in module.Where(verb => verb.Flag is null))
                Below(command, verb).Subcommands.Add(verb.Changes ? Change(verb) : ReportVerbCommand.Create(verb, module.SingleOrDefault(other => other.Flag?.Verb == verb.Name)));
            foreach (var own in noun.Own)
                command.Subcommands.Add(own());
            yield return command;
        }
    }

    /// <summary>The command below which a verb stands: of <c>vib acceptance get</c> it is <c>vib acceptance</c>.</summary>
    private static Command Below(Command module, IVerb verb)
    {
        foreach (var word in verb.CommandWords.Skip(1).SkipLast(1))
        {
            var deeper = module.Subcommands.FirstOrDefault(known => known.Name == word);
            if (deeper is null)
            {
                var words = verb.CommandWords.SkipLast(1);
                deeper = new OpsCommand(word, $"Verbs on {word}") { Examples = [new Example($"opskit {string.Join(' ', words)} --help", "what there is")] };
                module.Subcommands.Add(deeper);
            }

            module = deeper;
        }

        return module;
    }

    private static OpsCommand Change(IVerb verb)
    {
        var (line, change) = (new VerbLine(verb), new ChangeLine(verb));
        var command = new OpsCommand(verb.CommandWords[^1], verb.Summary)
        {
            UsesEndpoints = true,
            Details = $"Impact: {verb.Impact.Word()}, {verb.Impact.Meaning()}. The same as a playbook of one step that\nuses {verb.Name}: it is planned, agreed to, journaled, and can be resumed.",
            Examples = [.. line.Examples()],
            ExitCodes = ApplyCommand.Codes,
            Handler = (parsed, context, ct) => VerbPlaybook.WithoutPlacesAsync(() => change.RunAsync(parsed, context, line.Targets(parsed, context.JumpHost), line.Values(parsed), ct)),
        };
        change.AddTo(command);
        line.AddTo(command);
        return command;
    }

    /// <param name="Summary">One line.</param>
    /// <param name="Own">Commands below it that are no verb of a playbook.</param>
    private sealed record Noun(string Summary, IReadOnlyList<Func<OpsCommand>> Own);
}
