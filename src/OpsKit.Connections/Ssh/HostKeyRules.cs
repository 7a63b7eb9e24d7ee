using OpsKit.Connections.Inventory;

namespace OpsKit.Connections.Ssh;

/// <summary>Decides whether a host key is trusted: by the pinned fingerprint where there is one, else by known_hosts.</summary>
internal static class HostKeyRules
{
    /// <summary>Why a key is not trusted; null where it is.</summary>
    /// <param name="target">The endpoint and its settings.</param>
    /// <param name="knownHosts">The keys on record.</param>
    /// <param name="key">The key it presents.</param>
    /// <param name="isNew">True where nothing is on record and the settings accept that; the key is to be recorded.</param>
    internal static OpsKitException? Refusal(SshTarget target, KnownHosts knownHosts, SshHostKey key, out bool isNew)
    {
        isNew = false;
        if (target.Settings.Fingerprint is { } pinned)
        {
            return target.Settings.FurtherFingerprints.Prepend(pinned).Any(right => right.TrimEnd('=') == key.Fingerprint)
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
                isNew = true;
                return null;
            case HostKeyStanding.Unknown:
                var authority = judgement.HasCertificateAuthority ? "; known_hosts has a @cert-authority line for it, which OpsKit does not support" : "";
                return new OpsKitException(
                    FailureKind.TrustRefused,
                    $"its host key is not known: {key.Type} {key.Fingerprint}{authority}",
                    target.Display,
                    $"compare the fingerprint with the host's own (ssh-keygen -lf /etc/ssh/…pub there), then: opskit trust add {TrustName(target)}");
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
                    ChangedNext(target, knownHosts, record));
        }
    }

    private static string ChangedNext(SshTarget target, KnownHosts knownHosts, KnownHostsEntry record)
    {
        var removal = record.File == knownHosts.OwnFile
            ? $"opskit trust remove {TrustName(target)}"
            : $"ssh-keygen -f {PosixShell.Quote(record.File)} -R {PosixShell.Quote(KnownHostsLine.NameOf(target.Host, target.Port))}";
        return $"if the host was reinstalled: {removal}, then: opskit trust add {TrustName(target)}; if not, somebody may be listening in";
    }

    /// <summary>How opskit trust calls the endpoint: by its name in the inventory, or as it stood on the command line.</summary>
    private static string TrustName(SshTarget target) => target.IsAdHoc ? $"--host {target.Name}" : target.Name;
}
