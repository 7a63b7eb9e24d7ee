using System.Globalization;
using OpsKit.Connections.Platform;
using OpsKit.Engine.Plans;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>What a staging remembers, and what a crash in its midst means. What is written is not active: writing it again does no harm, two at a time might.</summary>
internal static class StageNote
{
    public const string Succeeded = "VCSU said that the update succeeded";
    private const string RunningPrefix = "VCSU runs as process ";
    private const string ProcessName = "vcsu";

    public static string Running(int process) => RunningPrefix + process.ToString(CultureInfo.InvariantCulture);

    /// <summary>How a staging stands that was begun before.</summary>
    public static Standing StandingOf(string? note, Func<int, string, bool> runs)
    {
        if (note is null)
            return new Standing(Effect.NotDone, "VCSU's update had not begun");
        if (note == Succeeded)
            return new Standing(Effect.Done, note);
        return note.StartsWith(RunningPrefix, StringComparison.Ordinal) && int.TryParse(note.AsSpan(RunningPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var process) && runs(process, ProcessName)
            ? new Standing(Effect.Unknown, $"VCSU is still at work as process {process}: wait for its end")
            : new Standing(Effect.NotDone, "VCSU's update ended with the process that watched it; firmware that is not active is written again");
    }

    public static Standing StandingOf(string? note) => StandingOf(note, ProcessRunner.IsRunning);
}
