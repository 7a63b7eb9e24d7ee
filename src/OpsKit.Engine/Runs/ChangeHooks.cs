using OpsKit.Connections.Probes;
using OpsKit.Engine.Guards;

namespace OpsKit.Engine.Runs;

/// <summary>What a change under way is given of its run besides sessions.</summary>
/// <param name="Note">What an earlier attempt remembered, to attach to; null for a change that begins.</param>
/// <param name="RunFolder">The run's folder.</param>
/// <param name="Progress">Shows how far it is.</param>
/// <param name="Remember">Makes a fact durable.</param>
/// <param name="Ask">Asks the operator.</param>
/// <param name="Watchdog">What the guards see.</param>
/// <param name="Mark">Marks a moment.</param>
/// <param name="Keep">Adds lines to a file of the run.</param>
/// <param name="OutputFolder">Makes the folder of what programs leave.</param>
/// <param name="Measure">Probes an address to measure how long it is silent.</param>
internal sealed record ChangeHooks(
    string? Note,
    string RunFolder,
    Action<string, double?> Progress,
    Action<string> Remember,
    Func<string, CancellationToken, Task<bool>> Ask,
    IWatchdog Watchdog,
    Action<string> Mark,
    Action<string, string> Keep,
    Func<string> OutputFolder,
    Func<ProbeTarget, OutageWatch?> Measure);
