using OpsKit.Connections;
using OpsKit.Connections.Platform;

namespace OpsKit.Cli.Commands.Trust;

/// <summary>Certificates and host keys in the trust store of this user.</summary>
internal sealed class WorldTrust(EndpointAccess access, JumpHost jumpHost) : ITrustDoor
{
    private readonly CertificateTrust _certificates = new(access.Trust, jumpHost);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TrustEntry>> FetchAsync(TrustSubject subject, CancellationToken ct) => subject.Kind == TrustEntry.Certificate
        ? [await _certificates.FetchAsync(subject, ct)]
        : throw new OpsKitException(FailureKind.Failed, "SSH is not wired yet", subject.Address);

    /// <inheritdoc/>
    public IReadOnlyList<TrustEntry> Find(TrustSubject subject) => subject.Kind == TrustEntry.Certificate ? _certificates.Find(subject) : [];

    /// <inheritdoc/>
    public IReadOnlyList<TrustEntry> All() => _certificates.All();

    /// <inheritdoc/>
    public void Trust(TrustSubject subject, IReadOnlyList<TrustEntry> entries) => _certificates.Trust(subject);

    /// <inheritdoc/>
    public int Remove(TrustSubject subject) => subject.Kind == TrustEntry.Certificate ? _certificates.Remove(subject) : 0;
}
