namespace OpsKit.Lab.Faults;

/// <summary>What can go wrong in the lab. <see cref="FaultWords"/> says how each is written.</summary>
internal enum FaultKind
{
    /// <summary>The answer comes late, by <see cref="Fault.Delay"/> of lab time.</summary>
    Slow,

    /// <summary>The operation is carried out; the connection closes in the middle of the answer.</summary>
    Cut,

    /// <summary>The operation is carried out; the answer is damaged on the way.</summary>
    Garbled,

    /// <summary>The connection is refused; nothing is carried out.</summary>
    Refused,

    /// <summary>A proxy or a starting service answers 503; nothing is carried out.</summary>
    Unavailable,

    /// <summary>The operation is accepted and its task ends with an error.</summary>
    TaskFailure,

    /// <summary>The session is gone; the operation is refused as not authenticated.</summary>
    SessionKilled,

    /// <summary>Queries are answered as they were when the fault began.</summary>
    StaleAnswers,

    /// <summary>Files cannot be written.</summary>
    DiskFull,

    /// <summary>An interconnect module that restarts does not come back.</summary>
    ModuleStaysDown,

    /// <summary>Probes of an address are lost.</summary>
    PingLoss,

    /// <summary>A host tells of the neighbours of its NICs only when it is asked for one of them.</summary>
    HintsOneByOne,

    /// <summary>A host changes its software and answers nothing, with exit code 1.</summary>
    ResultLost,

    /// <summary>A host refuses to change its software when it comes to it: the file system of its other boot bank is damaged.</summary>
    InstallationFails,
}

/// <summary>The words for faults in files and on the command line.</summary>
internal static class FaultWords
{
    public static IReadOnlyDictionary<string, FaultKind> Kinds { get; } = new Dictionary<string, FaultKind>(StringComparer.Ordinal)
    {
        ["slow"] = FaultKind.Slow,
        ["cut"] = FaultKind.Cut,
        ["garbled"] = FaultKind.Garbled,
        ["refused"] = FaultKind.Refused,
        ["503"] = FaultKind.Unavailable,
        ["task-failure"] = FaultKind.TaskFailure,
        ["session-killed"] = FaultKind.SessionKilled,
        ["stale-answers"] = FaultKind.StaleAnswers,
        ["disk-full"] = FaultKind.DiskFull,
        ["module-does-not-come-back"] = FaultKind.ModuleStaysDown,
        ["ping-loss"] = FaultKind.PingLoss,
        ["hints-one-by-one"] = FaultKind.HintsOneByOne,
        ["result-lost"] = FaultKind.ResultLost,
        ["installation-fails"] = FaultKind.InstallationFails,
    };

    public static string Of(FaultKind kind) => Kinds.First(pair => pair.Value == kind).Key;
}
