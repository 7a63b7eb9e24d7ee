using System.Globalization;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Guards;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>What a reset cost, in words.</summary>
internal static class LossWords
{
    /// <summary>Such as <c>2 of 12 addresses lost 9 probes; the longest outage was 1 s, of esx03 from 22:03:10</c>.</summary>
    public static string Of(IReadOnlyList<TargetLosses> losses)
    {
        if (Worst(losses) is not { } worst)
            return losses.Count == 0 ? "nothing was watched" : $"all {losses.Count} addresses answered every probe";
        var lossy = losses.Where(target => target.Lost > 0).ToList();
        var lost = lossy.Sum(target => target.Lost);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{lossy.Count} of {losses.Count} addresses lost {lost} {(lost == 1 ? "probe" : "probes")}; the longest outage was {Durations.Words(worst.LongestOutage)}, of {worst.Target} from {worst.OutageBegan:HH:mm:ss} UTC");
    }

    /// <summary>The address with the longest outage; null where none lost anything.</summary>
    public static TargetLosses? Worst(IReadOnlyList<TargetLosses> losses) => losses.Where(target => target.Lost > 0).MaxBy(target => target.LongestOutage);
}
