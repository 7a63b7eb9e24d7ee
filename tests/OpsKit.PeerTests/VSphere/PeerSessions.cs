using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Trust;
using OpsKit.Connections.VSphere;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.VSphere;

/// <summary>Sessions with a simulator, whose certificate is known by its thumbprint.</summary>
internal static class PeerSessions
{
    internal static VCenterEndpoint Endpoint(this VCenterSimulator server, int? port = null) => new()
    {
        Name = "vcsim",
        Address = "127.0.0.1",
        Port = port ?? server.Sdk.Port,
        Credential = new Credential { Name = "test", UserName = server.User, Password = new SecretReference(SecretSource.Environment, "VC_PASSWORD") },
        Tls = new TlsSettings { Thumbprint = server.Thumbprint },
    };

    internal static VSphereConnector Connector(string password, TimeProvider? clock = null)
    {
        var environment = new Dictionary<string, string> { ["VC_PASSWORD"] = password };
        var host = JumpHost.From(environment, "/nonexistent", "/nonexistent", windows: false) with { Clock = clock ?? TimeProvider.System };
        return new VSphereConnector(new TrustStore(host), new SecretResolver(host, new ProcessRunner(host.Clock), prompt: null, new Redactor()), host);
    }

    internal static Task<VSphereSession> OpenAsync(this VCenterSimulator server, CancellationToken cancellationToken) =>
        Connector(server.Password).ConnectAsync(server.Endpoint(), cancellationToken);
}
