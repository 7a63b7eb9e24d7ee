using OpsKit.Connections.VSphere;
using OpsKit.Vim25;

namespace OpsKit.Cli.Commands.About;

/// <summary>Compares a vSphere server's clock with this machine's.</summary>
internal static class ServerClock
{
    private static readonly ManagedObjectReference ServiceInstance = new("ServiceInstance", "ServiceInstance");

    /// <summary>The server's clock minus this machine's, taken at the middle of the call; null where the server does not say.</summary>
    public static async Task<TimeSpan?> SkewAsync(VSphereSession session, TimeProvider clock, CancellationToken ct)
    {
        var before = clock.GetUtcNow();
        var server = await session.Queries.CurrentTimeAsync(ServiceInstance, ct);
        var middle = before + ((clock.GetUtcNow() - before) / 2);
        return server - middle;
    }
}
