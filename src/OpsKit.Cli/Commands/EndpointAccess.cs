using OpsKit.Cli.Terminals;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Ssh;
using OpsKit.Connections.Trust;
using OpsKit.Connections.VSphere;

namespace OpsKit.Cli.Commands;

/// <summary>What reaching endpoints takes: secrets, trust, and a redactor that hears of every secret before anything is printed.</summary>
internal sealed class EndpointAccess : IDisposable
{
    public EndpointAccess(JumpHost jumpHost, Terminal terminal)
    {
        var redactor = new Redactor();
        terminal.Redact = redactor.Redact;
        Trust = new TrustStore(jumpHost);
        Secrets = new SecretResolver(
            jumpHost, new ProcessRunner(jumpHost.Clock), terminal.Capabilities.Interactive ? new TerminalSecretPrompt(terminal) : null, redactor);
        VSphere = new VSphereConnector(Trust, Secrets, jumpHost, terminal.Warn);
        KnownHosts = KnownHosts.Of(jumpHost);
        Ssh = new SshConnector(KnownHosts, Secrets, jumpHost, warn: terminal.Warn);
    }

    public TrustStore Trust { get; }

    public SecretResolver Secrets { get; }

    /// <summary>Opens vSphere sessions: one login each, logged out when the session is disposed of.</summary>
    public VSphereConnector VSphere { get; }

    /// <summary>The SSH host keys on record.</summary>
    public KnownHosts KnownHosts { get; }

    /// <summary>Opens SSH sessions.</summary>
    public SshConnector Ssh { get; }

    public void Dispose()
    {
        Ssh.Dispose();
        Secrets.Dispose();
    }
}
