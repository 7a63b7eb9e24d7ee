namespace OpsKit.Engine.Guards;

/// <summary>What a ping guard saw of one target.</summary>
/// <param name="Guard">The guard's name.</param>
/// <param name="Target">The target's name.</param>
/// <param name="Sent">Probes sent and heard of; those this machine was too late for are not among them.</param>
/// <param name="Lost">Probes without an answer.</param>
/// <param name="LongestOutageMs">Milliseconds from the first probe lost to the next one answered, where that was longest; 0 where none was lost.</param>
/// <param name="FirstLossOffsetMs">Milliseconds from the beginning of the watch to the first probe lost; null where none was.</param>
public sealed record TargetOutage(string Guard, string Target, long Sent, long Lost, double LongestOutageMs, double? FirstLossOffsetMs);
