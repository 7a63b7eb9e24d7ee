using System.Globalization;
using OpsKit.Connections;
using OpsKit.Connections.Enclosures;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Hosts;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>Resets one module, once, and sees it through until every path is back. What was begun before is never asked for again.</summary>
internal sealed class ResetChange(IApplyingDoors doors, Target target, RolloutOptions options, VirtualConnectFacts facts)
{
    private readonly TimeProvider _clock = doors.JumpHost.Clock;

    public async Task<ChangeResult> ApplyAsync(PlannedChange change, CancellationToken cancellationToken)
    {
        var bay = int.Parse(change.Arguments[ResetPlanner.Bay], NumberStyles.None, CultureInfo.InvariantCulture);
        var wanted = change.Arguments[ResetPlanner.Version];
        if (doors.Note is not null)
            return await TakeUpAsync(bay, wanted, cancellationToken).ConfigureAwait(false);
        var (enclosure, hosts) = await new ResetGate(doors, target, options).PassAsync(bay, cancellationToken).ConfigureAwait(false);
        return await ResetAsync(bay, wanted, enclosure, hosts, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ChangeResult> ResetAsync(int bay, string wanted, EnclosureState enclosure, EnclosureHosts hosts, CancellationToken cancellationToken)
    {
        var note = new ResetNote { Asked = _clock.GetUtcNow(), Ran = enclosure.ModuleIn(bay)?.Firmware, Links = LinkReader.UpOn(hosts, bay) };
        doors.Remember(note.Write());
        var began = _clock.GetTimestamp();
        doors.Mark($"reset of bay {bay}");
        doors.Progress($"resetting bay {bay}", 0);
        if (await SendAsync(bay, cancellationToken).ConfigureAwait(false))
        {
            note = note with { Accepted = true };
            doors.Remember(note.Write());
        }

        return await SeeThroughAsync(new ResetCourse(bay, wanted, note, hosts, began, TimeSpan.Zero), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on where an earlier attempt stopped. Where it cannot be seen whether it came to the reset, a human says.</summary>
    private async Task<ChangeResult> TakeUpAsync(int bay, string wanted, CancellationToken cancellationToken)
    {
        var note = ResetNote.Read(doors.Note) ?? throw Failure(bay, "what the run remembered of its reset cannot be read", unknown: true);
        var enclosure = await EnclosureReader.ReadAsync(doors, target.Name, cancellationToken).ConfigureAwait(false);
        var hosts = await EnclosureHostReader.ReadAsync(doors, enclosure, cancellationToken).ConfigureAwait(false);
        if (!note.Accepted && await EvidenceAsync(note, bay, wanted, hosts, cancellationToken).ConfigureAwait(false) is null)
        {
            var question = $"{target.Name}: bay {bay} was about to be reset at {note.Asked:u}. It runs {note.Ran}, is well, and its links are up; whether it was reset cannot be seen. Its log may tell (SHOW SYSLOG OA). Reset it now?";
            if (!await doors.AskAsync(question, cancellationToken).ConfigureAwait(false))
                throw Failure(bay, "whether it was reset is not known, and nobody said that it is to be reset now", unknown: true);
            (enclosure, hosts) = await new ResetGate(doors, target, options).PassAsync(bay, cancellationToken).ConfigureAwait(false);
            return await ResetAsync(bay, wanted, enclosure, hosts, cancellationToken).ConfigureAwait(false);
        }

        doors.Progress($"bay {bay} was reset before; it is not reset again", 0);
        var since = _clock.GetUtcNow() - note.Asked;
        return await SeeThroughAsync(new ResetCourse(bay, wanted, note, hosts, _clock.GetTimestamp(), since > TimeSpan.Zero ? since : TimeSpan.Zero), cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> EvidenceAsync(ResetNote note, int bay, string wanted, EnclosureHosts hosts, CancellationToken cancellationToken)
    {
        var look = await ModuleReader.LookAsync(doors, target.Name, bay, cancellationToken).ConfigureAwait(false);
        return ResetStanding.Evidence(note, wanted, look, await new LinkReader(doors, hosts).DownAsync(note.Links, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Sends the command, once. Whether it was accepted; false where the answer was lost, so that only a look can tell.</summary>
    private async Task<bool> SendAsync(int bay, CancellationToken cancellationToken)
    {
        var command = $"{options.ResetCommand ?? facts.ResetCommand} {bay}";
        OaReply reply;
        try
        {
            reply = await doors.OnboardAdministrators(target.Name).SendAsync(new OaCommand(command), cancellationToken).ConfigureAwait(false);
        }
        catch (OpsKitException lost) when (lost.OutcomeUnknown)
        {
            doors.Mark($"bay {bay}: the answer was lost");
            return false;
        }

        if (facts.ResetAccepted.Any(word => reply.Text.Contains(word, StringComparison.OrdinalIgnoreCase)))
            return true;
        throw Failure(bay, $"\"{command}\" was answered with \"{SafeText.Line(Shortened(reply.Text))}\", which is no acceptance", unknown: true);
    }

    private async Task<ChangeResult> SeeThroughAsync(ResetCourse course, CancellationToken cancellationToken)
    {
        var back = await new ReturnWatch(doors, target, options).WaitAsync(course, cancellationToken).ConfigureAwait(false);
        doors.Mark($"bay {course.Bay} is back");
        await new NeighbourCheck(doors, target).WaitAsync(course, cancellationToken).ConfigureAwait(false);
        await new SettleWatch(doors, target, options).WaitAsync(course, cancellationToken).ConfigureAwait(false);
        var look = await ModuleReader.LookAsync(doors, target.Name, course.Bay, cancellationToken).ConfigureAwait(false);
        if (look.Module is not { IsHealthy: true } module || !FirmwareVersions.AreSame(module.Firmware, course.Wanted))
            throw Failure(course.Bay, $"was back and is not well any more: {(look.Module is { } ill ? ModuleWords.Health(ill) : look.WhyNot)}", unknown: false);
        return new ChangeResult($"runs {module.Firmware}, {module.Health}", $"{LossWords.Of(doors.Watchdog.Since(course.Began))}{back}");
    }

    private static string Shortened(string text) => text.Trim() is { Length: > 200 } longer ? longer[..200] + "…" : text.Trim();

    private OpsKitException Failure(int bay, string what, bool unknown) =>
        new(FailureKind.Failed, $"bay {bay} {what}", target.Name, $"opskit vc status {target.Name}") { OutcomeUnknown = unknown };
}

/// <summary>A reset under way.</summary>
/// <param name="Bay">The module's bay.</param>
/// <param name="Wanted">The version it is to run.</param>
/// <param name="Note">What was remembered before.</param>
/// <param name="Hosts">The hosts as they were seen last before it was waited for.</param>
/// <param name="Began">The timestamp from which losses count.</param>
/// <param name="Elapsed">How long before that it was asked for.</param>
internal sealed record ResetCourse(int Bay, string Wanted, ResetNote Note, EnclosureHosts Hosts, long Began, TimeSpan Elapsed);
