using System.Globalization;
using CsCheck;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Playbooks;

namespace OpsKit.Engine.Tests.Guards;

public sealed class WindowPolicyTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2026-11-28T20:59:59Z", false, "the window is closed; it opens next on Sat 2026-11-28 22:00 Europe/Berlin")]
    [InlineData("2026-11-28T21:00:00Z", true, "the window is open until Sun 2026-11-29 04:00 Europe/Berlin")]
    [InlineData("2026-11-29T02:59:59Z", true, "the window is open until Sun 2026-11-29 04:00 Europe/Berlin")]
    [InlineData("2026-11-29T03:00:00Z", false, "the window is closed; it opens next on Sun 2026-11-29 22:00 Europe/Berlin")]
    [InlineData("2026-11-30T02:00:00Z", true, "the window is open until Mon 2026-11-30 04:00 Europe/Berlin")]
    [InlineData("2026-11-30T03:00:00Z", false, "the window is closed; it opens next on Sat 2026-12-05 22:00 Europe/Berlin")]
    public void Window_over_midnight_belongs_to_the_day_it_opens_on(string now, bool open, string reason) =>
        ShouldBe(Window("22:00", "04:00", DayOfWeek.Saturday, DayOfWeek.Sunday), now, open, reason);

    [Theory]
    [InlineData("2026-10-25T00:30:00Z", true)]
    [InlineData("2026-10-25T00:59:00Z", true)]
    [InlineData("2026-10-25T01:15:00Z", false)]
    public void Clock_set_back_closes_the_window_the_first_time(string now, bool open)
    {
        // 03:00 summer time becomes 02:00 on 2026-10-25, at 01:00Z.
        WindowPolicy.Judge(Window("01:00", "02:59"), Berlin, Moment(now)).Verdict.ShouldBe(open && now != "2026-10-25T00:59:00Z" ? Verdict.Healthy : Verdict.Breached);
        WindowPolicy.Judge(Window("01:00", "03:00"), Berlin, Moment(now)).Verdict.ShouldBe(Verdict.Healthy);
    }

    [Theory]
    [InlineData("2026-03-29T00:59:59Z", false)]
    [InlineData("2026-03-29T01:00:00Z", true)]
    public void Time_that_clocks_leave_out_means_the_moment_they_are_set_forward(string now, bool open) =>
        // 02:00 becomes 03:00 on 2026-03-29, at 01:00Z.
        WindowPolicy.Judge(Window("02:30", "05:00"), Berlin, Moment(now)).Verdict.ShouldBe(open ? Verdict.Healthy : Verdict.Breached);

    [Fact]
    public void Window_that_clocks_swallow_opens_the_next_time() =>
        ShouldBe(Window("02:10", "02:50", DayOfWeek.Sunday), "2026-03-29T00:30:00Z", false, "the window is closed; it opens next on Sun 2026-04-05 02:10 Europe/Berlin");

    [Fact]
    public void Night_in_which_clocks_go_back_is_an_hour_longer() =>
        OpenMinutes(Window("22:00", "04:00", DayOfWeek.Saturday), Moment("2026-10-24T10:00:00Z")).ShouldBe(7 * 60);

    [Fact]
    public void Night_in_which_clocks_go_forward_is_an_hour_shorter() =>
        OpenMinutes(Window("22:00", "04:00", DayOfWeek.Saturday), Moment("2026-03-28T10:00:00Z")).ShouldBe(5 * 60);

    [Fact]
    public void In_UTC_the_window_is_what_the_wall_clock_says() =>
        Gen.Select(Gen.Int[0, 1439], Gen.Int[0, 1439], Gen.Int[0, 60 * 24 * 400], Gen.Enum<DayOfWeek>().Array[0, 3]).Sample((from, to, minute, days) =>
        {
            var spec = new WindowGuardSpec { Name = "w", At = "", Days = days, From = new TimeOnly(from / 60, from % 60), To = new TimeOnly(to / 60, to % 60) };
            var now = Moment("2026-01-01T00:00:00Z").AddMinutes(minute);
            var time = (int)now.TimeOfDay.TotalMinutes;
            bool On(DayOfWeek day) => days.Length == 0 || days.Contains(day);
            var open = from < to
                ? On(now.DayOfWeek) && time >= from && time < to
                : (On(now.DayOfWeek) && time >= from) || (On(now.AddDays(-1).DayOfWeek) && time < to);

            WindowPolicy.Judge(spec, TimeZoneInfo.Utc, now).Verdict.ShouldBe(open ? Verdict.Healthy : Verdict.Breached);
        });

    private static int OpenMinutes(WindowGuardSpec spec, DateTimeOffset from) =>
        Enumerable.Range(0, 24 * 60).Count(minute => WindowPolicy.Judge(spec, Berlin, from.AddMinutes(minute)).Verdict == Verdict.Healthy);

    private static void ShouldBe(WindowGuardSpec spec, string now, bool open, string reason)
    {
        var judgement = WindowPolicy.Judge(spec, Berlin, Moment(now));
        judgement.Verdict.ShouldBe(open ? Verdict.Healthy : Verdict.Breached);
        judgement.Reason.ShouldBe(reason);
    }

    private static WindowGuardSpec Window(string from, string to, params DayOfWeek[] days) => new()
    {
        Name = "window", At = "p.yaml:3:5", Days = days, From = TimeOnly.Parse(from, CultureInfo.InvariantCulture), To = TimeOnly.Parse(to, CultureInfo.InvariantCulture),
    };

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
