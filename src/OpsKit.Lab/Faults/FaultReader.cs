using OpsKit.Connections.Yaml;

namespace OpsKit.Lab.Faults;

/// <summary>Reads faults from YAML; what is wrong with them is collected with its line.</summary>
internal static class FaultReader
{
    private const int MostOperations = 1_000_000;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Reads the list under <c>faults</c>.</summary>
    public static IReadOnlyList<Fault> Read(YamlMap root) => [.. root.Maps("faults").Select(Bind).OfType<Fault>()];

    private static Fault? Bind(YamlMap map)
    {
        if (!map.Has("kind"))
            map.Wrong($"a fault has no \"kind\"; expected one of {string.Join(", ", FaultWords.Kinds.Keys)}");
        var kind = map.Choice("kind", FaultWords.Kinds);
        var fault = new Fault(kind ?? FaultKind.Slow)
        {
            Endpoint = map.Text("endpoint") ?? "*",
            Operation = map.Text("operation") ?? "*",
            After = (int)(map.Integer("after", 0, MostOperations) ?? 0),
            Times = (int?)map.Integer("times", 1, MostOperations),
            At = map.Duration("at", TimeSpan.Zero, Longest),
            Duration = map.Duration("duration", Shortest, Longest),
            Delay = map.Duration("delay", Shortest, Longest) ?? Fault.DefaultDelay,
        };
        if (map.Has("delay") && kind is { } other and not FaultKind.Slow)
            map.Wrong("delay", $"\"delay\" goes with slow, not with {FaultWords.Of(other)}");
        map.Finish();
        return kind is null ? null : fault;
    }
}
