namespace OpsKit.Connections;

/// <summary>
/// A failure an operator can act on: what happened, to what, and the next command to type.
/// </summary>
public sealed class OpsKitException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="kind">Decides the exit code.</param>
    /// <param name="what">One sentence, without a trailing period, that says what happened.</param>
    /// <param name="target">The endpoint, file or object it happened to; null where the sentence already says it.</param>
    /// <param name="next">The next command to type or the thing to mend; null where there is none.</param>
    /// <param name="innerException">The cause.</param>
    public OpsKitException(FailureKind kind, string what, string? target = null, string? next = null, Exception? innerException = null)
        : base(target is null ? what : $"{target}: {what}", innerException)
    {
        Kind = kind;
        What = what;
        Target = target;
        Next = next;
    }

    /// <summary>What kind of failure this is.</summary>
    public FailureKind Kind { get; }

    /// <summary>What happened, in one sentence.</summary>
    public string What { get; }

    /// <summary>What it happened to, or null.</summary>
    public string? Target { get; }

    /// <summary>The next command to type, or null.</summary>
    public string? Next { get; }

    /// <summary>
    /// True where the request had been sent and the answer never came: it may have taken effect. Look before it is done again.
    /// </summary>
    public bool OutcomeUnknown { get; init; }

    /// <summary>True where an answer came and cannot be understood, or is cut short: nothing is concluded from it.</summary>
    public bool Unreadable { get; init; }
}
