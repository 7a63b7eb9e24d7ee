using System.Net;
using System.Net.Security;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using OpsKit.Connections.Inventory;

namespace OpsKit.Connections.Trust;

/// <summary>Opens TLS connections under a <see cref="CertificateJudge"/>.</summary>
public static class TlsTrust
{
    /// <summary>A handler for one service. Cookies are kept, as vCenter's session is one; redirects are not followed; no proxy is used.</summary>
    /// <param name="target">The service.</param>
    /// <param name="judge">Decides on its certificate; ask it for <see cref="CertificateJudge.Refusal"/> after a failed handshake.</param>
    /// <param name="warn">Hears that old TLS is in use.</param>
    public static SocketsHttpHandler CreateHandler(TlsTarget target, CertificateJudge judge, Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(judge);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = target.ConnectTimeout,
            CookieContainer = new CookieContainer(),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
            UseCookies = true,
            UseProxy = false,
            SslOptions = CreateOptions(target, (_, certificate, chain, errors) => judge.Accept(certificate, chain, errors), warn),
        };
        if (judge.IsPinned)
            handler.SslOptions.CertificateChainPolicy = NoChain();
        return handler;
    }

    /// <summary>
    /// Where a digest decides alone, no issuer is looked for on the network: jump hosts have no way there, and waiting for it takes 15 s. A judge
    /// that comes to want a chain after all finds one that leads nowhere, and refuses.
    /// </summary>
    private static X509ChainPolicy NoChain() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    internal static SslClientAuthenticationOptions CreateOptions(TlsTarget target, RemoteCertificateValidationCallback decide, Action<string>? warn = null)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = target.Host,
            RemoteCertificateValidationCallback = decide,
        };
        if (target.Settings.AllowLegacy)
        {
            warn?.Invoke($"{target.Address}: TLS 1.0 and 1.1 with old cipher suites are allowed (tls: allow-legacy). What is sent can be read by who can break them.");
            AllowLegacy(options);
        }

        return options;
    }

    /// <summary>What a failed connection means, in words an operator can act on; null when the failure is none of TLS.</summary>
    public static OpsKitException? Explain(Exception failure, TlsTarget target, CertificateJudge judge)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(judge);
        for (var e = failure; e is not null; e = e.InnerException)
        {
            if (e is OpsKitException known)
                return known;
            if (e is AuthenticationException)
            {
                return judge.Refusal ?? new OpsKitException(
                    FailureKind.TrustRefused,
                    $"no common TLS version or cipher suite: {Innermost(e).Message}",
                    target.Address,
                    target.Settings.AllowLegacy ? null : "for a server from before 2015, set tls: { allow-legacy: true } for it in the inventory",
                    failure);
            }
        }

        return null;
    }

    private static void AllowLegacy(SslClientAuthenticationOptions options)
    {
#pragma warning disable CA5397, SYSLIB0039 // Old on purpose, for one endpoint, said loudly.
        options.EnabledSslProtocols = SslProtocols.Tls | SslProtocols.Tls11 | SslProtocols.Tls12 | SslProtocols.Tls13;
#pragma warning restore CA5397, SYSLIB0039
        if (!OperatingSystem.IsWindows() && !OperatingSystem.IsAndroid())
            options.CipherSuitesPolicy = LegacySuites();
    }

    /// <summary>OpenSSL 3 offers nothing for TLS 1.0 unless the suites are named.</summary>
    [UnsupportedOSPlatform("windows")]
    [UnsupportedOSPlatform("android")]
    private static CipherSuitesPolicy LegacySuites() => new(
    [
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA,
        TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA,
    ]);

    private static Exception Innermost(Exception e)
    {
        while (e.InnerException is { } inner)
            e = inner;
        return e;
    }
}
