namespace OpsKit.Connections;

/// <summary>What kind of thing went wrong; the console turns it into an exit code.</summary>
public enum FailureKind
{
    /// <summary>A target was reached and the work on it failed (exit code 1).</summary>
    Failed,

    /// <summary>The command line, configuration, inventory or playbook is invalid; nothing was contacted (exit code 3).</summary>
    Usage,

    /// <summary>A certificate or host key is unknown or has changed (exit code 4).</summary>
    TrustRefused,

    /// <summary>The endpoint refused the credentials; it was asked exactly once (exit code 4).</summary>
    AuthenticationRefused,

    /// <summary>A guard stopped the run; it is safe to resume (exit code 5).</summary>
    StoppedByGuard,

    /// <summary>The endpoint did not answer, or the connection broke (exit code 6).</summary>
    Unreachable,

    /// <summary>Another run holds the lock of a target (exit code 7).</summary>
    Locked,
}
