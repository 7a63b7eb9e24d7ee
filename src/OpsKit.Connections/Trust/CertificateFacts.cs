using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpsKit.Connections.Trust;

/// <summary>What an operator needs to know of a certificate to decide on it.</summary>
/// <param name="Subject">Distinguished name of the holder.</param>
/// <param name="Issuer">Distinguished name of the issuer.</param>
/// <param name="NotBefore">Beginning of validity.</param>
/// <param name="NotAfter">End of validity.</param>
/// <param name="Sha256">SHA-256 of the certificate, 64 hex digits in upper case.</param>
/// <param name="Names">The DNS names and addresses it is for; the subject's common name where it lists none.</param>
public sealed record CertificateFacts(
    string Subject,
    string Issuer,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string Sha256,
    IReadOnlyList<string> Names)
{
    /// <summary>Whether the holder vouches for itself.</summary>
    public bool IsSelfSigned => Subject == Issuer;

    /// <summary>Reads them off a certificate.</summary>
    public static CertificateFacts From(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var alternative = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        var names = alternative is null
            ? []
            : alternative.EnumerateDnsNames().Concat(alternative.EnumerateIPAddresses().Select(address => address.ToString())).ToArray();
        if (names.Length == 0)
            names = [certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)];
        return new CertificateFacts(
            certificate.Subject,
            certificate.Issuer,
            new DateTimeOffset(certificate.NotBefore.ToUniversalTime()),
            new DateTimeOffset(certificate.NotAfter.ToUniversalTime()),
            certificate.GetCertHashString(HashAlgorithmName.SHA256),
            names);
    }
}
