using OpsKit.Modules.DiskLimits;

namespace OpsKit.Modules.Tests.DiskLimits;

public sealed class InFlightTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifth_change_on_a_host_waits_for_one_of_the_first_four_and_other_hosts_do_not()
    {
        var flights = new InFlight();
        var places = new List<IDisposable>();
        for (var i = 0; i < InFlight.MostOnHost; i++)
            places.Add(await flights.EnterAsync("vc1", "host-1", Token));

        var fifth = flights.EnterAsync("VC1", "host-1", Token);
        fifth.IsCompleted.ShouldBeFalse();
        (await flights.EnterAsync("vc1", "host-2", Token)).Dispose();
        (await flights.EnterAsync("vc2", "host-1", Token)).Dispose();

        places[0].Dispose();
        var sixth = flights.EnterAsync("vc1", "host-1", Token);
        (await fifth).ShouldNotBeNull();
        places[0].Dispose();
        sixth.IsCompleted.ShouldBeFalse("a place is given back once");
        places[1].Dispose();
        (await sixth).Dispose();
    }
}
