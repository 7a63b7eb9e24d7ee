using System.Net;
using System.Net.Http.Headers;

namespace OpsKit.Connections.Downloads;

/// <summary>A download over all of its attempts: what has come so far, and by what the server knows it.</summary>
internal sealed class WebCourse(Stream destination, WebDownloadOptions options, IProgress<WebProgress>? progress, TimeProvider clock)
{
    private const int PieceBytes = 128 * 1024;

    private RangeConditionHeaderValue? _same;

    public WebDownloadOptions Options => options;

    /// <summary>How many bytes have come.</summary>
    public long Written { get; private set; }

    /// <summary>Asks once, and takes what comes.</summary>
    /// <param name="http">The way to the server.</param>
    /// <param name="address">What is asked for.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Where the server sends on to; null where the file has come.</returns>
    public async Task<Uri?> GetAsync(HttpClient http, Uri address, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(options.Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (Written > 0 && _same is not null)
                (request.Headers.Range, request.Headers.IfRange) = (new RangeHeaderValue(Written, null), _same);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if ((int)response.StatusCode is >= 301 and <= 308 and not 304 && response.Headers.Location is { } location)
                return WebAddress.Parse(new Uri(address, location).AbsoluteUri);
            Admit(response, address);
            await TakeAsync(response, address, patience, either.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException silent) when (!ct.IsCancellationRequested)
        {
            var what = patience.IsCancellationRequested ? $"nothing came for {options.Patience.TotalSeconds:0} s" : $"no connection within {options.ConnectTimeout.TotalSeconds:0} s";
            throw Broken(what, address, silent);
        }
    }

    private void Admit(HttpResponseMessage response, Uri address)
    {
        var code = (int)response.StatusCode;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                Restart();
                break;
            case HttpStatusCode.PartialContent when Written > 0 && response.Content.Headers.ContentRange?.From == Written:
                break;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable when Written > 0:
                Restart();
                throw Broken("does not go on where it broke off", address);
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                throw new OpsKitException(FailureKind.Failed, $"HTTP {code}: there is no such file", WebAddress.Shown(address));
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired:
                throw new OpsKitException(FailureKind.AuthenticationRefused, $"HTTP {code}: the server wants a login, and none is sent", WebAddress.Shown(address), "download the file and name it");
            case HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout:
                throw Broken($"HTTP {code}", address);
            default:
                throw new OpsKitException(FailureKind.Failed, $"HTTP {code}, which is no file", WebAddress.Shown(address));
        }

        _same = response.Headers.ETag is { IsWeak: false } tag ? new RangeConditionHeaderValue(tag)
            : response.Content.Headers.LastModified is { } moment ? new RangeConditionHeaderValue(moment)
            : null;
    }

    private async Task TakeAsync(HttpResponseMessage response, Uri address, CancellationTokenSource patience, CancellationToken ct)
    {
        var total = response.Content.Headers.ContentLength + Written;
        if (total > options.MostBytes)
            throw TooLarge(address);
        using var content = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        var piece = new byte[PieceBytes];
        while (await content.ReadAsync(piece, ct).ConfigureAwait(false) is var count and > 0)
        {
            patience.CancelAfter(options.Patience);
            if (Written + count > options.MostBytes)
                throw TooLarge(address);
            await destination.WriteAsync(piece.AsMemory(0, count), ct).ConfigureAwait(false);
            Written += count;
            progress?.Report(new WebProgress(Written, total));
        }

        if (total is { } said && said != Written)
            throw Broken($"{Written} of {said} bytes came", address);
    }

    private void Restart()
    {
        destination.SetLength(0);
        destination.Position = 0;
        Written = 0;
    }

    private static OpsKitException Broken(string what, Uri address, Exception? cause = null) => new(FailureKind.Unreachable, what, WebAddress.Shown(address), innerException: cause);

    private OpsKitException TooLarge(Uri address) =>
        new(FailureKind.Failed, $"is larger than {options.MostBytes} bytes, which is the most that is downloaded", WebAddress.Shown(address), "download the file and name it");
}
