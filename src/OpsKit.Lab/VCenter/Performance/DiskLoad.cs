using OpsKit.Lab.Estate;

namespace OpsKit.Lab.VCenter.Performance;

/// <summary>What a disk did in an interval.</summary>
internal sealed record DiskSample(double Reads, double Writes, double ReadKb, double WriteKb, int LatencyMs);

/// <summary>
/// The load of machines' disks: what their guests demand, held down by limits as the hosts enforce them. Up to ESXi 5.1 the limits of all a machine's disks
/// on one datastore are added and shared, and one disk without a limit voids them; since 5.5 each disk has its own, counted in units of 32 KB.
/// </summary>
internal static class DiskLoad
{
    private const double BaseLatencyMs = 4;
    private static readonly DiskSample Idle = new(0, 0, 0, 0, 0);
    private const int Outstanding = 32;

    public static DiskSample Sample(LabMachine machine, LabDisk disk, DateTimeOffset at, LimitHistory history)
    {
        if (machine.PowerState != "poweredOn" || machine.BootTime > at)
            return Idle;
        var wanted = Demand(machine, disk, at);
        var allowed = HasOwnScheduler(machine.Host)
            ? Own(history.At(disk, at), machine.IoSizeKb)
            : Shared(machine, disk, at, history, wanted);
        var done = Math.Min(wanted, allowed);
        var writes = machine.Tags.Contains("database") ? 0.8 : 0.4;
        var latency = done < wanted ? Math.Min(2000, Outstanding * 1000 / Math.Max(1, done)) : BaseLatencyMs;
        return new DiskSample(done * (1 - writes), done * writes, done * (1 - writes) * machine.IoSizeKb, done * writes * machine.IoSizeKb, (int)Math.Round(latency));
    }

    /// <summary>5.5 brought the scheduler that limits each disk on its own; a setting brings the old one back.</summary>
    public static bool HasOwnScheduler(LabHost host) =>
        Version.Parse(host.Version) >= new Version(5, 5) && host.Options.GetValueOrDefault("Disk.SchedulerWithReservation") is not (0L or 0 or "0");

    private static double Own(long limit, int sizeKb) => limit < 0 ? double.PositiveInfinity : limit / (double)((sizeKb + 31) / 32);

    private static double Shared(LabMachine machine, LabDisk disk, DateTimeOffset at, LimitHistory history, double wanted)
    {
        long sum = 0;
        double demand = 0;
        foreach (var other in machine.Disks)
        {
            if (other.Datastore != disk.Datastore)
                continue;
            var limit = history.At(other, at);
            if (limit < 0)
                return double.PositiveInfinity;
            sum += limit;
            demand += Demand(machine, other, at);
        }

        return demand <= sum ? wanted : wanted * sum / demand;
    }

    /// <summary>The first disk holds the system and does a tenth; the rest is shared by the others. It swings by a tenth around that.</summary>
    private static double Demand(LabMachine machine, LabDisk disk, DateTimeOffset at)
    {
        var share = machine.Disks.Count == 1 ? 1 : disk == machine.Disks[0] ? 0.1 : 0.9 / (machine.Disks.Count - 1);
        var hash = Mix((uint)(at.ToUnixTimeSeconds() / 20), (uint)disk.Key, (uint)machine.MemoryMb);
        return machine.DemandIops * share * (0.9 + hash % 1000 / 5000.0);
    }

    private static uint Mix(uint a, uint b, uint c)
    {
        var mixed = unchecked((a * 2654435761u) ^ (b * 2246822519u) ^ (c * 3266489917u));
        return mixed ^ (mixed >> 15);
    }
}
