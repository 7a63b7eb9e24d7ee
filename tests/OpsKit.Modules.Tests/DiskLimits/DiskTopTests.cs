using OpsKit.Engine.Reports;
using OpsKit.Modules.DiskLimits;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.Tests.DiskLimits;

public sealed class DiskTopTests
{
    private static readonly DateTimeOffset Begin = new(2012, 3, 1, 22, 0, 0, TimeSpan.Zero);
    private static readonly DiskCounters Counters = new() { Reads = 1, Writes = 2, ReadKb = 3, WriteKb = 4, ReadLatency = 5, WriteLatency = 6 };

    [Fact]
    public void Counters_are_found_by_name_whatever_their_ids()
    {
        DiskCounters.Of([Info(7, "virtualDisk", "numberReadAveraged"), Info(9, "disk", "read"), Info(8, "virtualDisk", "numberWriteAveraged"), Info(4, "virtualDisk", "read")])!
            .ShouldSatisfyAllConditions(found => found.All.ShouldBe([7, 8, 4]), found => found.WriteLatency.ShouldBeNull());
        DiskCounters.Of([Info(9, "disk", "read")]).ShouldBeNull();
    }

    [Fact]
    public void Load_is_the_average_of_the_samples_a_host_did_not_miss()
    {
        var load = DiskSamples.Average(Metric("scsi0:1", [100, -1, 300], [10, 20, 30]), Counters, after: null)["scsi0:1"];

        (load.Reads, load.Writes, load.Samples, load.Until).ShouldBe((200, 20, 3, Begin.AddSeconds(60)));
        (load.Iops, load.ReadLatency).ShouldBe((220, null));
    }

    /// <summary>A sample that was under way when a limit changed has some of both.</summary>
    [Fact]
    public void Samples_that_began_before_are_left_out()
    {
        DiskSamples.Average(Metric("scsi0:0", [9000, 5000, 300], [0, 0, 0]), Counters, after: Begin.AddSeconds(35))["scsi0:0"].ShouldSatisfyAllConditions(
            load => load.Reads.ShouldBe(300), load => load.Samples.ShouldBe(1));
        DiskSamples.Average(Metric("scsi0:0", [1], [1]), Counters, after: Begin.AddSeconds(10)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(TopBy.Iops, "Hard disk 2, Hard disk 1, Hard disk 3")]
    [InlineData(TopBy.Throughput, "Hard disk 3, Hard disk 2, Hard disk 1")]
    [InlineData(TopBy.Latency, "Hard disk 1, Hard disk 3, Hard disk 2")]
    public void Busiest_comes_first(TopBy by, string order)
    {
        var machine = Machines.Of(Machines.PerDisk, "ds01:-", "ds01:500", "ds02:-") with
        {
            Loads = new Dictionary<string, DiskLoad>
            {
                ["scsi0:0"] = Machines.Load(40) with { WriteLatency = 90 }, ["scsi0:1"] = Machines.Load(45_000), ["scsi0:2"] = Machines.Load(10) with { WriteKb = 900_000, WriteLatency = 20 },
            },
        };

        string.Join(", ", Report(machine, new() { By = by }).Rows.Select(row => row[1])).ShouldBe(order);
        Report(machine, new() { By = by, Count = 2 }).ShouldSatisfyAllConditions(
            report => report.Rows.Count.ShouldBe(2), report => report.Notes.ShouldBe(["Averages over 20 s until 2012-03-01 22:00:00 UTC, by the servers' clocks.", "The first 2 of 3 disks."]));
    }

    [Fact]
    public void Machine_that_runs_without_samples_is_a_gap_and_one_that_is_off_is_not()
    {
        var machine = Machines.Of(Machines.PerDisk, "ds01:-");

        Report(machine, new()).NotAssessed.ShouldBe([new NotAssessed("db01", "it runs, and vc1 has no samples of its disks")]);
        Report(machine.With(disks => disks with { PowerState = "poweredOff" }), new()).NotAssessed.ShouldBeEmpty();
    }

    private static ReportTable Report(LimitedMachine machine, DiskTopOptions options) => DiskTopReport.Of([machine], options, []);

    private static PerfCounterInfo Info(int id, string group, string name) => new()
    {
        Key = id, GroupInfo = new ElementDescription { Key = group }, NameInfo = new ElementDescription { Key = name }, RollupType = PerfSummaryType.Average,
    };

    private static PerfEntityMetric Metric(string slot, IReadOnlyList<long> reads, IReadOnlyList<long> writes) => new()
    {
        Entity = new ManagedObjectReference("VirtualMachine", "vm-1"),
        SampleInfo = [.. reads.Select((_, place) => new PerfSampleInfo { Timestamp = Begin.AddSeconds(20 * (place + 1)), Interval = 20 })],
        Value =
        [
            new PerfMetricIntSeries { Id = new PerfMetricId { CounterId = 1, Instance = slot }, Value = reads },
            new PerfMetricIntSeries { Id = new PerfMetricId { CounterId = 2, Instance = slot }, Value = writes },
            new PerfMetricIntSeries { Id = new PerfMetricId { CounterId = 2, Instance = "" }, Value = writes },
        ],
    };
}
