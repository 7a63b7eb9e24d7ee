using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Operations;
using OpsKit.Lab.VCenter;
using OpsKit.Lab.VCenter.Http;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

/// <summary>A running vCenter of a lab, and clients of it. Every body it sees or sends is held to the schema.</summary>
internal sealed class TinyVCenter : IAsyncDisposable
{
    private readonly List<IDisposable> _clients = [];

    private TinyVCenter(LabSize size, CallFaults? faults, Func<LabEstate, LabVCenter, ILabInventory>? inventory, Func<LabEstate, ILabInventory, ILabOperations>? operations)
    {
        Real = new FakeTimeProvider(new DateTimeOffset(2012, 3, 1, 22, 0, 0, TimeSpan.Zero));
        Estate = EstateBuilder.Build(size, seed: 1, new LabClock(Real, 1));
        VCenter = Estate.VCenters[0];
        Log = new OperationLog(Estate.Clock);
        Inventory = new TinyInventory(Estate, VCenter);
        var served = inventory?.Invoke(Estate, VCenter) ?? Inventory;
        Server = new VCenterServer(Estate, VCenter, Log, served, operations?.Invoke(Estate, served) ?? new TinyOperations(Inventory), faults);
        if (size != LabSize.Large)
            Server.Exchanged = Schema.Observe;
    }

    internal FakeTimeProvider Real { get; }

    internal LabEstate Estate { get; }

    internal LabVCenter VCenter { get; }

    internal OperationLog Log { get; }

    internal TinyInventory Inventory { get; }

    internal VCenterServer Server { get; }

    internal MessageCheck Schema { get; } = new();

    internal IReadOnlyList<LabMachine> Machines => [.. Estate.Machines.Where(machine => machine.VCenter == VCenter)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal static async Task<TinyVCenter> StartAsync(
        LabSize size = LabSize.Small,
        CallFaults? faults = null,
        Func<LabEstate, LabVCenter, ILabInventory>? inventory = null,
        Func<LabEstate, ILabInventory, ILabOperations>? operations = null)
    {
        var vcenter = new TinyVCenter(size, faults, inventory, operations);
        await vcenter.Server.StartAsync(cancellationToken: Token);
        return vcenter;
    }

    /// <summary>A client with cookies of its own that trusts the server's certificate and no other.</summary>
    internal HttpClient Http()
    {
        var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer(), UseCookies = true };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            string.Equals(certificate?.GetCertHashString(HashAlgorithmName.SHA256), Server.Sha256Thumbprint, StringComparison.OrdinalIgnoreCase);
        var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, BaseAddress = Server.Sdk };
        _clients.Add(http);
        return http;
    }

    internal SoapClient Client() => new(Http(), Server.Sdk) { ApiVersion = VCenter.ApiVersion };

    /// <summary>A client that is logged in.</summary>
    internal async Task<TinySession> LoginAsync(LabAccount? account = null, string? apiVersion = null)
    {
        account ??= VCenter.Accounts[0];
        var http = Http();
        var client = new SoapClient(http, Server.Sdk) { ApiVersion = apiVersion ?? VCenter.ApiVersion };
        var content = await new VimQueries(client).RetrieveServiceContentAsync(ManagedObjectReference.ServiceInstance, Token);
        var session = await new VimSessions(client).LoginAsync(content!.SessionManager!, account.User, account.Password, cancellationToken: Token);
        return new TinySession(http, client, content, session!);
    }

    /// <summary>Posts a body as it is.</summary>
    internal async Task<(HttpStatusCode Status, string Body)> PostAsync(string body, HttpClient? http = null)
    {
        using var content = new StringContent(body, Encoding.UTF8, "text/xml");
        using var response = await (http ?? Http()).PostAsync(Server.Sdk, content, Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    /// <summary>Posts the content of a SOAP body.</summary>
    internal Task<(HttpStatusCode Status, string Body)> PostRequestAsync(string request, HttpClient? http = null) => PostAsync(
        $"""<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soapenv:Body>{request}</soapenv:Body></soapenv:Envelope>""",
        http);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await Server.DisposeAsync();
        Schema.Violations.ShouldBeEmpty();
    }
}

/// <summary>A logged-in client.</summary>
internal sealed record TinySession(HttpClient Http, SoapClient Client, ServiceContent Content, UserSession Session)
{
    internal VimQueries Queries { get; } = new(Client);

    internal VimSessions Sessions { get; } = new(Client);

    internal VimChanges Changes { get; } = new(Client);

    internal ManagedObjectReference Collector => Content.PropertyCollector!;

    internal PropertyRetriever Retriever { get; } = new(Client, Content);
}
