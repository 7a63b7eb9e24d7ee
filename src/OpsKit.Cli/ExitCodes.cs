using OpsKit.Connections;

namespace OpsKit.Cli;

/// <summary>The exit codes, a contract with scripts. <c>opskit help exit-codes</c> explains them.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int ChangesPending = 2;
    public const int Usage = 3;
    public const int Refused = 4;
    public const int StoppedByGuard = 5;
    public const int Unreachable = 6;
    public const int Locked = 7;
    public const int Interrupted = 130;

    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Done, "done, or nothing to do"),
        (Failed, "at least one target failed"),
        (ChangesPending, "changes are pending (only with --detailed-exitcode)"),
        (Usage, "the command line, configuration or inventory is invalid; nothing was contacted"),
        (Refused, "trust or authentication was refused"),
        (StoppedByGuard, "stopped by a guard; safe to resume"),
        (Unreachable, "some targets were unreachable, none failed"),
        (Locked, "locked by another run"),
        (Interrupted, "interrupted"),
    ];

    public static int Of(FailureKind kind) => kind switch
    {
        FailureKind.Usage => Usage,
        FailureKind.TrustRefused or FailureKind.AuthenticationRefused => Refused,
        FailureKind.StoppedByGuard => StoppedByGuard,
        FailureKind.Unreachable => Unreachable,
        FailureKind.Locked => Locked,
        _ => Failed,
    };

    /// <summary>
    /// The exit code of work on several targets: a failure outweighs a refusal, which outweighs a target that did not answer. A bad
    /// configuration counts as such only where no other target was contacted.
    /// </summary>
    public static int Of(IReadOnlyCollection<FailureKind> failures, int targets)
    {
        if (failures.Count == 0)
            return Done;
        if (failures.Count == targets && failures.All(kind => kind == FailureKind.Usage))
            return Usage;

        ReadOnlySpan<int> heaviestFirst = [Failed, Refused, StoppedByGuard, Locked, Unreachable];
        var codes = failures.Select(kind => kind == FailureKind.Usage ? Failed : Of(kind)).ToHashSet();
        foreach (var code in heaviestFirst)
        {
            if (codes.Contains(code))
                return code;
        }

        return Failed;
    }
}
