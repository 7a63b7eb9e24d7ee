using System.Runtime.CompilerServices;

namespace OpsKit.Vim25;

/// <summary>
/// Speaks SOAP to one vim25 service. Answers are parsed while they arrive. Cookies, TLS and proxies are the handler's business;
/// nothing is ever sent twice here.
/// </summary>
public sealed class SoapClient : ISoapInvoker
{
    private readonly HttpClient _http;
    private readonly SoapClientOptions _options;

    /// <summary>Creates a client.</summary>
    /// <param name="http">Sends the requests; its own timeout should be infinite, see <see cref="SoapClientOptions.LongestSilence"/>. Not disposed here.</param>
    /// <param name="sdk">The service's address, such as <c>https://vcenter/sdk</c>.</param>
    /// <param name="options">How the client behaves; null for the defaults.</param>
    public SoapClient(HttpClient http, Uri sdk, SoapClientOptions? options = null)
    {
        _http = http;
        _options = options ?? new SoapClientOptions();
        Sdk = sdk;
    }

    /// <summary>The service's address.</summary>
    public Uri Sdk { get; }

    /// <summary>The API version that requests ask for, such as <c>8.0.3.0</c>. Default <see cref="ServiceVersions.Oldest"/>.</summary>
    public string ApiVersion { get; set; } = ServiceVersions.Oldest;

    /// <summary>Called after every call, on any thread; it must not throw.</summary>
    public Action<SoapExchange>? Observer { get; set; }

    /// <summary>Listens in on calls; null, the default, for nobody.</summary>
    public ISoapTap? Tap { get; set; }

    /// <inheritdoc/>
    public async Task<T> InvokeAsync<T>(VimRequest request, Func<VimReader, T> readResponse, CancellationToken cancellationToken)
    {
        using var call = new SoapCall(_http, Sdk, ApiVersion, _options, Observer, Tap, request, cancellationToken);
        var answer = await call.SendAsync().ConfigureAwait(false);
        return await call.ReadAsync(() => SoapEnvelope.Read(answer, request.Operation, readResponse)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        VimRequest request,
        Func<VimReader, IEnumerable<T>> readResponse,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = new SoapCall(_http, Sdk, ApiVersion, _options, Observer, Tap, request, cancellationToken);
        var answer = await call.SendAsync().ConfigureAwait(false);
        using var parts = SoapEnvelope.ReadParts(answer, request.Operation, readResponse).GetEnumerator();
        var reading = call.ReadAsync(() => call.NextBatch(parts));
        try
        {
            while (await reading.ConfigureAwait(false) is { Count: > 0 } batch)
            {
                // The next batch is read while the caller works on this one.
                reading = call.ReadAsync(() => call.NextBatch(parts));
                foreach (var part in batch)
                    yield return part;
            }
        }
        finally
        {
            call.Abandon();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
