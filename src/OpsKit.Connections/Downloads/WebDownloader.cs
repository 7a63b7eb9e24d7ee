using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Resilience;
using OpsKit.Connections.Trust;

namespace OpsKit.Connections.Downloads;

/// <summary>
/// Downloads files over HTTPS and HTTP. A server's certificate is judged as a vCenter's is: by the system's trust or a pin (<c>opskit trust add</c>), after a
/// redirect again. What breaks off is gone on with where the server can, else begun anew. No proxy is used, no login sent.
/// </summary>
public sealed class WebDownloader
{
    private readonly TrustStore _trust;
    private readonly TimeProvider _clock;

    /// <summary>Creates a downloader.</summary>
    /// <param name="trust">The certificates trusted so far.</param>
    /// <param name="host">The machine this runs on: its clock.</param>
    public WebDownloader(TrustStore trust, JumpHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        (_trust, _clock) = (trust, host.Clock);
    }

    /// <summary>Downloads a file.</summary>
    /// <param name="address">Where it is; see <see cref="WebAddress.Parse"/>.</param>
    /// <param name="destination">Receives it from its beginning; it can seek.</param>
    /// <param name="options">How much to take on; null for the defaults.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OpsKitException">
    /// The server refuses or has no such file, the file is too large (<see cref="FailureKind.Failed"/>), wants a login (<see cref="FailureKind.AuthenticationRefused"/>),
    /// has a certificate that is not trusted (<see cref="FailureKind.TrustRefused"/>), or does not answer to the end (<see cref="FailureKind.Unreachable"/>).
    /// </exception>
    public async Task<WebDownload> FetchAsync(
        Uri address, Stream destination, WebDownloadOptions? options = null, IProgress<WebProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(destination);
        var course = new WebCourse(destination, options ?? WebDownloadOptions.Default, progress, _clock);
        return await OpsKitPipelines.Query(_clock, MayPass).ExecuteAsync(async ct => await FollowAsync(address, course, ct).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What broke off may go on; who was silent for so long is not waited for again.</summary>
    private static bool MayPass(Exception failure) => failure is OpsKitException { Kind: FailureKind.Unreachable, InnerException: not OperationCanceledException };

    private async Task<WebDownload> FollowAsync(Uri address, WebCourse course, CancellationToken ct)
    {
        const int mostRedirects = 5;
        var at = address;
        for (var redirects = 0; redirects <= mostRedirects; redirects++)
        {
            var target = new TlsTarget(at.Host, at.IdnHost, at.Port, new TlsSettings(), course.Options.ConnectTimeout);
            var judge = new CertificateJudge(target, _trust, _clock);
            using var handler = TlsTrust.CreateHandler(target, judge);
            using var http = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
            try
            {
                if (await course.GetAsync(http, at, ct).ConfigureAwait(false) is not { } next)
                    return new WebDownload(at, course.Written);
                if (at.Scheme == "https" && next.Scheme != "https")
                    throw new OpsKitException(FailureKind.TrustRefused, $"sends on to {WebAddress.Shown(next)}, which is not encrypted", WebAddress.Shown(at));
                at = next;
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException)
            {
                throw TlsTrust.Explain(failure, target, judge) ?? new OpsKitException(
                    FailureKind.Unreachable, Innermost(failure).Message.Split('\n')[0].TrimEnd('.', '\r'), WebAddress.Shown(at), innerException: failure);
            }
        }

        throw new OpsKitException(FailureKind.Failed, $"sends on more than {mostRedirects} times", WebAddress.Shown(address));
    }

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
