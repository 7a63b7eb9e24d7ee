using System.Globalization;

namespace OpsKit.TestKit;

/// <summary>A running OpenSSH server with host keys of its own; it ends with this object. Needs root, as logging in with a password does.</summary>
public sealed class SshServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/sshd";

    private readonly LoopbackProcess _process;
    private readonly string _folder;

    private SshServer(LoopbackProcess process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>The port on 127.0.0.1, or on the far end's address.</summary>
    public int Port => _process.Port;

    /// <summary>What the server has logged so far.</summary>
    public string Log => _process.Said;

    /// <summary>Path of a public host key.</summary>
    public string PublicHostKey(string type = "ed25519") => Path.Combine(_folder, type + ".pub");

    /// <summary>Starts a server on a loopback port.</summary>
    /// <param name="user">Who may log in with a key.</param>
    /// <param name="settings">Lines of sshd_config; they come first, so they win over those of this class.</param>
    /// <param name="keyTypes">Types of its host keys, as ssh-keygen names them.</param>
    public static Task<SshServer> StartAsync(SshUser user, string[]? settings = null, params string[] keyTypes) =>
        StartAsync(user, settings, Program, [], "127.0.0.1", keyTypes);

    /// <summary>Starts a server in the namespace at the far end of a cable, on its address.</summary>
    public static Task<SshServer> StartAtAsync(VirtualCable cable, SshUser user, params string[] settings) =>
        StartAsync(user, settings, "ip", ["netns", "exec", cable.Namespace, Program], cable.FarAddress, []);

    private static async Task<SshServer> StartAsync(SshUser user, string[]? settings, string program, string[] before, string address, string[] keyTypes)
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
        var process = await LoopbackProcess.StartAsync(
            program,
            port => [.. before, "-D", "-e", "-f", config, "-o", $"ListenAddress={address}", "-p", port.ToString(CultureInfo.InvariantCulture)],
            "Server listening");
        return new SshServer(process, folder);
    }

    /// <summary>Waits until the log holds a text.</summary>
    public Task LoggedAsync(string text) => Eventually.TrueAsync(() => Log.Contains(text, StringComparison.Ordinal), $"sshd logs \"{text}\"");

    /// <summary>How often a text stands in the log.</summary>
    public int CountInLog(string text) => Log.Split(text).Length - 1;

    /// <summary>Ends the server and its connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
