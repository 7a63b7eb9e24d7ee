namespace OpsKit.PeerTests.Lab;

/// <summary>One small lab for the tests of a class, which leave each other's machines and hosts alone: <c>IClassFixture&lt;SmallLab&gt;</c>.</summary>
public sealed class SmallLab : IAsyncLifetime
{
    internal LabProcess Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await LabProcess.StartAsync("--speed", "60");

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
