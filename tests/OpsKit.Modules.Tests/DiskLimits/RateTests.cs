using CsCheck;
using OpsKit.Modules.DiskLimits;

namespace OpsKit.Modules.Tests.DiskLimits;

public sealed class RateTests
{
    [Theory]
    [InlineData("500", 500)]
    [InlineData("500IOps", 500)]
    [InlineData("500 iops", 500)]
    [InlineData("2KIOps", 2_000)]
    [InlineData("2k", 2_000)]
    [InlineData("1MIOps", 1_000_000)]
    [InlineData(" 16 ", 16)]
    [InlineData("2147483646", 2147483646)]
    public void Operations_without_a_unit_are_IOps_and_never_thousands_of_them(string text, long value)
    {
        Rate.TryParseIops(text, out var read, out var wrong).ShouldBeTrue(wrong);
        (read, wrong).ShouldBe((value, ""));
    }

    /// <summary>What the API means by -1 is no limit that can be set.</summary>
    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public void No_limit_is_told_how_it_is_asked_for(string text)
    {
        Rate.TryParseIops(text, out _, out var wrong).ShouldBeFalse();
        wrong.ShouldEndWith("; a limit is taken off by clear, and by none in a policy");
    }

    [Theory]
    [InlineData("1048576", 1_048_576)]
    [InlineData("10MBps", 10_485_760)]
    [InlineData("512KBps", 524_288)]
    [InlineData("1GBps", 1_073_741_824)]
    [InlineData("7Bps", 7)]
    public void Bytes_are_counted_in_1024s(string text, long value)
    {
        Rate.TryParseBps(text, out var read, out var wrong).ShouldBeTrue(wrong);
        read.ShouldBe(value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.5K")]
    [InlineData("500IO/s")]
    [InlineData("500 K IOps x")]
    [InlineData("IOps")]
    [InlineData("2147483647")]
    [InlineData("3GIOps")]
    [InlineData("99999999999999999999")]
    [InlineData("٥٠٠")]
    public void What_is_no_rate_is_told_with_what_would_be(string text)
    {
        Rate.TryParseIops(text, out var value, out var wrong).ShouldBeFalse();
        value.ShouldBe(0);
        wrong.ShouldBe($"\"{text}\" is no rate, expected I/O operations a second from 1 to 2147483646, such as 500, 500IOps or 2KIOps");
    }

    [Fact]
    public void One_kind_in_place_of_the_other_is_told_apart()
    {
        Rate.TryParseIops("10MBps", out _, out var wrong).ShouldBeFalse();
        wrong.ShouldStartWith("\"10MBps\" is a bandwidth");
        Rate.TryParseBps("500IOps", out _, out wrong).ShouldBeFalse();
        wrong.ShouldStartWith("\"500IOps\" is a number of operations");
    }

    [Fact]
    public void No_text_makes_a_parser_stumble() => Gen.String.Sample(text =>
    {
        if (Rate.TryParseIops(text, out var iops, out var wrong))
            iops.ShouldBeInRange(1, int.MaxValue - 1);
        else
            wrong.ShouldNotBeEmpty();
        if (Rate.TryParseBps(text, out var bytes, out _))
            bytes.ShouldBeInRange(1, 1L << 53);
    });

    [Theory]
    [InlineData(10_485_760, "10 MB/s")]
    [InlineData(1_536, "1536 B/s")]
    [InlineData(524_288, "512 KB/s")]
    [InlineData(1L << 31, "2 GB/s")]
    public void Bandwidth_is_said_in_the_largest_whole_unit(long bytes, string words) => Rate.BandwidthWords(bytes).ShouldBe(words);

    /// <summary>The vendor's own example: 64 KB requests at 10 MB/s are 160 a second.</summary>
    [Theory]
    [InlineData(10_485_760, 64, SchedulerKind.Summed, 160)]
    [InlineData(10_485_760, 64, SchedulerKind.Unknown, 160)]
    [InlineData(10_485_760, 64, SchedulerKind.PerDisk, 320)]
    [InlineData(10_485_760, 8, SchedulerKind.PerDisk, 1280)]
    [InlineData(1, 64, SchedulerKind.PerDisk, 1)]
    public void Bandwidth_is_told_in_operations_as_the_host_counts_them(long bytes, int sizeKb, SchedulerKind rule, long limit) => IoCost.Limit(bytes, sizeKb, rule).ShouldBe(limit);

    [Theory]
    [InlineData(100, 4, 100)]
    [InlineData(100, 32, 100)]
    [InlineData(100, 40, 50)]
    [InlineData(100, 64, 50)]
    [InlineData(500, 256, 62)]
    public void Request_costs_as_many_operations_as_it_begins_units_of_32_KB(long limit, int sizeKb, long requests) => IoCost.Requests(limit, sizeKb).ShouldBe(requests);
}
