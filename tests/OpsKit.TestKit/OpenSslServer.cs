using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpsKit.TestKit;

/// <summary>A TLS server by OpenSSL (<c>openssl s_server -www</c>) on a loopback port; it ends with this object.</summary>
public sealed class OpenSslServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private OpenSslServer(Process process, int port)
    {
        _process = process;
        Port = port;
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="certificate">What it presents.</param>
    /// <param name="flags">More flags of <c>openssl s_server</c>, such as <c>-tls1</c>.</param>
    public static async Task<OpenSslServer> StartAsync(OpenSslCertificate certificate, params string[] flags)
    {
        for (var attempt = 0; ; attempt++)
        {
            var port = FreePort();
            var start = new ProcessStartInfo("openssl") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            string[] arguments = ["s_server", "-www", "-accept", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), "-key", certificate.Key, "-cert", certificate.Path, .. flags];
            foreach (var argument in arguments)
                start.ArgumentList.Add(argument);
            var server = new OpenSslServer(Process.Start(start)!, port);
            if (await server.AcceptsAsync())
                return server;
            server._process.Dispose();
            if (attempt == 3)
                throw new InvalidOperationException($"openssl s_server does not start: {server._said}");
        }
    }

    /// <summary>Ends the server.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
            _said.AppendLine(line.Data);
    }

    private async Task<bool> AcceptsAsync()
    {
        var started = Stopwatch.StartNew();
        while (!_process.HasExited && started.Elapsed < TimeSpan.FromSeconds(20))
        {
            lock (_said)
            {
                if (_said.ToString().Contains("ACCEPT", StringComparison.Ordinal))
                    return true;
            }

            await Task.Delay(10);
        }

        return false;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
