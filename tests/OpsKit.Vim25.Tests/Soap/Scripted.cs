using OpsKit.TestKit;
using OpsKit.Vim25.Types;

namespace OpsKit.Vim25.Tests.Soap;

/// <summary>A client of a scripted server, and the calls the tests make with it.</summary>
internal sealed class Scripted : IAsyncDisposable
{
    internal static readonly ManagedObjectReference ServiceInstance = new("ServiceInstance", "ServiceInstance");

    private readonly HttpClient _http;

    private Scripted(SoapServer server, HttpClient http, SoapClient client)
    {
        Server = server;
        _http = http;
        Client = client;
    }

    internal SoapServer Server { get; }

    internal SoapClient Client { get; }

    internal VimQueries Queries => new(Client);

    internal static ServiceContent Content { get; } = new()
    {
        RootFolder = new ManagedObjectReference("Folder", "group-d1"),
        PropertyCollector = new ManagedObjectReference("PropertyCollector", "pc"),
        ViewManager = new ManagedObjectReference("ViewManager", "vm"),
        SessionManager = new ManagedObjectReference("SessionManager", "sm"),
        About = new AboutInfo { ApiVersion = "8.0.3.0" },
    };

    internal static Scripted Start(Func<SoapRequest, SoapAnswer> script, SoapClientOptions? options = null) => Start(SoapServer.Start(script), options);

    internal static Scripted Start(SoapServer server, SoapClientOptions? options = null)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
        return new Scripted(server, http, new SoapClient(http, server.Sdk, options));
    }

    internal Task<DateTimeOffset?> CurrentTimeAsync(CancellationToken cancellationToken = default) =>
        Queries.CurrentTimeAsync(ServiceInstance, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }

    internal static SoapAnswer Time { get; } = SoapAnswer.Response("CurrentTime", "<returnval>2011-08-03T12:00:00Z</returnval>");
}
