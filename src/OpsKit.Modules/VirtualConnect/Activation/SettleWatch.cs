using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>Lets a module that is back settle: until every watched address has answered every probe for a while. Then judges what the reset cost.</summary>
internal sealed class SettleWatch(IApplyingDoors doors, Target target, RolloutOptions options)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(10);

    /// <exception cref="OpsKitException">Kind StoppedByGuard: a guard is breached, an address lost too much, or they do not come to rest.</exception>
    public async Task WaitAsync(ResetCourse course, CancellationToken cancellationToken)
    {
        var clock = doors.JumpHost.Clock;
        var began = clock.GetTimestamp();
        while (true)
        {
            var passed = clock.GetElapsedTime(began);
            if (doors.Watchdog.Worst is { Verdict: Verdict.Breached } breach)
                throw Stopped($"guard {breach.Guard}: {breach.Reason}", course);
            var clean = doors.Watchdog.CleanFor;
            if (clean >= options.Settle && passed >= options.Settle && doors.Watchdog.Worst is null or { Verdict: Verdict.Healthy })
                break;
            if (passed >= (options.Settle * 2) + Slack)
                throw Stopped($"the watched addresses do not come to rest: {(doors.Watchdog.Worst is { Verdict: not Verdict.Healthy } worst ? $"guard {worst.Guard}: {worst.Reason}" : $"the last loss was {Durations.Words(clean)} ago")}", course);
            var share = Math.Min(1, (clean < passed ? clean : passed) / (options.Settle > TimeSpan.Zero ? options.Settle : Again));
            doors.Progress($"bay {course.Bay} is back, settling: {Durations.Words(Whole(options.Settle * (1 - share)))} to go without a loss", 0.9 + (share * 0.1));
            await Task.Delay(Again, clock, cancellationToken).ConfigureAwait(false);
        }

        await JudgeSharedAsync(course, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A silence that all shared is no breach, as it may be the jump host's own; how long it was makes it a question.</summary>
    private async Task JudgeSharedAsync(ResetCourse course, CancellationToken cancellationToken)
    {
        var losses = doors.Watchdog.Since(course.Began);
        if (LossWords.Worst(losses) is not { } worst || worst.LongestOutage < options.Watch.Outage)
            return;
        var question = $"{target.Name}: after the reset of bay {course.Bay}, {LossWords.Of(losses)}. All fell silent together, so it may have been this jump host's own network. Was it, and may the next module be reset?";
        if (!await doors.AskAsync(question, cancellationToken).ConfigureAwait(false))
            throw Stopped("the addresses fell silent together, and nobody said that it was this jump host's own network", course);
    }

    private OpsKitException Stopped(string why, ResetCourse course) => new(
        FailureKind.StoppedByGuard,
        $"bay {course.Bay} is back and runs {course.Wanted}, and nothing more is reset: {why}. Since its reset, {LossWords.Of(doors.Watchdog.Since(course.Began))}",
        target.Name,
        "find out why, then resume the run");

    private static TimeSpan Whole(TimeSpan time) => TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds));
}
