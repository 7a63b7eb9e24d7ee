using OpsKit.Connections;
using OpsKit.Connections.Enclosures;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.VirtualConnect.IloReset;

/// <summary>Restarts an iLO through the Onboard Administrator and waits until it is back.</summary>
internal sealed class IloResetChange(IApplyingDoors doors, Target target, IloResetOptions options)
{
    /// <summary>The word both wordings of the answer have.</summary>
    private const string Accepted = "Successfully";

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <summary>An Onboard Administrator may show the address of before for a while; an iLO takes longer than this to come back.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(90);

    public async Task<ChangeResult> ApplyAsync(CancellationToken cancellationToken)
    {
        var clock = doors.JumpHost.Clock;
        if (doors.Note is null)
        {
            doors.Remember(IloResetStanding.Asked);
            var reply = await doors.OnboardAdministrators(target.Name).SendAsync(new OaCommand($"RESET ILO {options.Bay}"), cancellationToken).ConfigureAwait(false);
            if (reply.ExitStatus is > 0 || !reply.Text.Contains(Accepted, StringComparison.OrdinalIgnoreCase) || reply.Text.Contains("failed", StringComparison.OrdinalIgnoreCase))
                throw new OpsKitException(FailureKind.Failed, $"the Onboard Administrator did not accept it: \"{reply.Text.Trim().ReplaceLineEndings("; ")}\"", target.Name, $"type it by hand: RESET ILO {options.Bay}");
        }

        var began = clock.GetTimestamp();
        var gone = false;
        while (true)
        {
            await Task.Delay(Look, clock, cancellationToken).ConfigureAwait(false);
            var (blade, seen) = await GlanceAsync(cancellationToken).ConfigureAwait(false);
            var elapsed = clock.GetElapsedTime(began);
            gone |= seen && blade?.IloAddress is null;
            if (blade?.IloAddress is { } address && (gone || elapsed >= Lag))
                return new ChangeResult("the iLO is back", $"at {address}, after {Durations.Words(TimeSpan.FromSeconds(Math.Round(elapsed.TotalSeconds)))}; opskit vc profiles {target.Name} shows whether the profile applies now");
            if (elapsed >= options.Budget)
                throw new OpsKitException(FailureKind.Failed, $"the iLO in bay {options.Bay} is not back within {Durations.Words(options.Budget)}", target.Name, $"look: SHOW SERVER INFO {options.Bay}");
            doors.Progress(gone ? "restarting" : "asked for, not seen to go away yet", Math.Min(1, elapsed / Lag));
        }
    }

    private async Task<(BladeState? Blade, bool Seen)> GlanceAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await IloResetReader.GlanceAsync(doors, target.Name, options.Bay, cancellationToken).ConfigureAwait(false), true);
        }
        catch (OpsKitException failure) when (failure.Kind == FailureKind.Unreachable)
        {
            return (null, false);
        }
    }
}
