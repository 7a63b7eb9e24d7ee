using OpsKit.Connections.Probes;

namespace OpsKit.Connections.Tests.Probes;

public sealed class TcpProbeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(65536)]
    public async Task Target_without_a_port_is_a_mistake_of_the_caller(int port)
    {
        var refused = await Should.ThrowAsync<OpsKitException>(() => new TcpProbe(TimeProvider.System).SendAsync(new ProbeTarget("esx01", "127.0.0.1", port), TimeSpan.FromSeconds(1), Token));

        refused.Kind.ShouldBe(FailureKind.Usage);
        refused.Message.ShouldContain("esx01");
    }

    [Fact]
    public async Task Name_that_does_not_resolve_is_a_loss_and_said_to_be_one()
    {
        var reply = await new TcpProbe(TimeProvider.System).SendAsync(new ProbeTarget("nowhere", "nowhere.invalid", 443), TimeSpan.FromSeconds(30), Token);

        reply.Answered.ShouldBeFalse();
        reply.Loss.ShouldNotBeNull();
    }

    [Fact]
    public async Task Cancelled_probe_is_no_loss()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => new TcpProbe(TimeProvider.System).SendAsync(new ProbeTarget("esx01", "127.0.0.1", 9), TimeSpan.FromSeconds(1), stop.Token));
    }
}
