using CsCheck;
using OpsKit.Modules.Licensing;

namespace OpsKit.Modules.Tests.Licensing.History;

public sealed class VramAveragesTests
{
    private static readonly DateOnly First = new(2011, 8, 3);

    [Fact]
    public void Average_is_over_the_days_recorded_and_the_others_are_counted_as_missing()
    {
        var days = VramAverages.Of([Mark(0, 100), Mark(1, 300), Mark(9, 200)]);

        days.Select(day => (day.AverageMB, day.DaysRecorded, day.DaysMissing)).ShouldBe([(100, 1, 364), (200, 2, 363), (200, 3, 362)]);
    }

    [Fact]
    public void Day_leaves_the_average_after_365_days()
    {
        var days = VramAverages.Of([Mark(0, 1000), Mark(364, 100), Mark(365, 100)]);

        days.Select(day => (day.AverageMB, day.DaysRecorded)).ShouldBe([(1000, 1), (550, 2), (100, 2)]);
    }

    [Fact]
    public void Momentary_overrun_is_no_breach()
    {
        var days = VramAverages.Of([Mark(0, 100), Mark(1, 100), Mark(2, 900)]);

        days.Select(day => day.IsWithin).ShouldBe([true, true, true]);
        VramAverages.Of([Mark(0, 100), Mark(1, 902)])[1].IsWithin.ShouldBeFalse();
    }

    [Fact]
    public void Unlimited_pool_is_always_within() =>
        VramAverages.Of([Mark(0, long.MaxValue / 2) with { Entitled = VramQuota.Unlimited }]).Single().IsWithin.ShouldBeTrue();

    [Fact]
    public void Pools_and_tables_are_averaged_apart()
    {
        var other = Mark(0, 7) with { Series = new VramSeries("vc1", "Standard", "", "2011-07") };

        VramAverages.Of([Mark(0, 100), other]).Select(day => day.AverageMB).ShouldBe([7, 100]);
    }

    [Fact]
    public void Sliding_sum_equals_the_plain_average() => Gen.Select(Gen.Int[0, 900], Gen.Long[0, 1_000_000]).Array[1, 300].Sample(pairs =>
    {
        var marks = pairs.DistinctBy(pair => pair.Item1).Select(pair => Mark(pair.Item1, pair.Item2)).ToList();
        foreach (var day in VramAverages.Of(marks))
        {
            var window = marks.Where(mark => mark.Day <= day.Mark.Day && mark.Day > day.Mark.Day.AddDays(-365)).ToList();
            day.DaysRecorded.ShouldBe(window.Count);
            day.AverageMB.ShouldBe((decimal)window.Sum(mark => mark.UsedMB) / window.Count);
        }
    });

    private static VramMark Mark(int day, long used) => new()
    {
        Day = First.AddDays(day),
        Series = new VramSeries("vc1", "Standard", "", "2011-08"),
        LicenseType = "vSphere 5 Standard",
        UsedMB = used,
        Entitled = new VramQuota(500),
        At = new DateTimeOffset(First.AddDays(day), TimeOnly.MinValue, TimeSpan.Zero),
    };
}
