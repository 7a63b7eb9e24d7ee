using System.Text;
using System.Xml;
using CsCheck;

namespace OpsKit.Vim25.Tests.Codec;

public sealed class XmlDateTimeTests
{
    [Theory]
    [InlineData("2026-11-23T18:20:11.123456Z")]
    [InlineData("2026-11-23T18:20:11Z")]
    [InlineData("2026-11-23T18:20:11.1234567+05:30")]
    [InlineData("1970-01-01T00:00:00-11:00")]
    [InlineData("2000-02-29T23:59:59.9Z")]
    public void Valid_time_is_that_of_the_framework(string text)
    {
        XmlDateTime.TryParse(Encoding.UTF8.GetBytes(text), out var time).ShouldBeTrue();
        time.ShouldBe(XmlConvert.ToDateTimeOffset(text));
        time.Offset.ShouldBe(XmlConvert.ToDateTimeOffset(text).Offset);
    }

    [Fact]
    public void Time_without_a_zone_is_utc()
    {
        XmlDateTime.TryParse("2011-07-13T10:00:00"u8, out var time).ShouldBeTrue();
        time.ShouldBe(new DateTimeOffset(2011, 7, 13, 10, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Hour_24_is_the_next_midnight()
    {
        XmlDateTime.TryParse("2011-12-31T24:00:00Z"u8, out var time).ShouldBeTrue();
        time.ShouldBe(new DateTimeOffset(2012, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2011-07-13")]
    [InlineData("2011-13-13T10:00:00Z")]
    [InlineData("2011-02-30T10:00:00Z")]
    [InlineData("2011-02-20T25:00:00Z")]
    [InlineData("2011-02-20T10:60:00Z")]
    [InlineData("2011-02-20T10:00:00.Z")]
    [InlineData("2011-02-20T10:00:00+15:00")]
    [InlineData("2011-02-20T10:00:00Zulu")]
    [InlineData("0000-02-20T10:00:00Z")]
    [InlineData("9999-12-31T24:00:00Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("20110220T100000Z and more")]
    public void Anything_else_is_refused(string text) => XmlDateTime.TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();

    [Fact]
    public void Whatever_is_written_is_read() => Check.Sample(
        Gen.DateTimeOffset,
        time => XmlDateTime.TryParse(Encoding.UTF8.GetBytes(XmlConvert.ToString(time)), out var read) && read == time && read.Offset == time.Offset);
}
