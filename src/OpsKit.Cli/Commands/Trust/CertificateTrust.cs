using System.Globalization;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Trust;

namespace OpsKit.Cli.Commands.Trust;

/// <summary>Certificates in the trust store, fetched with a TLS handshake and nothing more.</summary>
internal sealed class CertificateTrust(TrustStore store, JumpHost jumpHost)
{
    private readonly Dictionary<string, CertificateFacts> _fetched = new(StringComparer.OrdinalIgnoreCase);

    public async Task<TrustEntry> FetchAsync(TrustSubject subject, CancellationToken ct)
    {
        var facts = await CertificateProbe.FetchAsync(TargetOf(subject), jumpHost.Clock, ct);
        _fetched[subject.Address] = facts;
        return new TrustEntry(
            TrustEntry.Certificate,
            subject.Address,
            Thumbprint.Format(facts.Sha256),
            [
                ("subject", facts.Subject),
                ("issuer", facts.IsSelfSigned ? "itself (self-signed)" : facts.Issuer),
                ("names", string.Join(", ", facts.Names)),
                ("valid", $"{Day(facts.NotBefore)} to {Day(facts.NotAfter)}{Validity(facts)}"),
                ("SHA-256", Thumbprint.Format(facts.Sha256)),
            ]);
    }

    public IReadOnlyList<TrustEntry> Find(TrustSubject subject) => [.. store.Find(subject.Host, subject.Port).Select(EntryOf)];

    public IReadOnlyList<TrustEntry> All() => [.. store.Certificates().Select(EntryOf)];

    public Task TrustAsync(TrustSubject subject, CancellationToken ct) => store.AddAsync(subject.Host, subject.Port, _fetched[subject.Address], ct);

    public Task<int> RemoveAsync(TrustSubject subject, CancellationToken ct) => store.RemoveAsync(subject.Host, subject.Port, ct);

    /// <summary>The TLS service of a subject.</summary>
    public static TlsTarget TargetOf(TrustSubject subject)
    {
        var settings = subject.Endpoint switch
        {
            VCenterEndpoint vCenter => vCenter.Tls,
            EnclosureEndpoint enclosure => enclosure.Tls,
            _ => new TlsSettings(),
        };
        return new TlsTarget(subject.Endpoint.Name, subject.Host, subject.Port, settings, subject.Endpoint.ConnectTimeout)
        {
            DeclaredAt = subject.Endpoint.DeclaredAt,
        };
    }

    private string Validity(CertificateFacts facts)
    {
        var now = jumpHost.Clock.GetUtcNow();
        return now > facts.NotAfter ? " (expired)" : now < facts.NotBefore ? " (not valid yet)" : "";
    }

    private static TrustEntry EntryOf(CertificatePin pin) =>
        new(TrustEntry.Certificate, pin.Address, Thumbprint.Format(pin.Sha256), []) { Added = pin.Added == DateOnly.MinValue ? null : pin.Added, Comment = pin.Comment };

    private static string Day(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
