namespace OpsKit.Lab.Estate;

/// <summary>Hosts going down and coming up, in lab time: what vCenter, the network and the machines on them see of it.</summary>
internal static class HostLife
{
    private static readonly TimeSpan Stopping = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Missed = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan FailoverTime = TimeSpan.FromSeconds(60);

    /// <summary>Restarts a host; ends when vCenter has it again. A second restart while one is under way does nothing.</summary>
    public static async Task RestartAsync(LabEstate estate, LabHost host, CancellationToken cancellationToken)
    {
        if (!Begin(estate, host))
            return;
        var began = estate.Clock.Elapsed;
        await DownAsync(estate, host, failover: false, cancellationToken).ConfigureAwait(false);
        var left = host.RebootTime - (estate.Clock.Elapsed - began);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, estate.Clock, cancellationToken).ConfigureAwait(false);
        await UpAsync(estate, host, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Switches a host off in good order.</summary>
    public static async Task ShutdownAsync(LabEstate estate, LabHost host, CancellationToken cancellationToken)
    {
        if (!Begin(estate, host))
            return;
        await DownAsync(estate, host, failover: false, cancellationToken).ConfigureAwait(false);
        lock (estate.Gate)
            host.Restarting = false;
    }

    /// <summary>Cuts the power and, where <paramref name="andOn"/>, gives it back at once: what a blade's E-fuse does.</summary>
    public static async Task CutPowerAsync(LabEstate estate, LabHost host, bool andOn, CancellationToken cancellationToken)
    {
        if (!Begin(estate, host))
            return;
        lock (estate.Gate)
            PowerOff(estate, host, failover: true, cancellationToken);
        await Task.Delay(Missed, estate.Clock, cancellationToken).ConfigureAwait(false);
        Lose(estate, host);
        if (!andOn)
        {
            lock (estate.Gate)
                host.Restarting = false;
            return;
        }

        await Task.Delay(host.RebootTime, estate.Clock, cancellationToken).ConfigureAwait(false);
        await UpAsync(estate, host, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Switches a host on that is off.</summary>
    public static async Task PowerOnAsync(LabEstate estate, LabHost host, CancellationToken cancellationToken)
    {
        if (!Begin(estate, host, wasOn: false))
            return;
        await Task.Delay(host.RebootTime, estate.Clock, cancellationToken).ConfigureAwait(false);
        await UpAsync(estate, host, cancellationToken).ConfigureAwait(false);
    }

    private static bool Begin(LabEstate estate, LabHost host, bool wasOn = true)
    {
        lock (estate.Gate)
        {
            if (host.Restarting || host.PoweredOn != wasOn)
                return false;
            host.Restarting = true;
            estate.Touch(host);
            return true;
        }
    }

    private static async Task DownAsync(LabEstate estate, LabHost host, bool failover, CancellationToken cancellationToken)
    {
        await Task.Delay(Stopping, estate.Clock, cancellationToken).ConfigureAwait(false);
        lock (estate.Gate)
            PowerOff(estate, host, failover, cancellationToken);
        await Task.Delay(Missed, estate.Clock, cancellationToken).ConfigureAwait(false);
        Lose(estate, host);
    }

    private static void PowerOff(LabEstate estate, LabHost host, bool failover, CancellationToken cancellationToken)
    {
        host.PoweredOn = false;
        var crashed = estate.Machines.Where(machine => machine.Host == host && machine.PowerState == "poweredOn").ToList();
        foreach (var machine in crashed)
        {
            machine.PowerState = "poweredOff";
            machine.BootTime = null;
            estate.Touch(machine);
        }

        estate.Touch(host);
        if (failover && host.Cluster.HaEnabled && crashed.Count > 0)
            _ = FailOverAsync(estate, crashed, cancellationToken);
    }

    /// <summary>High availability starts what ran there on other hosts, a minute later.</summary>
    private static async Task FailOverAsync(LabEstate estate, List<LabMachine> crashed, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(FailoverTime, estate.Clock, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        lock (estate.Gate)
        {
            foreach (var machine in crashed.Where(machine => machine.PowerState == "poweredOff"))
            {
                if (Placement.Choose(estate, machine) is not { } host)
                    continue;
                machine.Host = host;
                machine.PowerState = "poweredOn";
                machine.BootTime = estate.Clock.GetUtcNow();
                ChangeTracking.Stun(estate, machine);
                estate.Touch(machine);
                estate.Touch(host);
            }
        }
    }

    /// <summary>vCenter missed its heartbeats.</summary>
    private static void Lose(LabEstate estate, LabHost host)
    {
        lock (estate.Gate)
        {
            if (host.ConnectionState == "connected")
                host.ConnectionState = "notResponding";
            Touch(estate, host);
        }
    }

    private static async Task UpAsync(LabEstate estate, LabHost host, CancellationToken cancellationToken)
    {
        lock (estate.Gate)
        {
            host.PoweredOn = true;
            host.BootTime = estate.Clock.GetUtcNow();
            host.RebootRequired = false;
            host.Software.Restart(host);
            foreach (var nic in host.PNics)
                nic.PassthroughActive = nic.PassthroughEnabled;
            estate.Touch(host);
        }

        await Task.Delay(Connecting, estate.Clock, cancellationToken).ConfigureAwait(false);
        lock (estate.Gate)
        {
            host.Restarting = false;
            if (host.ConnectionState == "notResponding")
                host.ConnectionState = "connected";
            Touch(estate, host);
        }
    }

    /// <summary>The machines on it are as far away as the host.</summary>
    private static void Touch(LabEstate estate, LabHost host)
    {
        estate.Touch(host);
        foreach (var machine in estate.Machines.Where(machine => machine.Host == host))
            estate.Touch(machine);
    }
}
