using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Network;

namespace OpsKit.Lab.Doors.Sshd;

/// <summary>The shells of a lab over SSH, on one TCP port at all their addresses, by this machine's OpenSSH.</summary>
internal sealed partial class SshdServer : IAsyncDisposable
{
    private const int MostConnections = 500;

    private readonly Dictionary<IPAddress, LabShell> _shells;
    private readonly LabEstate _estate;
    private readonly ShellDoors _doors;
    private readonly SshdSettings _settings;
    private readonly ProcessRunner _processes;
    private readonly BridgeServer _bridge;
    private readonly CancellationTokenSource _ends = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _serving = [];
    private NetworkListeners? _listeners;

    private SshdServer(LabEstate estate, ShellDoors doors, SshdSettings settings, ProcessRunner processes)
    {
        _estate = estate;
        _doors = doors;
        _settings = settings;
        _processes = processes;
        _shells = doors.All.ToDictionary(shell => shell.Address);
        _bridge = new BridgeServer(settings.Bridge, doors);
    }

    /// <summary>The port, the same at every address.</summary>
    public int Port => _listeners!.Port;

    /// <summary>Whether interactive shells get a terminal; without, ssh says that its request for one failed.</summary>
    public bool GivesTerminals => _settings.Account.GetsTerminals;

    /// <summary>Writes what sshd needs and opens the port.</summary>
    /// <param name="estate">Knows whose the addresses are.</param>
    /// <param name="doors">The way into the shells.</param>
    /// <param name="folder">The folder for its files; it is made.</param>
    /// <param name="client">The key that clients log in with.</param>
    /// <param name="perl">Path of Perl; null for a bridge without.</param>
    /// <param name="cancellationToken">Stops starting.</param>
    /// <exception cref="OpsKitException">There is no sshd, or it cannot run so (Usage); no port is free (Failed).</exception>
    public static async Task<SshdServer> StartAsync(LabEstate estate, ShellDoors doors, string folder, SshKey client, string? perl, CancellationToken cancellationToken)
    {
        var program = SshdInstallation.Find(JumpHost.Current);
        var account = SshdAccount.Current();
        PrivateFiles.CreateFolder(folder);
        PrivateFiles.CreateFolder(Path.Combine(folder, "keys"));
        var settings = new SshdSettings(program, account, folder, Path.Combine(folder, "bridge"), BridgeScript.CommandOf(perl, Path.Combine(folder, "bridge.pl")));
        PrivateFiles.Replace(settings.ConfigFile, settings.ToConfig());
        PrivateFiles.Replace(settings.AuthorizedKeysFile, client.AuthorizedLine("opskit-lab") + "\n");
        foreach (var shell in doors.All)
            PrivateFiles.Replace(settings.KeyFileOf(shell), shell.Key.PrivatePem);
        var processes = new ProcessRunner(doors.Clock.Real);
        await CheckAsync(settings, doors.All[0], processes, cancellationToken).ConfigureAwait(false);
        var server = new SshdServer(estate, doors, settings, processes);
        try
        {
            server._listeners = NetworkListeners.Open([.. server._shells.Keys], address => doors.Answers(server._shells[address]), server.Take, doors.Clock.Real, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_listeners is not null)
            await _listeners.DisposeAsync().ConfigureAwait(false);
        await _ends.CancelAsync().ConfigureAwait(false);
        Task[] serving;
        lock (_gate)
            serving = [.. _serving];
        await Task.WhenAll(serving).ConfigureAwait(false);
        await _bridge.DisposeAsync().ConfigureAwait(false);
        _ends.Dispose();
    }

    /// <summary>Lets sshd look at its own configuration; as root it may lack a folder that starting the system's service would make.</summary>
    private static async Task CheckAsync(SshdSettings settings, LabShell shell, ProcessRunner processes, CancellationToken cancellationToken)
    {
        var request = new ProcessRequest { FileName = settings.Program, Arguments = ["-t", "-f", settings.ConfigFile, "-o", $"HostKey=\"{settings.KeyFileOf(shell)}\""] };
        var checkedOnce = await processes.RunAsync(request, cancellationToken).ConfigureAwait(false);
        if (checkedOnce.ExitCode != 0 && MissingFolder().Match(checkedOnce.Error) is { Success: true } missing)
        {
            Directory.CreateDirectory(missing.Groups["folder"].Value);
            checkedOnce = await processes.RunAsync(request, cancellationToken).ConfigureAwait(false);
        }

        if (checkedOnce.ExitCode != 0)
            throw new OpsKitException(FailureKind.Usage, $"{settings.Program} cannot serve the lab: {checkedOnce.Error.Trim().ReplaceLineEndings("; ")}", next: "leave out --sshd, or mend the OpenSSH server of this machine");
    }

    private void Take(IPAddress address, Socket client)
    {
        var shell = _shells[address];
        var connection = new SshdConnection(shell, ShellAccounts.UserAt(_estate, address) ?? _settings.Account.Name, client, _doors);
        lock (_gate)
        {
            if (_serving.Count >= MostConnections || _ends.IsCancellationRequested)
            {
                client.Dispose();
                connection.Dispose();
                return;
            }

            var serving = ServeAsync(connection);
            _serving.Add(serving);
            _ = serving.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(SshdConnection connection)
    {
        await Task.Yield();
        _bridge.Add(connection);
        try
        {
            await connection.ServeAsync(Start, _ends.Token).ConfigureAwait(false);
        }
        catch (OpsKitException)
        {
            // sshd cannot be started any more; the client sees a connection that closes.
        }
        finally
        {
            _bridge.Remove(connection);
            connection.Dispose();
        }
    }

    private PipedProcess Start(SshdConnection connection) => _processes.Start(new ProcessRequest
    {
        FileName = _settings.Program,
        Arguments = [.. _settings.Arguments(connection.Shell, connection.Token, connection.Shell.Endpoint.FileSystemRoot is null ? null : connection.SftpWord)],
    });

    private void Forget(Task served)
    {
        lock (_gate)
            _serving.Remove(served);
    }

    [GeneratedRegex(@"Missing privilege separation directory: (?<folder>/\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MissingFolder();
}
