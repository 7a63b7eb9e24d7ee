using OpsKit.TestKit;

namespace OpsKit.PeerTests.VcSim;

/// <summary>One simulator for the tests of a class that only read: <c>IClassFixture&lt;SharedVcSim&gt;</c>.</summary>
public sealed class SharedVcSim : IAsyncLifetime
{
    /// <summary>One datacenter, one cluster of three hosts and one standalone host with two VMs each resource pool.</summary>
    public VCenterSimulator Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await VCenterSimulator.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
