using OpsKit.Connections;

namespace OpsKit.Cli.Commands.Doctor;

/// <summary>How a check came out.</summary>
internal enum FindingStatus
{
    Ok,
    Warning,
    Failure,

    /// <summary>Not checked, because something before it failed or was not asked for.</summary>
    Skipped,
}

/// <summary>What one check found.</summary>
/// <param name="Check">The check's name, the same on every run.</param>
/// <param name="Target">The endpoint it was about; null for the jump host itself.</param>
/// <param name="Status">How it came out.</param>
/// <param name="Result">What was seen, in a few words.</param>
/// <param name="Fix">The command to type or the thing to mend; null where nothing is to be mended.</param>
/// <param name="Kind">The kind of failure; decides the exit code.</param>
internal sealed record Finding(string Check, string? Target, FindingStatus Status, string Result, string? Fix = null, FailureKind Kind = FailureKind.Failed)
{
    public static Finding Ok(string check, string? target, string result) => new(check, target, FindingStatus.Ok, result);

    public static Finding Warning(string check, string? target, string result, string? fix) => new(check, target, FindingStatus.Warning, result, fix);

    public static Finding Skipped(string check, string? target, string why) => new(check, target, FindingStatus.Skipped, why);

    public static Finding Failure(string check, string? target, OpsKitException failure) =>
        new(check, target, FindingStatus.Failure, failure.What, failure.Next, failure.Kind);
}
