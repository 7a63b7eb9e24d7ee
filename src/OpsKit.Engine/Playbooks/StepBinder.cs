using System.Globalization;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Playbooks;

/// <summary>Binds <c>steps</c>.</summary>
internal static class StepBinder
{
    internal const int Most = 10_000;
    internal static readonly string[] NeedTargets = ["targets", "batch", "batch-by"];
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    internal static readonly IReadOnlyDictionary<string, BatchBy> Units =
        new Dictionary<string, BatchBy>(StringComparer.Ordinal) { ["target"] = BatchBy.Target, ["cluster"] = BatchBy.Cluster, ["enclosure"] = BatchBy.Enclosure };

    internal static readonly IReadOnlyDictionary<string, Confirmation> Confirmations =
        new Dictionary<string, Confirmation>(StringComparer.Ordinal) { ["impact"] = Confirmation.ByImpact, ["always"] = Confirmation.Always, ["name"] = Confirmation.Name };

    public static IReadOnlyList<Step> Bind(YamlMap playbook, IReadOnlyList<IVerb> verbs)
    {
        var steps = new List<Step>();
        var named = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var maps = playbook.Maps("steps");
        if (!playbook.Has("steps"))
            playbook.Wrong("\"steps\" is missing");
        else if (maps.Count is 0 or > PlaybookReader.MostSteps)
            playbook.Wrong("steps", $"{(maps.Count == 0 ? "\"steps\" is empty" : $"{maps.Count} steps")}, expected 1 to {PlaybookReader.MostSteps}");
        foreach (var map in maps.Take(PlaybookReader.MostSteps))
        {
            var name = Names.Optional(map);
            if (name is not null && !named.TryAdd(name, map.At))
                map.Wrong("name", $"two steps are called \"{name}\"; the other one is at {named[name]}");
            if (One(map, steps.Count + 1, name, verbs) is { } step)
                steps.Add(step);
            map.Finish();
        }

        return steps;
    }

    private static Step? One(YamlMap map, int number, string? name, IReadOnlyList<IVerb> verbs)
    {
        var uses = map.RequiredText("uses");
        var verb = verbs.FirstOrDefault(candidate => candidate.Name == uses);
        var targets = map.Items("targets");
        var step = new
        {
            Batches = Batches(map),
            BatchBy = map.Choice("batch-by", Units),
            Stop = map.Integer("stop-after-failures", 1, Most),
            Confirm = map.Choice("confirm", Confirmations),
            Timeout = map.Duration("timeout", Second, Week),
            With = map.MapOrEmpty("with"),
        };
        if (verb is null)
        {
            if (uses.Length > 0)
                map.Wrong("uses", Unknown(uses, verbs));
            Selectors(targets);
            return null;
        }

        if (verb.TargetKind == TargetKind.None)
            WithoutTargets(map, verb);
        else if (!map.Has("targets"))
            map.Wrong($"\"targets\" is missing; {verb.Name} works on {Kind(verb.TargetKind)}");
        else if (targets.Count == 0)
            map.Wrong("targets", $"\"targets\" is empty; {verb.Name} works on {Kind(verb.TargetKind)}");
        var bound = verb.Bind(step.With);
        step.With.Finish();
        return new Step
        {
            Number = number,
            Name = name ?? verb.Name,
            At = map.At,
            Verb = verb,
            Bound = bound,
            Targets = [.. Selectors(targets, verb)],
            Batches = step.Batches,
            BatchBy = step.BatchBy ?? BatchBy.Target,
            StopAfterFailures = (int)(step.Stop ?? 1),
            Confirm = step.Confirm ?? Confirmation.ByImpact,
            Timeout = step.Timeout,
        };
    }

    private static string Unknown(string uses, IReadOnlyList<IVerb> verbs)
    {
        var known = verbs.Select(candidate => candidate.Name).ToList();
        return $"unknown verb \"{uses}\"{NearestKey.Hint(uses, known)}; known: {string.Join(", ", known)}";
    }

    private static void WithoutTargets(YamlMap map, IVerb verb)
    {
        foreach (var key in NeedTargets.Where(map.Has))
            map.Wrong(key, $"{verb.Name} takes no targets{(key == "targets" ? "" : $", so \"{key}\" means nothing")}");
    }

    private static List<TargetSelector> Selectors(IReadOnlyList<YamlItem> items, IVerb? verb = null)
    {
        var selectors = new List<TargetSelector>();
        foreach (var item in items)
        {
            if (SelectorReader.Read(item.Text, item.At, item.Wrong) is not { } selector)
                continue;
            selectors.Add(selector);
            if (verb is not null && verb.TargetKind != TargetKind.None && !Fits(selector.Kind, verb.TargetKind))
                item.Wrong($"\"{selector.Text}\" names {What(selector.Kind)}; {verb.Name} works on {Kind(verb.TargetKind)}");
        }

        return selectors;
    }

    private static bool Fits(SelectorKind selector, TargetKind kind) => selector switch
    {
        SelectorKind.VirtualMachine => kind == TargetKind.VirtualMachine,
        SelectorKind.Cluster => kind is TargetKind.Host or TargetKind.VirtualMachine,
        SelectorKind.Enclosure => kind is TargetKind.Host or TargetKind.VirtualMachine or TargetKind.Enclosure,
        _ => true,
    };

    private static string What(SelectorKind selector) => selector switch
    {
        SelectorKind.VirtualMachine => "virtual machines",
        SelectorKind.Cluster => "what is in a cluster",
        _ => "what is in an enclosure",
    };

    private static List<BatchSize> Batches(YamlMap map)
    {
        var sizes = new List<BatchSize>();
        foreach (var item in map.Items("batch"))
        {
            if (BatchSize.TryParse(item.Text, out var size))
                sizes.Add(size);
            else
                item.Wrong($"\"{item.Text}\" is no size of a batch, expected a whole number from 1 to {BatchSize.Most}, a share from 1% to 100%, or all");
        }

        return sizes;
    }

    internal static string Kind(TargetKind kind) => kind switch
    {
        TargetKind.VCenter => "vCenters",
        TargetKind.Host => "hosts",
        TargetKind.Enclosure => "enclosures",
        TargetKind.VirtualMachine => "virtual machines",
        _ => "nothing",
    };
}
