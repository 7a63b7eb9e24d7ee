using Microsoft.Extensions.Time.Testing;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Tests;

public sealed class ClockTests
{
    [Fact]
    public void Lab_time_runs_as_fast_as_asked()
    {
        var real = new FakeTimeProvider(new DateTimeOffset(2012, 3, 1, 22, 0, 0, TimeSpan.Zero));
        var clock = new LabClock(real, 60);
        real.Advance(TimeSpan.FromSeconds(5));
        clock.Elapsed.ShouldBe(TimeSpan.FromMinutes(5));
        clock.GetUtcNow().ShouldBe(new DateTimeOffset(2012, 3, 1, 22, 5, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_delay_takes_lab_time()
    {
        var real = new FakeTimeProvider();
        var clock = new LabClock(real, 60);
        var delay = Task.Delay(TimeSpan.FromMinutes(1), clock, TestContext.Current.CancellationToken);
        real.Advance(TimeSpan.FromMilliseconds(999));
        delay.IsCompleted.ShouldBeFalse();
        real.Advance(TimeSpan.FromMilliseconds(1));
        await delay;
    }
}
