using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace OpsKit.Connections.Trust;

/// <summary>Looks at the certificate a service presents. Nothing is trusted by it and nothing but the handshake is sent.</summary>
public static class CertificateProbe
{
    /// <summary>Fetches the certificate.</summary>
    /// <param name="target">The service.</param>
    /// <param name="clock">Measures the connect timeout.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OpsKitException">The service does not answer, or speaks no TLS (<see cref="FailureKind.Unreachable"/>).</exception>
    public static async Task<CertificateFacts> FetchAsync(TlsTarget target, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        using var deadline = new CancellationTokenSource(target.ConnectTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        CertificateFacts? facts = null;
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(target.Host, target.Port, either.Token).ConfigureAwait(false);
            var stream = new SslStream(client.GetStream());
            await using var disposal = stream.ConfigureAwait(false);
            var options = TlsTrust.CreateOptions(target, (_, certificate, _, _) =>
            {
                if (certificate is not null)
                {
                    using var presented = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
                    facts = CertificateFacts.From(presented);
                }

                // Looked at and refused: the connection ends here, before anything is sent over it.
                return false;
            });
            await stream.AuthenticateAsClientAsync(options, either.Token).ConfigureAwait(false);
        }
        catch (AuthenticationException) when (facts is not null)
        {
            // The refusal above.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OpsKitException(FailureKind.Unreachable, $"no answer within {target.ConnectTimeout.TotalSeconds:0} s", target.Address);
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
        {
            throw new OpsKitException(FailureKind.Unreachable, $"no TLS conversation: {e.Message}", target.Address, innerException: e);
        }

        return facts ?? throw new OpsKitException(FailureKind.Unreachable, "the service presented no certificate", target.Address);
    }
}
