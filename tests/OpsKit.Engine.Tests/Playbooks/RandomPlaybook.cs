using System.Globalization;
using System.Text;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Tests.Playbooks;

/// <summary>Makes valid playbooks, the same for the same seed, and says what must be read of them.</summary>
internal sealed class RandomPlaybook
{
    private static readonly string[] NameWords = ["esx-*", "esx01.example.com", "rack 7", "web-?", "10.0.0.1", "fe80::1", "side-a", "Größe", "a'b", "x #y", "host:443"];
    private readonly Random _random;
    private readonly StringBuilder _text = new();

    public RandomPlaybook(int seed, IReadOnlyList<IVerb> verbs)
    {
        _random = new Random(seed);
        Name = $"Playbook {seed} {Pick(NameWords)}";
        _text.Append(CultureInfo.InvariantCulture, $"name: {Quoted(Name)}\nvars: {{unset: {Quoted(Pick(NameWords))}, size: {_random.Next(1, 50)}}}\n");
        if (Maybe())
            _text.Append("inventory: lab.yaml\n");
        Guards = Maybe() ? 0 : _random.Next(1, 5);
        if (Guards > 0)
            _text.Append("guards:\n");
        for (var number = 0; number < Guards; number++)
            Guard(number);
        _text.Append("steps:\n");
        for (var number = _random.Next(1, 6); number > 0; number--)
            Step(verbs[_random.Next(verbs.Count)]);
    }

    /// <summary>The YAML.</summary>
    public string Text => _text.ToString();

    public string Name { get; }

    public int Guards { get; }

    /// <summary>What each step must be read as.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>A step in one line, as <see cref="Steps"/> has it.</summary>
    public static string Describe(Step step) => string.Join(
        '|',
        step.Name,
        step.Verb.Name,
        string.Join(',', step.Targets.Select(target => $"{target.Kind}={target.Pattern}")),
        string.Join(',', step.Batches),
        step.BatchBy,
        step.StopAfterFailures,
        step.Confirm,
        step.Timeout is { } timeout ? Durations.Format(timeout) : "");

    private void Step(IVerb verb)
    {
        var name = Maybe() ? $"step {Steps.Count} {Pick(NameWords)}" : null;
        _text.Append(CultureInfo.InvariantCulture, $"  - uses: {verb.Name}\n");
        if (name is not null)
            Line("name", Quoted(name));
        var (targets, batches, by) = verb.TargetKind == TargetKind.None ? ("", "", BatchBy.Target) : Targets(verb.TargetKind);
        var stop = Maybe() ? 1 : Line("stop-after-failures", _random.Next(1, 10_001));
        var confirm = Maybe() ? Confirmation.ByImpact : (Confirmation)_random.Next(1, 3);
        if (confirm != Confirmation.ByImpact)
            Line("confirm", confirm == Confirmation.Name ? "name" : "always");
        var timeout = Maybe() ? "" : Line("timeout", Durations.Format(TimeSpan.FromSeconds(_random.Next(1, 604_801))));
        if (verb.Options.Any(option => option.Required) || Maybe())
            Line("with", $"{{{string.Join(", ", verb.Options.Where(option => option.Required || Maybe()).Select(Option))}}}");
        Steps.Add(string.Join('|', name ?? verb.Name, verb.Name, targets, batches, by, stop, confirm, timeout));
    }

    private (string Targets, string Batches, BatchBy By) Targets(TargetKind kind)
    {
        var targets = new List<string>();
        var read = new List<string>();
        for (var count = _random.Next(1, 4); count > 0; count--)
        {
            var pattern = Pick(NameWords);
            var selector = (SelectorKind)_random.Next(4);
            if ((selector == SelectorKind.VirtualMachine && kind != TargetKind.VirtualMachine)
                || (selector == SelectorKind.Cluster && kind is TargetKind.VCenter or TargetKind.Enclosure)
                || (selector == SelectorKind.Enclosure && kind == TargetKind.VCenter))
                selector = SelectorKind.Name;
            var prefix = selector switch { SelectorKind.Cluster => "cluster:", SelectorKind.Enclosure => "enclosure:", SelectorKind.VirtualMachine => "vm:", _ => "" };
            targets.Add(Quoted(prefix + pattern));
            read.Add($"{selector}={pattern}");
        }

        Line("targets", $"[{string.Join(", ", targets)}]");
        var sizes = Enumerable.Range(0, _random.Next(4)).Select(_ => Pick(["1", "3", "10000", "25%", "100%", "all"])).ToList();
        if (sizes.Count > 0)
            Line("batch", sizes.Count == 1 && Maybe() ? sizes[0] : $"[{string.Join(", ", sizes)}]");
        var by = (BatchBy)_random.Next(3);
        if (by != BatchBy.Target)
            Line("batch-by", by == BatchBy.Cluster ? "cluster" : "enclosure");
        return (string.Join(',', read), string.Join(',', sizes), by);
    }

    private string Option(OptionSpec option) => $"{option.Name}: " + option.Kind switch
    {
        OptionKind.Integer => _random.Next(1, 10).ToString(CultureInfo.InvariantCulture),
        OptionKind.Boolean => Maybe() ? "true" : "false",
        OptionKind.Duration => $"{_random.Next(1, 60)}{Pick(["s", "m"])}",
        OptionKind.Choice => Pick([.. option.Choices]),
        OptionKind.Texts => Maybe() ? "one" : "[one, 2, \"three\"]",
        _ => Pick(["plain", "\"${unset}\"", "\"$${unset}\"", "12"]),
    };

    private void Guard(int number)
    {
        var guard = _random.Next(4) switch
        {
            0 => $"ping: {{targets: [{Quoted(Pick(NameWords))}, \"cluster:A\"], interval: 100ms, outage: {_random.Next(1, 60)}s, share-of-targets: 0.{_random.Next(1, 10)}, tcp-port: {_random.Next(1, 65536)}, consecutive-losses: {_random.Next(1, 10_001)}}}",
            1 => $"command: {{run: [./check.sh, {Quoted(Pick(NameWords))}], interval: {_random.Next(1, 60)}m, timeout: {_random.Next(1, 60)}s}}",
            2 => $"window: {{days: [{Pick(["mon", "Tuesday"]).ToLowerInvariant()}, sun], from: \"{_random.Next(24):00}:{_random.Next(60):00}\", to: 04:30, time-zone: UTC}}",
            _ => $"failures: {{most: {_random.Next(1, 10_001)}}}",
        };
        _text.Append(CultureInfo.InvariantCulture, $"  - {guard}\n");
        if (Maybe())
            Line("name", $"guard-{number}");
    }

    private T Line<T>(string key, T value)
    {
        _text.Append(CultureInfo.InvariantCulture, $"    {key}: {value}\n");
        return value;
    }

    private bool Maybe() => _random.Next(2) == 0;

    private string Pick(string[] words) => words[_random.Next(words.Length)];

    private static string Quoted(string text) => $"\"{text}\"";
}
