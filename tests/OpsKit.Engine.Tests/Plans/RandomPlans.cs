using CsCheck;
using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Engine.Tests.Plans;

/// <summary>Plans with all there can be in them, texts from anywhere included.</summary>
internal static class RandomPlans
{
    /// <summary>Half a surrogate pair is no text: nothing that speaks UTF-8 can carry it.</summary>
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Const("esx01.example.com"), Gen.String[Gen.Char['\u0000', '\uD7FF'], 0, 12], Gen.String[Gen.Char[' ', '~'], 1, 20]);

    private static readonly Gen<string?> Maybe = Gen.OneOf(Gen.Const((string?)null), Text.Select(text => (string?)text));

    private static readonly Gen<SortedDictionary<string, string>> Map = Gen.Select(Text, Text).Array[0, 4].Select(pairs =>
        new SortedDictionary<string, string>(pairs.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal), StringComparer.Ordinal));

    private static readonly Gen<Target> Target = Gen.Select(Gen.Enum<TargetKind>(), Text, Maybe, Maybe, Maybe, Maybe, (kind, name, vCenter, id, cluster, enclosure) => new Target
    {
        Kind = kind,
        Name = name,
        VCenter = vCenter,
        Reference = id is null ? null : new ManagedObjectReference("HostSystem", id),
        Cluster = cluster,
        Enclosure = enclosure,
    });

    private static readonly Gen<PlannedChange> Change = Gen.Select(Text, Text, Text, Text, Gen.Enum<Impact>(), Map, (id, summary, before, after, impact, arguments) => new PlannedChange
    {
        Id = id, Summary = summary, Before = before, After = after, Impact = impact, Arguments = arguments,
    });

    private static readonly Gen<TargetPlan> TargetPlan = Gen.Select(
        Target, Map, Change.Array[0, 3], Text.Array[0, 2], Text.Array[0, 2], Maybe, Gen.Select(Gen.Enum<FailureKind>(), Gen.Bool, Gen.Int[0, 3], Gen.Select(Text, Gen.Int[1, 64], (name, most) => new SharedUse(name, most)).Array[0, 2]), (target, observed, changes, blockers, warnings, missing, rest) => new TargetPlan
        {
            Target = target,
            Observed = observed,
            Changes = changes,
            Blockers = blockers,
            Warnings = warnings,
            NotAssessed = missing,
            Failure = rest.Item2 ? rest.Item1 : null,
            DependsOnStep = rest.Item3,
            Uses = rest.Item4,
        });

    private static readonly Gen<StepPlan> Step = Gen.Select(Gen.Int[1, 1000], Text, Text, TargetPlan.Array[0, 4], Gen.Int[0, 50].Array[0, 3].Array[0, 3], Gen.Int[1, 604_800], Maybe, (number, name, verb, targets, batches, seconds, instructions) => new StepPlan
    {
        Number = number,
        Name = name,
        Verb = verb,
        Targets = targets,
        Batches = batches,
        Timeout = TimeSpan.FromSeconds(seconds),
        Instructions = instructions,
    });

    public static Gen<Plan> All { get; } = Gen.Select(Text, Text, Text, Gen.Long[0, 4_000_000_000], Step.Array[0, 3], (playbook, file, inventory, seconds, steps) => new Plan
    {
        Playbook = playbook,
        File = file,
        PlaybookSha256 = new string('a', 64),
        Inventory = inventory,
        InventorySha256 = new string('b', 64),
        Made = DateTimeOffset.FromUnixTimeSeconds(seconds),
        Steps = steps,
    });
}
