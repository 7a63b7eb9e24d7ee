using OpsKit.Cli.Terminals;
using OpsKit.Connections.Enclosures;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Ssh;
using OpsKit.Connections.Transcripts;
using OpsKit.Connections.Trust;
using OpsKit.Connections.VSphere;

namespace OpsKit.Cli.Commands;

/// <summary>What reaching endpoints takes: secrets, trust, and a redactor that hears of every secret before anything is printed.</summary>
internal sealed class EndpointAccess : IDisposable
{
    private readonly Terminal _terminal;
    private readonly TimeProvider _clock;
    private readonly VSphereConnector _vSphere;
    private readonly TranscriptFolder _transcripts;

    public EndpointAccess(JumpHost jumpHost, Terminal terminal, ISshTransport? transport = null)
    {
        _terminal = terminal;
        _clock = jumpHost.Clock;
        var redactor = new Redactor();
        terminal.Redact = redactor.Redact;
        Trust = new TrustStore(jumpHost);
        Secrets = new SecretResolver(
            jumpHost, new ProcessRunner(jumpHost.Clock), terminal.Capabilities.Interactive ? new TerminalSecretPrompt(terminal) : null, redactor);
        _transcripts = new TranscriptFolder(redactor);
        _vSphere = new VSphereConnector(Trust, Secrets, jumpHost, terminal.Warn, _transcripts);
        XmlData = new XmlDataClient(Trust, jumpHost, terminal.Warn);
        KnownHosts = KnownHosts.Of(jumpHost);
        Ssh = new SshConnector(KnownHosts, Secrets, jumpHost, new SshOptions { Observer = done => terminal.Detail(Narration.Of(done)), Transport = transport, Transcript = _transcripts }, terminal.Warn);
    }

    public TrustStore Trust { get; }

    public SecretResolver Secrets { get; }

    /// <summary>The SSH host keys on record.</summary>
    public KnownHosts KnownHosts { get; }

    /// <summary>Opens SSH sessions.</summary>
    public SshConnector Ssh { get; }

    /// <summary>Fetches what Onboard Administrators tell over HTTPS.</summary>
    public XmlDataClient XmlData { get; }

    /// <summary>Opens a vSphere session: one login, logged out when the session is disposed of.</summary>
    public async Task<VSphereSession> OpenAsync(VCenterEndpoint endpoint, CancellationToken ct)
    {
        var started = _clock.GetTimestamp();
        var session = await _vSphere.ConnectAsync(endpoint, ct);
        session.Observer = call => _terminal.Detail(Narration.Of(endpoint.Name, call));
        _terminal.Detail(Narration.Of(session, _clock.GetElapsedTime(started)));
        foreach (var note in session.Notes)
            _terminal.Detail($"{endpoint.Name}: {note}");
        return session;
    }

    /// <summary>Takes down what is said with endpoints, from now on, into <c>transcripts</c> in a run's folder.</summary>
    /// <param name="runFolder">The run's folder.</param>
    /// <param name="lost">Told once that something could not be taken down, such as for the run's events; the operator is warned anyway.</param>
    public void RecordInto(string runFolder, Action<string>? lost = null) => _transcripts.RecordInto(runFolder, what =>
    {
        _terminal.Warn(what);
        lost?.Invoke(what);
    });

    public void Dispose()
    {
        _transcripts.Dispose();
        Ssh.Dispose();
        Secrets.Dispose();
    }
}
