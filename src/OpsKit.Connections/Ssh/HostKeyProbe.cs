using OpsKit.Connections.Inventory;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace OpsKit.Connections.Ssh;

/// <summary>Asks a server for its host key. It gets as far as the key exchange: nobody logs in, and nothing is trusted by asking.</summary>
public static class HostKeyProbe
{
    private static readonly Credential Nobody = new() { Name = "none", UserName = "opskit" };

    /// <summary>Judges a key as a session would; nothing is recorded.</summary>
    /// <returns>Why a session would refuse it; null where it would not.</returns>
    public static OpsKitException? Judge(Endpoint endpoint, SshSettings settings, KnownHosts knownHosts, SshHostKey key)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(knownHosts);
        return HostKeyRules.Refusal(SshTarget.Of(endpoint, settings, Nobody), knownHosts, key, out _);
    }

    /// <summary>Fetches the host key a session would be shown.</summary>
    /// <param name="host">DNS name or address.</param>
    /// <param name="settings">Port and algorithms.</param>
    /// <param name="knownHosts">Key types on record there are asked for first, as sessions do.</param>
    /// <param name="timeout">How long name, connection and key exchange may take.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OpsKitException">No SSH service answers there (<see cref="FailureKind.Unreachable"/>).</exception>
    public static async Task<SshHostKey> FetchAsync(
        string host, SshSettings settings, KnownHosts knownHosts, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(knownHosts);
        ArgumentNullException.ThrowIfNull(clock);
        var target = new SshTarget(host, host, settings.Port, settings, Nobody, timeout);
        var info = new ConnectionInfo(host, settings.Port, Nobody.UserName, new NoneAuthenticationMethod(Nobody.UserName)) { Timeout = timeout };
        SshAlgorithms.Offer(info, settings.AllowLegacy, knownHosts.KeyTypes(host, settings.Port));
        SshHostKey? presented = null;
        var client = new SshClient(info);
        client.HostKeyReceived += (_, received) =>
        {
            received.CanTrust = false;
            presented = SshHostKey.FromBytes(received.HostKey);
        };

        var connecting = BlockingCalls.RunAsync(() =>
        {
            using (client)
                client.Connect();
        });
        try
        {
            await connecting.WaitAsync(timeout, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            BlockingCalls.Forget(connecting);
            if (presented is null)
                throw SshFailures.OfConnect(target, e);
        }

        return presented ?? throw SshFailures.OfConnect(target, new SshConnectionException("the server presented no host key"));
    }
}
