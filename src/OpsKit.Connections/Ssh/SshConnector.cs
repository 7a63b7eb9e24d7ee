using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;

namespace OpsKit.Connections.Ssh;

/// <summary>Opens SSH sessions with ESXi hosts and Onboard Administrators.</summary>
public sealed class SshConnector : IDisposable
{
    private readonly SecretResolver _secrets;
    private readonly JumpHost _host;
    private readonly SshOptions _options;
    private readonly ISshTransport _transport;
    private readonly SemaphoreSlim _sessions;

    /// <summary>Creates a connector.</summary>
    /// <param name="knownHosts">The host keys on record.</param>
    /// <param name="secrets">Fetches passwords and passphrases.</param>
    /// <param name="host">The machine this runs on: its clock, and the folder key files are relative to.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <param name="warn">Hears what the operator should know, such as legacy algorithms in use; null for nobody.</param>
    public SshConnector(KnownHosts knownHosts, SecretResolver secrets, JumpHost host, SshOptions? options = null, Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        _secrets = secrets;
        _host = host;
        _options = options ?? new SshOptions();
        _transport = _options.Transport ?? new SshNetTransport(new SshHandshake(knownHosts, _options, host.Clock, warn), host.Clock);
        _sessions = new SemaphoreSlim(_options.MaxSessions, _options.MaxSessions);
    }

    /// <summary>Connects to an ESXi host and logs in.</summary>
    /// <inheritdoc cref="ConnectAsync(Endpoint, SshSettings, CancellationToken)"/>
    public Task<SshSession> ConnectAsync(HostEndpoint endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return ConnectAsync(endpoint, endpoint.Ssh, cancellationToken);
    }

    /// <summary>Connects to the first Onboard Administrator of an enclosure and logs in.</summary>
    /// <inheritdoc cref="ConnectAsync(Endpoint, SshSettings, CancellationToken)"/>
    public Task<SshSession> ConnectAsync(EnclosureEndpoint endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return ConnectAsync(endpoint, endpoint.Ssh, cancellationToken);
    }

    /// <summary>Connects and logs in. A refused login was tried exactly once.</summary>
    /// <param name="endpoint">Its address and credential are used.</param>
    /// <param name="settings">Port, host key policy, algorithms.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OpsKitException">
    /// No credential, or a key file that cannot be read (Usage); no connection within the endpoint's connect timeout (Unreachable); an unknown or changed
    /// host key (TrustRefused); a refused login (AuthenticationRefused).
    /// </exception>
    public async Task<SshSession> ConnectAsync(Endpoint endpoint, SshSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(settings);
        var target = SshTarget.Of(endpoint, settings);
        var login = await SshLogin.ResolveAsync(target, _secrets.ResolveAsync, _host.ResolvePath, cancellationToken).ConfigureAwait(false);
        await _sessions.WaitAsync(cancellationToken).ConfigureAwait(false);
        var watch = new SshWatch(target, _options.Observer, _options.Transcript, _secrets.Redactor, _host.Clock);
        try
        {
            var connection = await watch.TimeAsync(
                SshExchangeKind.Connect,
                "",
                () => _transport.ConnectAsync(target, login, cancellationToken),
                opened => new SshWatch.Figures { Detail = $"{opened.ServerVersion}, host key {opened.HostKey.Fingerprint}, {opened.Algorithms}" },
                said: $"{target.Credential.UserName}@{target.Display}").ConfigureAwait(false);
            return new SshSession(target, connection, watch, _host.Clock, () => _sessions.Release());
        }
        catch
        {
            _sessions.Release();
            throw;
        }
    }

    /// <summary>Starts a command that runs on the host by itself, or attaches to the run of the same name.</summary>
    /// <param name="endpoint">Its address and credential are used.</param>
    /// <param name="settings">Port, host key policy, algorithms.</param>
    /// <param name="command">The command and the run's name.</param>
    /// <param name="cancellationToken">Gives up; the command may have been started.</param>
    /// <exception cref="OpsKitException">As <see cref="ConnectAsync(Endpoint, SshSettings, CancellationToken)"/>, and where the run's folder cannot be made (Failed).</exception>
    public Task<DetachedRun> StartDetachedAsync(Endpoint endpoint, SshSettings settings, DetachedCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(command);
        return DetachedRun.StartAsync(command, HostOf(endpoint, settings, command), _host.Clock, cancellationToken);
    }

    /// <summary>Attaches to a run that was started before, by <see cref="DetachedCommand.Id"/> and <see cref="DetachedCommand.Folder"/>; nothing is started.</summary>
    /// <param name="endpoint">Its address and credential are used.</param>
    /// <param name="settings">Port, host key policy, algorithms.</param>
    /// <param name="command">The run's name and folder; its text does not matter.</param>
    public DetachedRun Attach(Endpoint endpoint, SshSettings settings, DetachedCommand command)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(command);
        return DetachedRun.Attach(command, HostOf(endpoint, settings, command), _host.Clock);
    }

    private Reconnecting HostOf(Endpoint endpoint, SshSettings settings, DetachedCommand command) =>
        new(endpoint.Name, token => ConnectAsync(endpoint, settings, token), command.ReattachTimeout, _host.Clock);

    /// <summary>Frees the connector; sessions that are open stay open.</summary>
    public void Dispose()
    {
        _transport.Dispose();
        _sessions.Dispose();
    }
}
