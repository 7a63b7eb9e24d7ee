using OpsKit.Connections.Inventory;
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
            Refusal = Judge(Presented);
            received.CanTrust = Refusal is null;
        }
        catch (Exception e) when (e is OpsKitException or FormatException or IOException)
        {
            Refusal = e as OpsKitException ?? new OpsKitException(FailureKind.TrustRefused, $"its host key cannot be judged: {e.Message}", target.Display, innerException: e);
        }
    }

    private OpsKitException? Judge(SshHostKey key)
    {
        if (target.Settings.Fingerprint is { } pinned)
        {
            return pinned.TrimEnd('=') == key.Fingerprint
                ? null
                : new OpsKitException(
                    FailureKind.TrustRefused,
                    $"THE HOST KEY IS NOT THE PINNED ONE: expected {pinned}, presented {key.Type} {key.Fingerprint}",
                    target.Display,
                    "find out why before you change ssh: { fingerprint: … } in the inventory");
        }

        var judgement = knownHosts.Judge(target.Host, target.Port, key);
        switch (judgement.Standing)
        {
            case HostKeyStanding.Known:
                return null;
            case HostKeyStanding.Unknown when target.Settings.HostKeyPolicy == HostKeyPolicy.AcceptNew:
                knownHosts.Add(target.Host, target.Port, key);
                return null;
            case HostKeyStanding.Unknown:
                var authority = judgement.HasCertificateAuthority ? "; known_hosts has a @cert-authority line for it, which OpsKit does not support" : "";
                return new OpsKitException(
                    FailureKind.TrustRefused,
                    $"its host key is not known: {key.Type} {key.Fingerprint}{authority}",
                    target.Display,
                    $"compare the fingerprint with the host's own (ssh-keygen -lf /etc/ssh/…pub there), then: opskit trust add --host {AdHocName()}");
            case HostKeyStanding.Revoked:
                return new OpsKitException(
                    FailureKind.TrustRefused,
                    $"its host key is revoked: {key.Type} {key.Fingerprint} ({judgement.OnRecord[0].At})",
                    target.Display,
                    "this key must not be used any more; give the host a new one");
            default:
                var record = judgement.OnRecord[0];
                return new OpsKitException(
                    FailureKind.TrustRefused,
                    $"THE HOST KEY HAS CHANGED: on record {record.Line.Key.Type} {record.Line.Key.Fingerprint} ({record.At}), presented {key.Type} {key.Fingerprint}",
                    target.Display,
                    ChangedNext(record));
        }
    }

    private string ChangedNext(KnownHostsEntry record) =>
        $"if the host was reinstalled: {Removal(record)} then: opskit trust add {target.Name}; if not, somebody may be listening in";

    private string Removal(KnownHostsEntry record) => record.File == knownHosts.OwnFile
        ? $"opskit trust remove {target.Name}"
        : $"ssh-keygen -f {PosixShell.Quote(record.File)} -R {PosixShell.Quote(KnownHostsLine.NameOf(target.Host, target.Port))}";

    private string AdHocName() => target.Name == target.Host && target.Port != 22 ? $"{target.Host}:{target.Port}" : target.Name;
}
