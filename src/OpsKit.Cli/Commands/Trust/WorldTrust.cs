using OpsKit.Connections.Platform;

namespace OpsKit.Cli.Commands.Trust;

/// <summary>Certificates and host keys in the trust store of this user.</summary>
internal sealed class WorldTrust(EndpointAccess access, JumpHost jumpHost) : ITrustDoor
{
    private readonly CertificateTrust _certificates = new(access.Trust, jumpHost);
    private readonly HostKeyTrust _hostKeys = new(access.KnownHosts, jumpHost);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TrustEntry>> FetchAsync(TrustSubject subject, CancellationToken ct) =>
        [await (IsCertificate(subject) ? _certificates.FetchAsync(subject, ct) : _hostKeys.FetchAsync(subject, ct))];

    /// <inheritdoc/>
    public IReadOnlyList<TrustEntry> Find(TrustSubject subject) => IsCertificate(subject) ? _certificates.Find(subject) : _hostKeys.Find(subject);

    /// <inheritdoc/>
    public IReadOnlyList<TrustEntry> All() => [.. _certificates.All(), .. _hostKeys.All()];

    /// <inheritdoc/>
    public async Task TrustAsync(TrustSubject subject, IReadOnlyList<TrustEntry> entries, CancellationToken ct)
    {
        if (IsCertificate(subject))
            await _certificates.TrustAsync(subject, ct);
        else
            _hostKeys.Trust(subject);
    }

    /// <inheritdoc/>
    public async Task<int> RemoveAsync(TrustSubject subject, CancellationToken ct) =>
        IsCertificate(subject) ? await _certificates.RemoveAsync(subject, ct) : _hostKeys.Remove(subject);

    private static bool IsCertificate(TrustSubject subject) => subject.Kind == TrustEntry.Certificate;
}
