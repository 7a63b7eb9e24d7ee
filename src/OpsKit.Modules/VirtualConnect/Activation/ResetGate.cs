using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Hosts;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>What must hold before a module is reset: nobody depends on it alone, everything else is well, and every watched address has answered for a while.</summary>
internal sealed class ResetGate(IApplyingDoors doors, Target target, RolloutOptions options)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Waits until it may be reset, and says what there was then.</summary>
    /// <exception cref="OpsKitException">Kind StoppedByGuard: it does not hold, and waiting did not mend it. Or the enclosure's answers cannot be understood.</exception>
    public async Task<(EnclosureState Enclosure, EnclosureHosts Hosts)> PassAsync(int bay, CancellationToken cancellationToken)
    {
        var clock = doors.JumpHost.Clock;
        var began = clock.GetTimestamp();
        while (true)
        {
            var over = clock.GetElapsedTime(began) >= Patience + options.Clean;
            var reasons = WatchdogReasons(doors.Watchdog, options.Clean).ToList();
            var pause = reasons.Count > 0 ? Again : ReadAgain;
            if (reasons.Count == 0 || over)
            {
                var enclosure = await EnclosureReader.ReadAsync(doors, target.Name, cancellationToken).ConfigureAwait(false);
                var hosts = await EnclosureHostReader.ReadAsync(doors, enclosure, cancellationToken).ConfigureAwait(false);
                reasons = [.. Reasons(enclosure, hosts, bay), .. WatchdogReasons(doors.Watchdog, options.Clean)];
                if (reasons.Count == 0)
                    return (enclosure, hosts);
            }

            if (over)
                throw Refused(bay, reasons);
            doors.Progress($"before bay {bay}: {reasons[0]}{(reasons.Count > 1 ? $" (and {reasons.Count - 1} more)" : "")}", 0);
            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What speaks against resetting a module, by the enclosure and its hosts. Pure.</summary>
    public static IEnumerable<string> Reasons(EnclosureState enclosure, EnclosureHosts hosts, int bay)
    {
        if (enclosure.ModuleIn(bay) is null)
            yield return $"there is no module in bay {bay}";
        var partner = EnclosureState.PartnerBayOf(bay);
        if (enclosure.PartnerOf(bay) is not { } other)
            yield return $"bay {partner} is empty: nothing takes over for bay {bay}";
        else if (!other.IsHealthy)
            yield return $"the module in bay {partner}, which is to take over, is not well: {ModuleWords.Health(other)}";
        foreach (var module in enclosure.Modules.Where(module => module.IsVirtualConnect && module.Bay != bay && module.Bay != partner && !module.IsHealthy))
            yield return $"the module in bay {module.Bay} is not well: {ModuleWords.Health(module)}";
        foreach (var (name, reason) in hosts.NotAssessed)
            yield return $"{name} could not be read: {reason}";
        foreach (var host in hosts.Hosts)
        {
            if (host.ConnectionState != "connected")
                yield return $"{host.Name} is {host.ConnectionState}: its paths cannot be seen";
            foreach (var path in HostRedundancy.LostWithout(host, bay))
                yield return $"{host.Name} would lose {path.Switch}, {path.PortGroup} ({path.Carries}): it has no other path that is up";
        }
    }

    private static IEnumerable<string> WatchdogReasons(IWatchdog watchdog, TimeSpan clean)
    {
        if (watchdog.Addresses == 0)
            yield return "no address is watched: name some with watch:, or add a ping guard";
        else if (watchdog.Worst is { Verdict: not Verdict.Healthy } worst)
            yield return $"guard {worst.Guard}: {worst.Reason}";
        else if (watchdog.CleanFor is var quiet && quiet < clean)
            yield return $"every address has answered for {Durations.Words(quiet)} of {Durations.Words(clean)}";
    }

    private OpsKitException Refused(int bay, List<string> reasons) => new(
        FailureKind.StoppedByGuard, $"bay {bay} was not reset: {string.Join("; ", reasons.Take(5))}{(reasons.Count > 5 ? $"; and {reasons.Count - 5} more" : "")}", target.Name, "mend it, then resume the run");
}
