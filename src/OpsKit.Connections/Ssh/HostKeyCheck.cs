using Renci.SshNet.Common;

namespace OpsKit.Connections.Ssh;

/// <summary>Judges the host key of one handshake. SSH.NET trusts every key unless told otherwise, so this is always asked.</summary>
internal sealed class HostKeyCheck(SshTarget target, KnownHosts knownHosts)
{
    /// <summary>Why the key was refused, or null.</summary>
    internal OpsKitException? Refusal { get; private set; }

    /// <summary>The key the host presented, or null where it did not get that far.</summary>
    internal SshHostKey? Presented { get; private set; }

    /// <summary>True once the key was presented: from here on the server knows who asks.</summary>
    internal bool Asked { get; private set; }

    internal void OnReceived(HostKeyEventArgs received)
    {
        // First of all: whatever goes wrong below, the key is not trusted.
        received.CanTrust = false;
        Asked = true;
        try
        {
            Presented = SshHostKey.FromBytes(received.HostKey);
            Refusal = HostKeyRules.Refusal(target, knownHosts, Presented, out var isNew);
            if (isNew)
                knownHosts.Add(target.Host, target.Port, Presented);
            received.CanTrust = Refusal is null;
        }
        catch (Exception e) when (e is OpsKitException or FormatException or IOException)
        {
            Refusal = e as OpsKitException ?? new OpsKitException(FailureKind.TrustRefused, $"its host key cannot be judged: {e.Message}", target.Display, innerException: e);
        }
    }
}
