using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Esxcli;

namespace OpsKit.Modules.Vibs;

/// <summary>
/// Installs, updates or removes on a host. The command runs there by itself, with a log and an exit status in files: a connection that drops neither stops nor
/// repeats it. What came of it is looked at, whatever the command said.
/// </summary>
internal sealed class InstallChange(IApplyingDoors doors, Target target, VibOrder order, HostModes modes)
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(4);

    public async Task<ChangeResult> ApplyAsync(CancellationToken cancellationToken)
    {
        var name = HostShells.NameOf(doors, target);
        if (RunNote.Parse(doors.Note) is { } known)
        {
            var attached = doors.Attach(name, Command(known));
            await using (attached.ConfigureAwait(false))
            {
                try
                {
                    return await EndAsync(attached, cancellationToken).ConfigureAwait(false);
                }
                catch (OpsKitException) when (attached.NeverStarted)
                {
                    // Were it to start late after all, it would find nothing to run. Then it is begun anew.
                    await attached.RemoveAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }

        var before = await HostImages.LookAsync(doors, target, cancellationToken).ConfigureAwait(false);
        if (HostImages.IsMet(order, before))
            return new ChangeResult(HostImages.Words(order, before), "it was so already; nothing was done");
        await new UploadChange(doors, target, order).EnsureAsync(cancellationToken).ConfigureAwait(false);
        if (order.Enters)
            await modes.EnsureInsideAsync(cancellationToken).ConfigureAwait(false);
        var note = RunNote.New(target.Name, order.Folder.Length > 0 ? order.Folder : "/tmp");
        doors.Remember(note.ToString());
        var run = await doors.StartDetachedAsync(name, Command(note), cancellationToken).ConfigureAwait(false);
        await using (run.ConfigureAwait(false))
            return await EndAsync(run, cancellationToken).ConfigureAwait(false);
    }

    private DetachedCommand Command(RunNote note) =>
        new(PosixShell.Command(["esxcli", "--formatter=xml", .. order.Command.Split(' '), .. order.Options()])) { Id = note.Run, Folder = note.Folder, Timeout = LongestRun };

    private async Task<ChangeResult> EndAsync(DetachedRun run, CancellationToken cancellationToken)
    {
        doors.Progress($"{order.Action.ToString().ToLowerInvariant()} under way on the host");
        DetachedResult? ended;
        OpsKitException? lost = null;
        try
        {
            ended = await run.WaitAsync(null, cancellationToken).ConfigureAwait(false);
        }
        catch (OpsKitException vanished)
        {
            (ended, lost) = (null, vanished);
        }

        try
        {
            return await JudgeAsync(ended, lost, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // What it said is told with its outcome. A log that nobody has read stays.
            if (ended is not null)
                await ForgetAsync(run, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What is there tells more than what was said: a lost result, an exit status without a word, a log that went with a restart.</summary>
    private async Task<ChangeResult> JudgeAsync(DetachedResult? ended, OpsKitException? lost, CancellationToken cancellationToken)
    {
        HostSoftware now;
        try
        {
            now = await HostImages.AwaitAsync(doors, target, TimeSpan.FromMinutes(2), cancellationToken).ConfigureAwait(false);
        }
        catch (OpsKitException unseen)
        {
            throw new OpsKitException(unseen.Kind, $"what came of it cannot be looked at: {unseen.What}", target.Name, "opskit runs resume looks again", unseen) { OutcomeUnknown = true };
        }

        var met = HostImages.IsMet(order, now);
        var result = ended is { ExitStatus: 0 } ? Read(ended.Output) : null;
        if (met && !(result?.RebootRequired == true && !order.NeedsRestart))
            return new ChangeResult(HostImages.Words(order, now), Note(ended, result, lost));
        if (met)
            throw new OpsKitException(FailureKind.Failed, "it is installed, and the host says that it must restart for it, which the plan does not have", target.Name, "restart the host: opskit host rolling-maintenance --reboot true");
        if (lost is not null)
            throw new OpsKitException(lost.Kind, $"{lost.What}; {HostImages.Words(order, now)}", target.Name, lost.Next, lost) { OutcomeUnknown = true };
        throw await FailedAsync(ended!, cancellationToken).ConfigureAwait(false);
    }

    private static string? Note(DetachedResult? ended, InstallationResult? result, OpsKitException? lost) => (ended, result, lost) switch
    {
        (_, _, { }) => "its log was lost with the connection or a restart; it was looked at on the host",
        ({ ExitStatus: 0 }, { Skipped.Count: > 0 } said, _) => $"{said.Message} Skipped: {string.Join(", ", said.Skipped)}",
        ({ ExitStatus: 0 }, { } said, _) => said.Message,
        ({ ExitStatus: 0 }, null, _) => "esxcli's result cannot be read; it was looked at on the host",
        ({ } failed, _, _) => $"esxcli ended with exit status {failed.ExitStatus}{(EsxcliFailure.Parse(failed.Output).IsSilent ? " and said nothing" : "")}; it was looked at on the host",
        _ => null,
    };

    /// <summary>Where nothing came of it, the host goes back to the mode it was found in. Where its system is half changed, it stays out of service.</summary>
    private async Task<OpsKitException> FailedAsync(DetachedResult ended, CancellationToken cancellationToken)
    {
        var failure = EsxcliFailure.Parse(ended.Output);
        var told = ended.ExitStatus == 0
            ? new OpsKitException(FailureKind.Failed, $"esxcli reports success, and the host has not what was wanted{failure.Quoted}", target.Name)
            : failure.ToException($"it was not {Done}", target.Name);
        if (!order.Enters)
            return told;
        if (IsUnsafe(failure))
            return new OpsKitException(told.Kind, $"{told.What}\nthe host was left in maintenance mode", target.Name, told.Next);
        try
        {
            await modes.LeaveAsync(cancellationToken).ConfigureAwait(false);
            return new OpsKitException(told.Kind, $"{told.What}\nits software is as it was, and it is in service again", target.Name, told.Next);
        }
        catch (Exception stuck) when (stuck is OpsKitException or Vim25.VimException)
        {
            return new OpsKitException(told.Kind, $"{told.What}\nthe host is still in maintenance mode: {stuck.Message}", target.Name, told.Next);
        }
    }

    internal static bool IsUnsafe(EsxcliFailure failure) => failure.Class == "LiveInstallationError" || failure.Text.Contains("not safe to continue", StringComparison.OrdinalIgnoreCase);

    private string Done => order.Action switch { VibAction.Remove => "removed", VibAction.Update => "updated", _ => "installed" };

    private static InstallationResult? Read(string output)
    {
        try
        {
            return InstallationResult.Read(output);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Its folder on the host is of no more use. That it stays there is no failure.</summary>
    private static async Task ForgetAsync(DetachedRun run, CancellationToken cancellationToken)
    {
        try
        {
            await run.RemoveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception left) when (left is OpsKitException or OperationCanceledException)
        {
            // What was done is done.
        }
    }
}
