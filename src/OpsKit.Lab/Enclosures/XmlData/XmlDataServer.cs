using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Hosting;
using OpsKit.Lab.Network;
using OpsKit.Lab.Operations;
using OpsKit.Lab.VCenter.Http;
using OpsKit.Vim25;

namespace OpsKit.Lab.Enclosures.XmlData;

/// <summary>The HTTPS of the management processors: one port at all of their addresses, a certificate of its own for each.</summary>
internal sealed class XmlDataServer : IAsyncDisposable
{
    public const string Operation = "xmldata";

    private const int Attempts = 20;

    private readonly LabEstate _estate;
    private readonly LabNetwork _network;
    private readonly FaultList _faults;
    private readonly OperationLog _log;
    private readonly Dictionary<IPAddress, XmlDataSource> _sources;
    private readonly Dictionary<IPAddress, Lazy<X509Certificate2>> _certificates;
    private WebApplication? _web;

    public XmlDataServer(LabEstate estate, LabNetwork network, FaultList faults, OperationLog log, IEnumerable<EnclosureSite> sites)
    {
        (_estate, _network, _faults, _log) = (estate, network, faults, log);
        _sources = sites.SelectMany(XmlDataSource.Of).ToDictionary(source => source.Address);
        _certificates = _sources.ToDictionary(
            source => source.Key, source => new Lazy<X509Certificate2>(() => LabCertificate.Create(source.Value.Name, estate.Clock.Real.GetUtcNow(), source.Key)));
    }

    /// <summary>The port, after <see cref="StartAsync"/>.</summary>
    public int Port { get; private set; }

    /// <summary>The SHA-256 thumbprint of the certificate at an address, in lower-case hexadecimal digits.</summary>
    public string ThumbprintAt(IPAddress address) => Convert.ToHexStringLower(_certificates[address].Value.GetCertHash(HashAlgorithmName.SHA256));

    /// <summary>Listens at a port that is free at all addresses.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; _sources.Count > 0; attempt++)
        {
            var port = FreePort.At(_sources.Keys.First());
            var web = Build(port);
            try
            {
                await web.StartAsync(cancellationToken).ConfigureAwait(false);
                (_web, Port) = (web, port);
                return;
            }
            catch (IOException) when (attempt < Attempts)
            {
                await web.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_web is not null)
        {
            await _web.StopAsync().ConfigureAwait(false);
            await _web.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var certificate in _certificates.Values.Where(certificate => certificate.IsValueCreated))
            certificate.Value.Dispose();
    }

    private WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            foreach (var address in _sources.Keys)
                kestrel.Listen(address, port, listen => listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => _certificates[address].Value));
        });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var web = builder.Build();
        web.Run(HandleAsync);
        return web;
    }

    private async Task HandleAsync(HttpContext http)
    {
        var source = _sources[http.Connection.LocalIpAddress!];
        if (!_network.IsReachable(source.Address))
        {
            http.Abort();
            return;
        }

        var wanted = HttpMethods.IsGet(http.Request.Method) && http.Request.Path.Equals("/xmldata", StringComparison.OrdinalIgnoreCase)
            && http.Request.Query["item"].ToString().Equals("all", StringComparison.OrdinalIgnoreCase);
        if (!wanted || source.Write() is not { } text)
        {
            http.Response.StatusCode = HttpMethods.IsGet(http.Request.Method) ? StatusCodes.Status404NotFound : StatusCodes.Status405MethodNotAllowed;
            return;
        }

        _log.Add(source.Name, Operation, OperationKind.Query, source.Address.ToString(), "GET /xmldata?item=all");
        await AnswerAsync(http, source, Encoding.UTF8.GetBytes(text)).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext http, XmlDataSource source, byte[] bytes)
    {
        var fault = _faults.Next(source.Name, Operation, FaultKind.Slow, FaultKind.Cut, FaultKind.Garbled, FaultKind.Refused, FaultKind.Unavailable);
        switch (fault?.Kind)
        {
            case FaultKind.Slow:
                await Task.Delay(fault.Delay, _estate.Clock, http.RequestAborted).ConfigureAwait(false);
                break;
            case FaultKind.Refused:
                http.Abort();
                return;
            case FaultKind.Unavailable:
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            case FaultKind.Garbled:
                bytes.AsSpan(bytes.Length / 3, bytes.Length / 3).Fill((byte)'<');
                break;
        }

        http.Response.ContentType = "text/xml";
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(fault?.Kind == FaultKind.Cut ? bytes.AsMemory(0, bytes.Length / 2) : bytes, http.RequestAborted).ConfigureAwait(false);
        if (fault?.Kind == FaultKind.Cut)
        {
            await http.Response.Body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
            http.Abort();
        }
    }
}
