using System.Text;
using Microsoft.AspNetCore.Http;
using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Http;

/// <summary>One HTTP request: from its bytes to the answer's.</summary>
internal sealed class SdkEndpoint(Dispatcher dispatcher, LabEstate estate, LabVCenter vcenter, CallFaults faults) : IDisposable
{
    internal const int LongestRequest = 8 * 1024 * 1024;
    private const string CookieName = "vmware_soap_session";
    private const string Xml = "text/xml; charset=utf-8";

    /// <summary>In place of a status: the connection closes in the middle of the answer.</summary>
    private const int CutStatus = -1;

    private readonly CancellationTokenSource _stopped = new();
    private readonly OfferedVersions _versions = new(vcenter);
    private readonly SchemaVersion _own = SchemaVersion.Of(vcenter.ApiVersion);

    internal Action<SdkExchange>? Exchanged { get; set; }

    /// <summary>Calls that wait are abandoned.</summary>
    internal void Stop() => _stopped.Cancel();

    public void Dispose() => _stopped.Dispose();

    internal async Task HandleAsync(HttpContext http)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _stopped.Token);
        try
        {
            var path = http.Request.Path.Value ?? "/";
            if (!HttpMethods.IsPost(http.Request.Method))
                await GetAsync(http, path).ConfigureAwait(false);
            else if (path is "/sdk" or "/sdk/" or "/sdk/vimService")
                await PostAsync(http, ends.Token).ConfigureAwait(false);
            else
                await TextAsync(http, StatusCodes.Status404NotFound, $"Nothing takes requests at {path}. The vim25 service is at /sdk.\n").ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            http.Abort();
        }
        catch (BadHttpRequestException e)
        {
            await TextAsync(http, e.StatusCode, e.Message + "\n").ConfigureAwait(false);
        }
    }

    private async Task GetAsync(HttpContext http, string path)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.Headers.Allow = "GET, HEAD, POST";
            await TextAsync(http, StatusCodes.Status405MethodNotAllowed, $"{http.Request.Method} is not taken here.\n").ConfigureAwait(false);
            return;
        }

        var (status, type, content) = SdkPages.Get(path, vcenter, _versions, http.Connection.LocalPort);
        if (status == StatusCodes.Status405MethodNotAllowed)
            http.Response.Headers.Allow = "POST";
        await WriteAsync(http, status, type, Encoding.UTF8.GetBytes(content)).ConfigureAwait(false);
    }

    private async Task PostAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.Request.Headers.ContentEncoding.Count > 0)
        {
            await TextAsync(http, StatusCodes.Status415UnsupportedMediaType, "Requests are taken without a content encoding.\n").ConfigureAwait(false);
            return;
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        Caller caller;
        try
        {
            caller = new Caller(
                http.Connection.RemoteIpAddress?.ToString() ?? "", http.Request.Headers.UserAgent.ToString(), http.Request.Cookies[CookieName]?.Trim('"'), _versions.Chosen(http.Request.Headers["SOAPAction"].ToString()));
        }
        catch (LabFaultException e)
        {
            var refusal = Fault(e.Message, e.Fault, _own);
            await WriteAsync(http, refusal.Status, Xml, refusal.Content!.Value).ConfigureAwait(false);
            return;
        }

        var answer = await AnswerAsync(body, caller, cancellationToken).ConfigureAwait(false);
        if (answer.Content is null)
        {
            http.Abort();
            return;
        }

        if (answer.Status == CutStatus)
        {
            await CutAsync(http, answer.Content.Value).ConfigureAwait(false);
            return;
        }

        if (caller.NewSession is { } session)
            http.Response.Headers.SetCookie = $"{CookieName}=\"{session.Key}\"; Path=/; HttpOnly; Secure";
        http.Response.Headers.CacheControl = "no-cache";
        await WriteAsync(http, answer.Status, Xml, answer.Content.Value).ConfigureAwait(false);
    }

    /// <summary>The answer to a body; without content where the connection is to be cut.</summary>
    private async Task<(int Status, ReadOnlyMemory<byte>? Content)> AnswerAsync(MemoryStream body, Caller caller, CancellationToken cancellationToken)
    {
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        body.Position = 0;
        VimRequest request;
        try
        {
            request = RequestEnvelope.Read(body, caller.Schema);
        }
        catch (LabFaultException e)
        {
            return Exchange("", bytes, Fault(e.Message, e.Fault, caller.Schema), caller);
        }

        // A change that was received is carried out whether its sender lives to hear of it or not.
        if (request.Kind == OperationKind.Change)
            cancellationToken = _stopped.Token;
        var fault = faults(vcenter.Name, request.Operation);
        if (fault?.EndSessions == true)
            dispatcher.EndSessions();
        if (fault?.Delay > TimeSpan.Zero)
            await Task.Delay(fault.Delay, estate.Clock.Real, cancellationToken).ConfigureAwait(false);
        if (fault is { AfterOperation: false } && Instead(fault, caller) is { } spoilt)
            return spoilt;
        var answer = Exchange(request.Operation, bytes, await CarryOutAsync(request, caller, fault?.Stale, cancellationToken).ConfigureAwait(false), caller);
        if (fault is { AfterOperation: true, Cut: true })
            return (CutStatus, answer.Content);
        if (fault is { AfterOperation: true } && Instead(fault, caller) is { } lost)
            return lost;
        return fault?.Garble == true ? (answer.Status, Garbled(answer.Content!.Value)) : answer;
    }

    private async Task<(int Status, ReadOnlyMemory<byte>? Content)> CarryOutAsync(VimRequest request, Caller caller, int? stale, CancellationToken cancellationToken)
    {
        try
        {
            var result = await dispatcher.InvokeAsync(request, caller, stale, cancellationToken).ConfigureAwait(false);
            return (StatusCodes.Status200OK, Written(writer => writer.WriteAnswer(request, result), caller.Schema));
        }
        catch (LabFaultException e)
        {
            return Fault(e.Message, e.Fault, caller.Schema);
        }
        catch (VimSerializationException e)
        {
            var unwritable = VimFaults.SystemError(e.Message);
            return Fault(unwritable.Message, unwritable.Fault, caller.Schema);
        }
    }

    private static (int Status, ReadOnlyMemory<byte>? Content)? Instead(CallFault fault, Caller caller) => fault switch
    {
        { Cut: true } => (0, null),
        { Fault: { } instead } => Fault("The lab was told to fail here.", instead, caller.Schema),
        { Status: { } status } => (status, Encoding.UTF8.GetBytes("The lab was told to fail here.\n")),
        _ => null,
    };

    private static ReadOnlyMemory<byte> Garbled(ReadOnlyMemory<byte> content) => (byte[])[.. content.Span[..(content.Length / 2)], .. "<&\0garbled"u8];

    private (int Status, ReadOnlyMemory<byte>? Content) Exchange(string operation, ReadOnlyMemory<byte> request, (int Status, ReadOnlyMemory<byte>? Content) answer, Caller caller)
    {
        Exchanged?.Invoke(new SdkExchange(operation, caller.Schema, request, answer.Content!.Value));
        return answer;
    }

    private static (int Status, ReadOnlyMemory<byte>? Content) Fault(string message, MethodFault fault, SchemaVersion schema) =>
        (StatusCodes.Status500InternalServerError, Written(writer => writer.WriteFault("ServerFaultCode", message, fault), schema));

    /// <summary>To a client that speaks the newest version everything is said; what came later than another's version is left out.</summary>
    private static ReadOnlyMemory<byte> Written(Action<VimWriter> write, SchemaVersion schema)
    {
        var content = new MemoryStream();
        using (var writer = VimWriter.Create(content, schema.Version == ServiceVersions.Known[0] ? null : schema))
            write(writer);
        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    private static async Task CutAsync(HttpContext http, ReadOnlyMemory<byte> content)
    {
        http.Response.ContentType = Xml;
        http.Response.ContentLength = content.Length;
        await http.Response.Body.WriteAsync(content[..(content.Length / 2)], http.RequestAborted).ConfigureAwait(false);
        await http.Response.Body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        http.Abort();
    }

    private static Task TextAsync(HttpContext http, int status, string text) => WriteAsync(http, status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    private static async Task WriteAsync(HttpContext http, int status, string type, ReadOnlyMemory<byte> content)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(content, http.RequestAborted).ConfigureAwait(false);
    }
}
