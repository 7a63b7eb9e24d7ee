using System.Globalization;

namespace OpsKit.TestKit;

/// <summary>A TLS server by OpenSSL (<c>openssl s_server -www</c>) on a loopback port; it ends with this object.</summary>
public sealed class OpenSslServer : IAsyncDisposable
{
    private readonly LoopbackProcess _process;

    private OpenSslServer(LoopbackProcess process) => _process = process;

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port => _process.Port;

    /// <summary>Starts a server.</summary>
    /// <param name="certificate">What it presents.</param>
    /// <param name="flags">More flags of <c>openssl s_server</c>, such as <c>-tls1</c>.</param>
    public static async Task<OpenSslServer> StartAsync(OpenSslCertificate certificate, params string[] flags) => new(await LoopbackProcess.StartAsync(
        "openssl",
        port => ["s_server", "-www", "-accept", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), "-key", certificate.Key, "-cert", certificate.Path, .. flags],
        "ACCEPT"));

    /// <summary>Ends the server.</summary>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
