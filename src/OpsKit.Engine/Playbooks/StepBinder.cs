using System.Globalization;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Playbooks;

/// <summary>Binds <c>steps</c>.</summary>
internal static class StepBinder
{
    private const int Most = 10_000;
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
        var number = 0;
        foreach (var map in playbook.Maps("steps"))
        {
            var step = One(map, ++number, verbs);
            if (map.Text("name") is { } name && !named.TryAdd(name, map.At))
                map.Wrong("name", $"two steps are called \"{name}\"; the other one is at {named[name]}");
            map.Finish();
            if (step is not null)
                steps.Add(step);
        }

        return steps;
    }

    private static Step? One(YamlMap map, int number, IReadOnlyList<IVerb> verbs)
    {
        var uses = map.RequiredText("uses");
        var verb = verbs.FirstOrDefault(candidate => candidate.Name == uses);
        var step = new
        {
            Name = map.Text("name"),
            Targets = Targets(map),
            Batches = Batches(map),
            BatchBy = map.Choice("batch-by", Units),
            Stop = map.Integer("stop-after-failures", 1, Most),
            Confirm = map.Choice("confirm", Confirmations),
            Timeout = map.Duration("timeout", Second, Week),
            With = map.MapOrEmpty("with"),
        };
        if (verb is null)
        {
            var known = verbs.Select(candidate => candidate.Name).ToList();
            if (uses.Length > 0)
                map.Wrong("uses", $"unknown verb \"{uses}\"{NearestKey.Hint(uses, known)}; known: {string.Join(", ", known)}");
            return null;
        }

        if (verb.TargetKind == TargetKind.None && map.Has("targets"))
            map.Wrong("targets", $"{verb.Name} takes no targets");
        else if (verb.TargetKind != TargetKind.None && !map.Has("targets"))
            map.Wrong($"\"targets\" is missing; {verb.Name} works on {Kind(verb.TargetKind)}");
        foreach (var selector in step.Targets.Where(selector => selector.Kind == SelectorKind.VirtualMachine && verb.TargetKind is not TargetKind.VirtualMachine and not TargetKind.None))
            map.Wrong("targets", $"\"{selector.Text}\" names virtual machines; {verb.Name} works on {Kind(verb.TargetKind)}");
        var bound = verb.Bind(step.With);
        step.With.Finish();
        return new Step
        {
            Number = number,
            Name = step.Name ?? verb.Name,
            At = map.At,
            Verb = verb,
            Bound = bound,
            Targets = step.Targets,
            Batches = step.Batches,
            BatchBy = step.BatchBy ?? BatchBy.Target,
            StopAfterFailures = (int)(step.Stop ?? 1),
            Confirm = step.Confirm ?? Confirmation.ByImpact,
            Timeout = step.Timeout,
        };
    }

    private static List<TargetSelector> Targets(YamlMap map) =>
        [.. map.Texts("targets").Select(text => SelectorReader.Read(text, map.Where("targets"), wrong => map.Wrong("targets", wrong))).OfType<TargetSelector>()];

    private static List<BatchSize> Batches(YamlMap map)
    {
        var sizes = new List<BatchSize>();
        foreach (var text in map.Texts("batch"))
        {
            if (text == "all")
                sizes.Add(BatchSize.All);
            else if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= Most)
                sizes.Add(new BatchSize(count));
            else
                map.Wrong("batch", $"\"{text}\" is no size of a batch, expected a whole number from 1 to {Most}, or all");
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
