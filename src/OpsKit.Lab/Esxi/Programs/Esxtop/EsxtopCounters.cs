using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Performance;

namespace OpsKit.Lab.Esxi.Programs.Esxtop;

/// <summary>The counters of batch mode, by their full names.</summary>
internal static class EsxtopCounters
{
    private static readonly LimitHistory Now = new();

    /// <summary>All counters of a host with their values at a time. Called under the gate.</summary>
    public static List<(string Name, double Value)> Of(LabEstate estate, LabHost host, DateTimeOffset at)
    {
        var running = Worlds.Running(estate, host).ToList();
        var counters = new List<(string, double)>
        {
            ("Memory\\Machine MBytes", host.MemoryBytes >> 20),
            ("Memory\\Free MBytes", (host.MemoryBytes >> 20) - running.Sum(machine => machine.MemoryMb * 7L / 10)),
            ("Physical Cpu(_Total)\\% Util Time", Math.Min(95, 2 + (running.Sum(machine => machine.Cpus) * 1.5))),
        };
        foreach (var port in PortLoad.Of(estate, host, at))
            Add(counters, $"Network Port({port.Switch}:{port.Id}:{(port.World is { } world ? $"{world}:" : "")}{port.UsedBy})",
                ("Packets Transmitted/sec", port.Sent), ("MBits Transmitted/sec", port.SentMbit), ("Packets Received/sec", port.Received), ("MBits Received/sec", port.ReceivedMbit), ("% Outbound Packets Dropped", 0), ("% Received Packets Dropped", 0));
        var all = new DiskSample(0, 0, 0, 0, 0);
        foreach (var machine in running)
        {
            foreach (var disk in machine.Disks)
            {
                var sample = DiskLoad.Sample(machine, disk, at, Now);
                all = new DiskSample(all.Reads + sample.Reads, all.Writes + sample.Writes, all.ReadKb + sample.ReadKb, all.WriteKb + sample.WriteKb, Math.Max(all.LatencyMs, sample.LatencyMs));
                Add(counters, $"Virtual Disk({machine.Name}:scsi{disk.ControllerKey - 1000}:{disk.Unit})", Disk(sample));
            }
        }

        Add(counters, "Physical Disk(vmhba1)", Disk(all));
        return counters;
    }

    private static (string, double)[] Disk(DiskSample sample) =>
    [
        ("Commands/sec", sample.Reads + sample.Writes), ("Reads/sec", sample.Reads), ("Writes/sec", sample.Writes), ("MBytes Read/sec", sample.ReadKb / 1024), ("MBytes Written/sec", sample.WriteKb / 1024),
        ("Average MilliSec/Command", sample.LatencyMs),
    ];

    private static void Add(List<(string, double)> counters, string of, params ReadOnlySpan<(string Name, double Value)> values)
    {
        foreach (var (name, value) in values)
            counters.Add(($"{of}\\{name}", value));
    }
}
