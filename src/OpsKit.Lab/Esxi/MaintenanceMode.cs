using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Operations;

namespace OpsKit.Lab.Esxi;

/// <summary>How a change of maintenance mode ended.</summary>
internal enum ModeChange
{
    Done,
    AlreadyEnabled,
    AlreadyDisabled,
    UnderWay,
    TimedOut,
}

/// <summary>
/// Maintenance mode as asked for on the host itself: it waits until no machine runs there. Where DRS is fully automated, vCenter sees the host entering and
/// moves its machines away, two at a time.
/// </summary>
internal static class MaintenanceMode
{
    private const int AtOnce = 2;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    /// <summary>Enters it. Who cancels stops waiting, and the host leaves off.</summary>
    public static async Task<ModeChange> EnterAsync(LabEstate estate, LabHost host, TimeSpan timeout, CancellationToken cancellationToken)
    {
        lock (estate.Gate)
        {
            if (host.InMaintenanceMode)
                return ModeChange.AlreadyEnabled;
            if (host.EnteringMaintenanceMode)
                return ModeChange.UnderWay;
            host.EnteringMaintenanceMode = true;
            estate.Touch(host);
        }

        try
        {
            if (!await IsEmptyInTimeAsync(estate, host, timeout, cancellationToken).ConfigureAwait(false))
                return ModeChange.TimedOut;
            await Task.Delay(Settling, estate.Clock, cancellationToken).ConfigureAwait(false);
            lock (estate.Gate)
                host.InMaintenanceMode = host.PoweredOn;
            return ModeChange.Done;
        }
        finally
        {
            lock (estate.Gate)
            {
                host.EnteringMaintenanceMode = false;
                estate.Touch(host);
            }
        }
    }

    public static async Task<ModeChange> ExitAsync(LabEstate estate, LabHost host, CancellationToken cancellationToken)
    {
        lock (estate.Gate)
        {
            if (!host.InMaintenanceMode)
                return ModeChange.AlreadyDisabled;
        }

        await Task.Delay(Settling, estate.Clock, cancellationToken).ConfigureAwait(false);
        lock (estate.Gate)
        {
            host.InMaintenanceMode = false;
            estate.Touch(host);
        }

        return ModeChange.Done;
    }

    private static async Task<bool> IsEmptyInTimeAsync(LabEstate estate, LabHost host, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = estate.Clock.Elapsed;
        var moving = new HashSet<LabMachine>(ReferenceEqualityComparer.Instance);
        while (true)
        {
            lock (estate.Gate)
            {
                var staying = estate.Machines.Where(machine => machine.Host == host && machine.PowerState == "poweredOn").ToList();
                if (staying.Count == 0)
                    return true;
                if (timeout > TimeSpan.Zero && estate.Clock.Elapsed - began >= timeout)
                    return false;
                if (Placement.IsAutomatic(host.Cluster) && host.ConnectionState == "connected")
                    StartSome(estate, staying, moving);
            }

            await Task.Delay(Look, estate.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void StartSome(LabEstate estate, List<LabMachine> staying, HashSet<LabMachine> moving)
    {
        foreach (var machine in staying.OrderBy(machine => machine.MemoryMb))
        {
            if (moving.Count >= AtOnce)
                return;
            if (machine.PinnedBecause is null && !moving.Contains(machine) && Placement.Choose(estate, machine) is { } target && moving.Add(machine))
                _ = MoveAsync(estate, machine, target, moving);
        }
    }

    /// <summary>A machine that something else moved or stopped meanwhile is left as it is.</summary>
    private static async Task MoveAsync(LabEstate estate, LabMachine machine, LabHost target, HashSet<LabMachine> moving)
    {
        var from = machine.Host;
        await Task.Delay(Moves.TimeFor(machine), estate.Clock, CancellationToken.None).ConfigureAwait(false);
        lock (estate.Gate)
        {
            moving.Remove(machine);
            if (machine.Host != from || machine.PowerState != "poweredOn" || target is not { PoweredOn: true, ConnectionState: "connected", InMaintenanceMode: false } || !from.PoweredOn)
                return;
            machine.Host = target;
            ChangeTracking.Stun(estate, machine);
            estate.Touch(machine);
            estate.Touch(from);
            estate.Touch(target);
        }
    }
}
