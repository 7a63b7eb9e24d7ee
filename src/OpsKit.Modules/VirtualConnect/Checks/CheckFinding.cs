namespace OpsKit.Modules.VirtualConnect.Checks;

/// <summary>One thing that a rollout of firmware requires, and how it stands.</summary>
/// <param name="Check">What was looked at, in a word or two, such as <c>module health</c>.</param>
/// <param name="Subject">At what: an enclosure, a module, a host.</param>
/// <param name="Verdict">How it stands.</param>
/// <param name="Finding">What was found, in a sentence.</param>
/// <param name="Fix">What to do about it; null where nothing needs doing.</param>
public sealed record CheckFinding(string Check, string Subject, CheckVerdict Verdict, string Finding, string? Fix = null)
{
    /// <summary>The finding in one line, as plans show it.</summary>
    public override string ToString() => $"{Check}, {Subject}: {Finding}{(Fix is null ? "" : $"; {Fix}")}";
}

/// <summary>How a requirement stands.</summary>
public enum CheckVerdict
{
    /// <summary>It is met.</summary>
    Pass,

    /// <summary>It is met, or is no condition; the operator should know something about it.</summary>
    Warning,

    /// <summary>It is not met, or cannot be seen: no module may be reset.</summary>
    Blocker,
}
