using System.IO.Compression;
using System.Net;
using System.Xml;

namespace OpsKit.Vim25;

/// <summary>One request and its answer: sends, watches the silence, and says in the client's words what went wrong.</summary>
internal sealed class SoapCall : IDisposable
{
    private const int MostRedirects = 3;
    private const int LargestBatch = 256;

    private readonly HttpClient _http;
    private readonly Uri _sdk;
    private readonly string _apiVersion;
    private readonly SoapClientOptions _options;
    private readonly Action<SoapExchange>? _observer;
    private readonly VimRequest _request;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _stop;
    private readonly long _started;
    private readonly ISoapTap? _tap;
    private readonly BodyCapture? _asked;
    private readonly BodyCapture? _answered;

    private HttpResponseMessage? _response;
    private AnswerStream? _body;
    private VimReader? _reader;
    private SoapOutcome _outcome = SoapOutcome.Abandoned;
    private string? _faultType;
    private int? _status;
    private bool _isSent;

    internal SoapCall(
        HttpClient http, Uri sdk, string apiVersion, SoapClientOptions options, Action<SoapExchange>? observer, ISoapTap? tap, VimRequest request, CancellationToken caller)
    {
        _http = http;
        _sdk = sdk;
        _apiVersion = apiVersion;
        _options = options;
        _observer = observer;
        _request = request;
        _caller = caller;
        _silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, options.Clock);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(caller, _silence.Token);
        _started = options.Clock.GetTimestamp();
        if (tap is not { IsListening: true })
            return;
        _tap = tap;
        _asked = new BodyCapture(tap.KeptBytes);
        // The answer to a login holds the session's key, and an error page may quote the password.
        _answered = request.Kind == OperationKind.Session ? null : new BodyCapture(tap.KeptBytes);
    }

    /// <summary>Sends the request and waits for the beginning of an answer that looks like one.</summary>
    internal async Task<VimReader> SendAsync()
    {
        try
        {
            _silence.CancelAfter(_options.LongestSilence);
            _response = await PostAsync(_sdk).ConfigureAwait(false);
            for (var hops = 0; Redirect(_response) is { } target; hops++)
            {
                if (hops == MostRedirects)
                    throw new VimProtocolException("the server redirects in circles") { StatusCode = _response.StatusCode };
                _response.Dispose();
                _response = await PostAsync(target).ConfigureAwait(false);
            }

            _status = (int)_response.StatusCode;
            _body = await OpenBodyAsync(_response).ConfigureAwait(false);
            await _body.PrefetchAsync().ConfigureAwait(false);
            if (!_response.IsSuccessStatusCode && !_body.Excerpt().Contains("Envelope", StringComparison.Ordinal))
                throw new VimProtocolException($"the server answered HTTP {(int)_response.StatusCode} {_response.ReasonPhrase}") { StatusCode = _response.StatusCode };
            return _reader = VimReader.Create(_body);
        }
        catch (Exception e)
        {
            if (Translate(e) is { } said)
                throw said;
            throw;
        }
    }

    /// <summary>Reads from the answer: at once where it has arrived whole, else on a pool thread.</summary>
    internal async Task<T> ReadAsync<T>(Func<T> read)
    {
        try
        {
            var result = _body!.IsComplete ? read() : await Task.Run(read, CancellationToken.None).ConfigureAwait(false);
            _outcome = SoapOutcome.Answered;
            return result;
        }
        catch (Exception e)
        {
            if (Translate(e) is { } said)
                throw said;
            throw;
        }
    }

    /// <summary>Takes parts until the network makes it wait; an empty batch is the end.</summary>
    internal IReadOnlyList<T> NextBatch<T>(IEnumerator<T> parts)
    {
        var batch = new List<T>();
        while (batch.Count < LargestBatch && (batch.Count == 0 || !_body!.IsDrained) && parts.MoveNext())
            batch.Add(parts.Current);
        _stop.Token.ThrowIfCancellationRequested();
        return batch;
    }

    /// <summary>Stops what is still being read.</summary>
    internal void Abandon() => _stop.Cancel();

    public void Dispose()
    {
        _reader?.Dispose();
        _body?.Dispose();
        _response?.Dispose();
        _stop.Dispose();
        _silence.Dispose();
        if (_observer is null && _tap is null)
            return;
        var elapsed = _options.Clock.GetElapsedTime(_started);
        var exchange = new SoapExchange(_request.Operation, _request.Kind, _request.Self, elapsed, _outcome, _faultType, _body?.Received ?? 0);
        _observer?.Invoke(exchange);
        _tap?.Heard(new SoapConversation(
            exchange, _options.Clock.GetUtcNow() - elapsed, _apiVersion, _status, _asked!.Body(), _answered?.Body() ?? SoapBody.Empty));
    }

    private async Task<HttpResponseMessage> PostAsync(Uri target)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, target) { Content = new SoapContent(_request, _isSent ? null : _asked) };
        _isSent = true;
        message.Headers.Add("SOAPAction", $"\"urn:vim25/{_apiVersion}\"");
        if (_options.AcceptGzip)
            message.Headers.AcceptEncoding.ParseAdd("gzip");
        return await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, _stop.Token).ConfigureAwait(false);
    }

    /// <summary>Where a redirect leads; null where the answer is none. It may not lead to another server: a login could go with it.</summary>
    private Uri? Redirect(HttpResponseMessage response)
    {
        if (response.RequestMessage?.RequestUri is { } answered && !SameServer(answered))
            throw new VimProtocolException($"the request was redirected to {answered}, another server");
        if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            || response.Headers.Location is not { } location)
            return null;

        var target = new Uri(_sdk, location);
        return SameServer(target)
            ? target
            : throw new VimProtocolException($"the server redirects to {target}, another server") { StatusCode = response.StatusCode };
    }

    private bool SameServer(Uri other) => other.Scheme == _sdk.Scheme && other.Authority == _sdk.Authority;

    private async Task<AnswerStream> OpenBodyAsync(HttpResponseMessage response)
    {
        var stream = await response.Content.ReadAsStreamAsync(_stop.Token).ConfigureAwait(false);
        if (response.Content.Headers.ContentEncoding.Contains("gzip"))
            stream = new GZipStream(stream, CompressionMode.Decompress);
        return new AnswerStream(stream, _silence, _options.LongestSilence, _options.MaxResponseBytes, _answered, _stop.Token);
    }

    /// <summary>What the caller gets for <paramref name="e"/>; null to let it pass as it is.</summary>
    private Exception? Translate(Exception e)
    {
        var where = $"{_sdk}: {_request.Operation}";
        if (_stop.IsCancellationRequested && e is not VimException)
        {
            if (!_silence.IsCancellationRequested || _caller.IsCancellationRequested)
                return e is OperationCanceledException ? null : new OperationCanceledException(e.Message, e, _caller);
            _outcome = SoapOutcome.Failed;
            return new VimTransportException(TransportFailure.TimedOut, $"{where}: no answer within {_options.LongestSilence.TotalSeconds:0.#} s", e);
        }

        _outcome = e is VimFaultException ? SoapOutcome.Fault : SoapOutcome.Failed;
        switch (e)
        {
            case VimFaultException fault:
                _faultType = fault.FaultType;
                return null;
            case VimProtocolException protocol:
                return new VimProtocolException($"{where}: {protocol.Message}{Excerpt()}", e) { StatusCode = protocol.StatusCode };
            case XmlException or InvalidDataException:
                return new VimProtocolException($"{where}: the answer is not well-formed XML: {e.Message}{Excerpt()}", e) { StatusCode = _response?.StatusCode };
            case OperationCanceledException { InnerException: TimeoutException }:
                return new VimTransportException(TransportFailure.TimedOut, $"{where}: no connection within the time given", e);
            case HttpRequestException or IOException:
                return VimTransportException.From(e, where);
            default:
                return null;
        }
    }

    /// <summary>Servers may echo the request in an error page, and a login holds a password: its answer is never quoted.</summary>
    private string Excerpt() =>
        _request.Kind != OperationKind.Session && _body?.Excerpt() is { Length: > 0 } begin ? $"; it begins: {begin}" : "";
}
