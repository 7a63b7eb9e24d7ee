using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using OpsKit.Connections.Inventory;

namespace OpsKit.Connections.Trust;

/// <summary>
/// Decides on the certificate a service presents: a thumbprint set for the endpoint decides alone; then a pin in the trust store; then the
/// endpoint's CA file; then the system's trust, host name and dates included. There is no way to skip it.
/// </summary>
public sealed class CertificateJudge
{
    private readonly TlsTarget _target;
    private readonly TrustStore _store;
    private readonly TimeProvider _clock;

    /// <summary>Creates the judge of one service.</summary>
    public CertificateJudge(TlsTarget target, TrustStore store, TimeProvider clock)
    {
        _target = target;
        _store = store;
        _clock = clock;
    }

    /// <summary>The refusal of the last certificate that was refused, or null.</summary>
    public OpsKitException? Refusal { get; private set; }

    /// <summary>The certificate that was presented last, or null.</summary>
    public CertificateFacts? Presented { get; private set; }

    /// <summary>True where the certificate's digest decides, and its issuer does not matter.</summary>
    internal bool IsPinned => _target.Settings.Thumbprint is not null || _store.Find(_target.Host, _target.Port).Count > 0;

    /// <summary>Judges; the signature is that of .NET's validation callback.</summary>
    public bool Accept(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Refusal = null;
        if (certificate is null)
        {
            Refusal = new OpsKitException(FailureKind.TrustRefused, "the service presented no certificate", _target.Address);
            return false;
        }

        using var presented = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        Presented = CertificateFacts.From(presented);
        try
        {
            Refusal = Judge(presented, Presented, chain, errors);
        }
        catch (OpsKitException e)
        {
            Refusal = e;
        }

        return Refusal is null;
    }

    private OpsKitException? Judge(X509Certificate2 certificate, CertificateFacts facts, X509Chain? chain, SslPolicyErrors errors)
    {
        if (_target.Settings.Thumbprint is { } wanted)
            return _target.Settings.FurtherThumbprints.Prepend(wanted).Contains(facts.Sha256, StringComparer.OrdinalIgnoreCase) ? null : Changed(facts, wanted, "the thumbprint set for it", null);

        var pins = _store.Find(_target.Host, _target.Port);
        if (pins.Count > 0)
        {
            return pins.Any(pin => pin.Sha256 == facts.Sha256)
                ? null
                : Changed(facts, pins[0].Sha256, $"the one trusted since {pins[0].Added:yyyy-MM-dd}", $"opskit trust remove {_target.TrustName}, then {_target.AddCommand}");
        }

        if (_target.Settings.CaFile is null)
            return errors == SslPolicyErrors.None ? null : Unknown(facts, Reasons(facts, chain, errors));

        var leads = LeadsToCaFile(certificate, chain);
        if (leads)
            errors &= ~SslPolicyErrors.RemoteCertificateChainErrors;
        if (leads && errors == SslPolicyErrors.None)
            return null;
        var reasons = Reasons(facts, chain, errors & ~SslPolicyErrors.RemoteCertificateChainErrors);
        if (!leads && reasons.Count == 0)
            reasons.Add($"it does not lead to a CA in {_target.Settings.CaFile}");
        return Unknown(facts, reasons);
    }

    /// <summary>Whether the certificate leads to one of the CA file's, with every certificate on the way valid now.</summary>
    private bool LeadsToCaFile(X509Certificate2 certificate, X509Chain? presented)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(_target.Settings.CaFile!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new OpsKitException(FailureKind.Usage, $"the CA file cannot be read: {e.Message}", _target.Settings.CaFile, innerException: e);
        }

        if (authorities.Count == 0)
            throw new OpsKitException(FailureKind.Usage, "the CA file holds no certificate in PEM form", _target.Settings.CaFile);

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = _clock.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (var element in presented?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(certificate);
    }

    private List<string> Reasons(CertificateFacts facts, X509Chain? chain, SslPolicyErrors errors)
    {
        var reasons = new List<string>();
        var now = _clock.GetUtcNow();
        if (now > facts.NotAfter)
            reasons.Add($"it expired on {facts.NotAfter:yyyy-MM-dd}");
        if (now < facts.NotBefore)
            reasons.Add($"it is not valid until {facts.NotBefore:yyyy-MM-dd}");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            reasons.Add($"it is for {string.Join(", ", facts.Names)}, not for {_target.Host}");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            var states = chain?.ChainStatus.Select(status => status.Status).Aggregate(X509ChainStatusFlags.NoError, (all, next) => all | next) ?? X509ChainStatusFlags.NoError;
            if (facts.IsSelfSigned)
                reasons.Add("it is self-signed");
            else if (states.HasFlag(X509ChainStatusFlags.UntrustedRoot) || states.HasFlag(X509ChainStatusFlags.PartialChain))
                reasons.Add("its issuer is not known to this machine");
            else if (reasons.Count == 0)
                reasons.Add($"its chain is not valid ({states})");
        }

        return reasons;
    }

    private OpsKitException Unknown(CertificateFacts facts, IReadOnlyList<string> reasons) => new(
        FailureKind.TrustRefused,
        $"the certificate is not trusted: {string.Join("; ", reasons)}\n{Describe(facts)}",
        _target.Address,
        $"compare the SHA-256 with the server's own over another channel (its console), then: {_target.AddCommand}");

    private OpsKitException Changed(CertificateFacts facts, string wanted, string whose, string? next) => new(
        FailureKind.TrustRefused,
        $"the certificate is not {whose}: it was replaced, or somebody is in between\n  expected  {Thumbprint.Format(wanted)}\n{Describe(facts)}",
        _target.Address,
        $"find out why it changed before anything else{(next is null ? "; then set the new thumbprint" : $"; then: {next}")}");

    private static string Describe(CertificateFacts facts) =>
        $"  subject   {facts.Subject.ReplaceLineEndings(" ")}\n  issuer    {facts.Issuer.ReplaceLineEndings(" ")}\n  valid     {facts.NotBefore:yyyy-MM-dd} to {facts.NotAfter:yyyy-MM-dd}\n  SHA-256   {Thumbprint.Format(facts.Sha256)}";
}
