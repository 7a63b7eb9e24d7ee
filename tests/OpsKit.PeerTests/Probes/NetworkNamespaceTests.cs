using OpsKit.Connections.Probes;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Probes;

/// <summary>Real ICMP over a real link into a network namespace, which is then pulled. Needs root.</summary>
public sealed class NetworkNamespaceTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(90);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pulled_cable_is_lost_pings_and_a_plugged_one_answers()
    {
        await using var cable = await VirtualCable.PlugAsync();
        var target = new ProbeTarget("far end", cable.FarAddress);
        var series = new ProbeSeries(new IcmpProbe(TimeProvider.System), [target], Interval, Patience, TimeProvider.System);
        var answeredAtFirst = 0;
        var lost = new List<ProbeSample>();
        var answeredAgain = 0;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));

        await foreach (var sample in series.RunAsync(deadline.Token))
        {
            if (sample.Reply is not { } reply)
                continue;
            if (lost.Count == 0 && reply.Answered && ++answeredAtFirst == 5)
                await cable.PullAsync();
            else if (!reply.Answered && answeredAtFirst >= 5)
                lost.Add(sample);
            if (lost.Count == 5 && !cable.IsPlugged)
                await cable.PlugInAsync();
            if (lost.Count >= 5 && reply.Answered && ++answeredAgain == 5)
                break;
        }

        answeredAtFirst.ShouldBeGreaterThanOrEqualTo(5);
        lost.Count.ShouldBeGreaterThanOrEqualTo(5);
        lost.ShouldAllBe(sample => sample.Reply!.Value.Loss != null);
        answeredAgain.ShouldBe(5);
    }

    [Fact]
    public async Task Far_end_that_is_down_is_a_loss_after_the_timeout()
    {
        await using var cable = await VirtualCable.PlugAsync();
        await cable.SilenceFarEndAsync();

        var reply = await new IcmpProbe(TimeProvider.System).SendAsync(new ProbeTarget("far end", cable.FarAddress), TimeSpan.FromMilliseconds(300), Token);

        reply.Answered.ShouldBeFalse();
        reply.Loss.ShouldBe("timed out");
        reply.RoundTrip.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public async Task Tcp_probe_tells_an_open_port_from_a_closed_one()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        var probe = new TcpProbe(TimeProvider.System, refusalIsAnswer: false);

        (await probe.SendAsync(new ProbeTarget("open", "127.0.0.1", port), TimeSpan.FromSeconds(5), Token)).Answered.ShouldBeTrue();
        listener.Stop();
        var closed = await probe.SendAsync(new ProbeTarget("closed", "127.0.0.1", port), TimeSpan.FromSeconds(5), Token);

        closed.Answered.ShouldBeFalse();
        closed.Loss.ShouldNotBeNull();
        (await new TcpProbe(TimeProvider.System).SendAsync(new ProbeTarget("refused", "127.0.0.1", port), TimeSpan.FromSeconds(5), Token)).Answered.ShouldBeTrue();
    }
}
