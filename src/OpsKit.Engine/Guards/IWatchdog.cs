namespace OpsKit.Engine.Guards;

/// <summary>What the ping guards of a run see, for a change that goes by it.</summary>
public interface IWatchdog
{
    /// <summary>How many addresses are watched; 0 where no ping guard is at work.</summary>
    int Addresses { get; }

    /// <summary>For how long every address has answered every probe; zero where one has lost the last, or never answered, or none is watched.</summary>
    TimeSpan CleanFor { get; }

    /// <summary>The guard of the run that is worst off; null where there are none.</summary>
    GuardState? Worst { get; }

    /// <summary>What each address has lost since a moment. A probe may be lost that was sent already and is waited for.</summary>
    /// <param name="timestamp">A timestamp of the jump host's clock.</param>
    IReadOnlyList<TargetLosses> Since(long timestamp);
}

/// <summary>What an address lost since a moment.</summary>
/// <param name="Guard">The guard that watches it.</param>
/// <param name="Target">Its name.</param>
/// <param name="Lost">Probes without an answer.</param>
/// <param name="LongestOutage">From the first probe lost to the next one answered, where that was longest; zero where none was lost.</param>
/// <param name="OutageBegan">When that first probe was due; null where none was lost.</param>
/// <param name="StillSilent">Whether the last probe heard of was lost.</param>
public sealed record TargetLosses(string Guard, string Target, long Lost, TimeSpan LongestOutage, DateTimeOffset? OutageBegan, bool StillSilent);
