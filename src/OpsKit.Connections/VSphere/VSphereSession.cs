using OpsKit.Connections.Inventory;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Connections.VSphere;

/// <summary>
/// A logged-in session with one vCenter or ESXi host. It stays alive while it is open, logs in anew once when the server let it expire, and
/// logs out when it is disposed of.
/// </summary>
public sealed class VSphereSession : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly SoapClient _soap;
    private readonly SessionLogin _login;
    private readonly SessionInvoker _invoker;
    private readonly KeepAlive _keepAlive;
    private int _disposed;

    internal VSphereSession(
        VCenterEndpoint endpoint, HttpClient http, SoapClient soap, SessionLogin login, SessionInvoker invoker, ServiceContent content, IReadOnlyList<string> notes, TimeProvider clock)
    {
        _http = http;
        _soap = soap;
        _login = login;
        _invoker = invoker;
        Endpoint = endpoint;
        Content = content;
        Notes = notes;
        About = VSphereAbout.From(content.About);
        Queries = new VimQueries(invoker);
        Changes = new VimChanges(invoker);
        Properties = new PropertyRetriever(invoker, content, clock);
        Tasks = new TaskWaiter(Queries, Changes, Properties, content, clock);
        _keepAlive = new KeepAlive(soap, invoker, clock);
    }

    /// <summary>The endpoint the session is with.</summary>
    public VCenterEndpoint Endpoint { get; }

    /// <summary>What the server says about itself.</summary>
    public VSphereAbout About { get; }

    /// <summary>The API version the session speaks.</summary>
    public string ApiVersion => _soap.ApiVersion;

    /// <summary>What was assumed when the session began, one sentence each; usually empty.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The server's managers and root folder.</summary>
    public ServiceContent Content { get; }

    /// <summary>Operations that only read.</summary>
    public IVimQueries Queries { get; }

    /// <summary>Operations that change something. They are never sent twice, but for a session that had expired before them.</summary>
    public IVimChanges Changes { get; }

    /// <summary>Reads properties of many objects with few calls.</summary>
    public PropertyRetriever Properties { get; }

    /// <summary>Waits for tasks that changes started.</summary>
    public TaskWaiter Tasks { get; }

    /// <summary>Called after every SOAP call, on any thread; it must not throw.</summary>
    public Action<SoapExchange>? Observer
    {
        get => _soap.Observer;
        set => _soap.Observer = value;
    }

    /// <summary>Logs out, within 5 s, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await Tasks.DisposeAsync().ConfigureAwait(false);
        await _keepAlive.DisposeAsync().ConfigureAwait(false);
        await _login.LogoutAsync().ConfigureAwait(false);
        _invoker.Dispose();
        _login.Dispose();
        _http.Dispose();
    }
}
