using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Hosts;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>Looks at a module that was reset, through its Onboard Administrator and at the hosts' links, until it is back or is known not to be.</summary>
internal sealed class ReturnWatch(IApplyingDoors doors, Target target, RolloutOptions options)
{
    private const int MostUnreadable = 3;
    private static readonly TimeSpan Eager = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan EagerFor = TimeSpan.FromMinutes(1);
    private readonly TimeProvider _clock = doors.JumpHost.Clock;
    private int _unreadable;
    private bool _marked;

    /// <summary>How long links were down, as words that go on after a full stop; empty where it was not seen.</summary>
    /// <exception cref="OpsKitException">It does not come back, or not as it should: the message names what is without a second path now.</exception>
    public async Task<string> WaitAsync(ResetCourse course, CancellationToken cancellationToken)
    {
        var judge = new ModuleReturn(course.Note.Ran, course.Wanted, options.Budget);
        var links = new LinkReader(doors, course.Hosts);
        while (true)
        {
            var look = await LookAsync(course.Bay, cancellationToken).ConfigureAwait(false);
            var down = await links.DownAsync(course.Note.Links, cancellationToken).ConfigureAwait(false);
            var since = course.Elapsed + _clock.GetElapsedTime(course.Began);
            var judgement = judge.Judge(since, look, down);
            if (down is { Count: > 0 } && !_marked)
            {
                _marked = true;
                doors.Mark(down.Count == 1 ? "1 link down" : $"{down.Count} links down");
            }

            switch (judgement.Verdict)
            {
                case ReturnVerdict.Back:
                    return judge is { LinksDown: { } gone, LinksBack: { } back } ? $"; links were down for {Durations.Words(Whole(back - gone))}" : "";
                case ReturnVerdict.Failed:
                    throw await FailureAsync(course, judgement.Text, cancellationToken).ConfigureAwait(false);
            }

            doors.Progress($"bay {course.Bay}: {judgement.Text}{Losses(course)}", Math.Min(0.9, since / options.Budget));
            await Task.Delay(since < EagerFor ? Eager : Calm, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What cannot be understood once may be an answer cut short; it is asked again before the rollout stops over it.</summary>
    private async Task<ModuleLook> LookAsync(int bay, CancellationToken cancellationToken)
    {
        try
        {
            var look = await ModuleReader.LookAsync(doors, target.Name, bay, cancellationToken).ConfigureAwait(false);
            _unreadable = 0;
            return look;
        }
        catch (OpsKitException failure) when (failure.Unreadable && ++_unreadable < MostUnreadable)
        {
            return new ModuleLook(null, failure.What);
        }
        catch (OpsKitException failure) when (failure.Unreadable)
        {
            throw new OpsKitException(failure.Kind, $"bay {bay} was reset, and what the Onboard Administrator says of it cannot be understood: {failure.What}", target.Name, failure.Next, failure) { OutcomeUnknown = true, Unreadable = true };
        }
    }

    private async Task<OpsKitException> FailureAsync(ResetCourse course, string text, CancellationToken cancellationToken)
    {
        var bare = await WithoutRedundancyAsync(course, cancellationToken).ConfigureAwait(false);
        return new OpsKitException(FailureKind.Failed, $"bay {course.Bay} {text}. {bare}", target.Name, $"no other module was reset; look at it: opskit vc status {target.Name}") { OutcomeUnknown = true };
    }

    private async Task<string> WithoutRedundancyAsync(ResetCourse course, CancellationToken cancellationToken)
    {
        try
        {
            var enclosure = await EnclosureReader.ReadAsync(doors, target.Name, cancellationToken).ConfigureAwait(false);
            var hosts = await EnclosureHostReader.ReadAsync(doors, enclosure, cancellationToken).ConfigureAwait(false);
            var bare = hosts.Hosts.Where(host => !HostRedundancy.Of(host).IsRedundant).Select(host => host.Name).ToList();
            return bare.Count == 0 ? "Every host still has two paths" : $"Without a second path now: {string.Join(", ", bare)}";
        }
        catch (OpsKitException failure)
        {
            return $"What is without a second path now could not be read ({failure.What}); before the reset, bay {course.Bay} carried {string.Join(", ", course.Note.Links.Select(link => link.Host).Distinct(StringComparer.Ordinal))}";
        }
    }

    private string Losses(ResetCourse course) => LossWords.Worst(doors.Watchdog.Since(course.Began)) is { } worst ? $"; longest outage {Durations.Words(worst.LongestOutage)}" : "";

    private static TimeSpan Whole(TimeSpan time) => TimeSpan.FromSeconds(Math.Round(time.TotalSeconds));
}
