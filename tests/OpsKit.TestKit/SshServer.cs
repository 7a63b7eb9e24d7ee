using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpsKit.TestKit;

/// <summary>A running OpenSSH server on a loopback port, with host keys of its own; it ends with this object. Needs root, as logging in with a password does.</summary>
public sealed class SshServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/sshd";

    private readonly Process _process;
    private readonly string _folder;
    private readonly StringBuilder _log = new();

    private SshServer(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_log)
                _log.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>What the server has logged so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>Path of a public host key.</summary>
    public string PublicHostKey(string type = "ed25519") => Path.Combine(_folder, type + ".pub");

    /// <summary>Starts a server.</summary>
    /// <param name="user">Who may log in with a key.</param>
    /// <param name="settings">Lines of sshd_config; they come first, so they win over those of this class.</param>
    /// <param name="keyTypes">Types of its host keys, as ssh-keygen names them.</param>
    public static async Task<SshServer> StartAsync(SshUser user, string[]? settings = null, params string[] keyTypes)
    {
        Directory.CreateDirectory("/run/sshd");
        var folder = Directory.CreateTempSubdirectory("opskit-sshd-").FullName;
        var lines = new List<string>(settings ?? []);
        foreach (var type in keyTypes.Length > 0 ? keyTypes : ["ed25519"])
        {
            await Shell.RunAsync("ssh-keygen", "-q", "-t", type, "-N", "", "-f", Path.Combine(folder, type));
            lines.Add($"HostKey {Path.Combine(folder, type)}");
        }

        lines.AddRange(
        [
            "PidFile none", "UseDNS no", "PrintMotd no", "PrintLastLog no", "StrictModes no", "LogLevel VERBOSE", "UsePAM yes", "PermitRootLogin no",
            "PasswordAuthentication yes", "KbdInteractiveAuthentication no", "MaxStartups 300", "MaxSessions 100",
            $"AuthorizedKeysFile {user.AuthorizedKeys}",
        ]);
        if (!lines.Exists(line => line.StartsWith("Subsystem", StringComparison.Ordinal)))
            lines.Add("Subsystem sftp internal-sftp");
        var config = Path.Combine(folder, "sshd_config");
        await File.WriteAllLinesAsync(config, lines);
        // Another program may take the free port first; then it is tried with the next one.
        for (var attempt = 0; ; attempt++)
        {
            var port = FreePort();
            var start = new ProcessStartInfo(Program) { RedirectStandardError = true };
            foreach (var argument in (string[])["-D", "-e", "-f", config, "-o", "ListenAddress=127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)])
                start.ArgumentList.Add(argument);
            var server = new SshServer(Process.Start(start)!, folder, port);
            if (await server.AnswersAsync())
                return server;
            server._process.Dispose();
            if (attempt == 3)
                throw new InvalidOperationException($"sshd does not start:\n{server.Log}");
        }
    }

    /// <summary>Waits until the log holds a text.</summary>
    public Task LoggedAsync(string text) => Eventually.TrueAsync(() => Log.Contains(text, StringComparison.Ordinal), $"sshd logs \"{text}\"");

    /// <summary>How often a text stands in the log.</summary>
    public int CountInLog(string text) => Log.Split(text).Length - 1;

    /// <summary>Ends the server and its connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        var started = Stopwatch.StartNew();
        while (!_process.HasExited && started.Elapsed < TimeSpan.FromSeconds(20))
        {
            if (Log.Contains("Server listening", StringComparison.Ordinal))
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
