namespace OpsKit.Lab.Estate;

/// <summary>Where machines can run, and where the DRS of their cluster would put them. Called under the gate.</summary>
internal static class Placement
{
    /// <summary>Whether the host takes machines at all.</summary>
    public static bool TakesMachines(LabHost host) => host is { ConnectionState: "connected", PoweredOn: true, Restarting: false, InMaintenanceMode: false, EnteringMaintenanceMode: false };

    /// <summary>Why the machine cannot run there; null where it can.</summary>
    public static string? Obstacle(LabMachine machine, LabHost host)
    {
        if (machine.Disks.Find(disk => !disk.Datastore.Hosts.Contains(host)) is { } disk)
            return $"Virtual disk '{disk.Label}' is on datastore '{disk.Datastore.Name}', which '{host.Name}' does not see.";
        if (machine.Nics.Find(nic => !host.VSwitches.Exists(vswitch => vswitch.PortGroups.Exists(group => group.Name == nic.PortGroup))) is { } nic)
            return $"Currently connected network interface 'Network adapter {nic.Key - 3999}' uses network '{nic.PortGroup}', which is not accessible on '{host.Name}'.";
        return null;
    }

    /// <summary>The other host of its cluster with the most memory to spare; null where none takes it.</summary>
    public static LabHost? Choose(LabEstate estate, LabMachine machine)
    {
        LabHost? best = null;
        long most = long.MinValue;
        foreach (var host in estate.Hosts)
        {
            if (host == machine.Host || host.Cluster != machine.Host.Cluster || !TakesMachines(host) || Obstacle(machine, host) is not null)
                continue;
            var spare = Spare(estate, host);
            if (spare > most)
                (best, most) = (host, spare);
        }

        return best;
    }

    public static bool IsAutomatic(LabCluster cluster) => cluster is { DrsEnabled: true, DrsBehavior: "fullyAutomated" };

    private static long Spare(LabEstate estate, LabHost host)
    {
        var used = 0L;
        foreach (var machine in estate.Machines)
        {
            if (machine.Host == host && machine.PowerState == "poweredOn")
                used += machine.MemoryMb;
        }

        return (host.MemoryBytes >> 20) - used;
    }
}
