using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpsKit.TestKit;

/// <summary>A server program of this machine on a free loopback port, and what it says; it ends with this object.</summary>
internal sealed class LoopbackProcess : IAsyncDisposable
{
    private const int Attempts = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private LoopbackProcess(Process process, int port)
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

    /// <summary>What it has said so far, on both its streams.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    /// <summary>Starts a program. Another one may take the free port first; then the next port is tried.</summary>
    /// <param name="program">Name or path.</param>
    /// <param name="arguments">Its arguments for a port.</param>
    /// <param name="ready">What it says once it listens.</param>
    public static async Task<LoopbackProcess> StartAsync(string program, Func<int, IEnumerable<string>> arguments, string ready)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in arguments(port))
                start.ArgumentList.Add(argument);
            var server = new LoopbackProcess(Process.Start(start)!, port);
            if (await server.SaysAsync(ready))
                return server;
            server._process.Dispose();
            if (attempt == Attempts)
                throw new InvalidOperationException($"{program} does not start:\n{server.Said}");
        }
    }

    /// <summary>Ends the program and what it started.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
            _said.AppendLine(line.Data);
    }

    private async Task<bool> SaysAsync(string text)
    {
        var started = Stopwatch.StartNew();
        while (!_process.HasExited && started.Elapsed < Patience)
        {
            if (Said.Contains(text, StringComparison.Ordinal))
                return true;
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
