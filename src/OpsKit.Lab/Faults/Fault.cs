using OpsKit.Connections.Inventory;
using OpsKit.Connections.Yaml;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Faults;

/// <summary>Something that goes wrong on request: where, at which operations, and when.</summary>
internal sealed record Fault(FaultKind Kind)
{
    public static readonly TimeSpan DefaultDelay = TimeSpan.FromSeconds(30);

    /// <summary>The number it has in its list, from 1; 0 before it is in one.</summary>
    public int Number { get; init; }

    /// <summary>Names of endpoints, or addresses for <see cref="FaultKind.PingLoss"/>; <c>*</c> and <c>?</c> stand for any text.</summary>
    public string Endpoint { get; init; } = "*";

    /// <summary>Operations, such as <c>CreateSnapshot_Task</c>, <c>Retrieve*</c> or <c>esxcli software*</c>.</summary>
    public string Operation { get; init; } = "*";

    /// <summary>How many matching operations pass unharmed first.</summary>
    public int After { get; init; }

    /// <summary>How many operations it hits; null for all of them.</summary>
    public int? Times { get; init; }

    /// <summary>Lab time since the lab began from which on it is armed; null for at once.</summary>
    public TimeSpan? At { get; init; }

    /// <summary>How long it stays armed, in lab time; null for ever.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Of <see cref="FaultKind.Slow"/>: how late answers come, in lab time.</summary>
    public TimeSpan Delay { get; init; } = DefaultDelay;

    public bool Concerns(string endpoint, string operation) => GlobPattern.Matches(Endpoint, endpoint) && GlobPattern.Matches(Operation, operation);

    public bool IsArmedAt(TimeSpan labTime) => (At is not { } from || labTime >= from) && (Duration is not { } span || labTime < (At ?? TimeSpan.Zero) + span);

    /// <summary>In words, such as <c>slow (30s) at vc1 Retrieve*, after 3, 1 time, from 5m for 2m</c>.</summary>
    public override string ToString()
    {
        var text = FaultWords.Of(Kind);
        if (Kind == FaultKind.Slow)
            text += $" ({Durations.Format(Delay)})";
        text += $" at {Endpoint} {Operation}";
        if (After > 0)
            text += $", after {After}";
        if (Times is { } times)
            text += times == 1 ? ", once" : $", {times} times";
        if (At is { } at)
            text += $", from {(at.Ticks % TimeSpan.TicksPerSecond == 0 ? Durations.Format(at) : LabTimes.Text(at))}";
        if (Duration is { } duration)
            text += $" for {Durations.Format(duration)}";
        return text;
    }
}
