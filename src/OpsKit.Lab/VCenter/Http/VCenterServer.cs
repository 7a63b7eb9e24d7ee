using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Operations;
using OpsKit.Lab.VCenter.Soap;

namespace OpsKit.Lab.VCenter.Http;

/// <summary>A vCenter's web service on loopback: HTTPS with a certificate of its own, the vim25 protocol at <c>/sdk</c>.</summary>
internal sealed class VCenterServer : IAsyncDisposable
{
    private static readonly SslApplicationProtocol Http10 = new("http/1.0");

    private readonly Dispatcher _dispatcher;
    private readonly SdkEndpoint _sdk;
    private readonly X509Certificate2 _certificate;
    private WebApplication? _web;

    internal VCenterServer(LabEstate estate, LabVCenter vcenter, OperationLog log, ILabInventory inventory, ILabOperations operations, CallFaults? faults = null)
    {
        _dispatcher = new Dispatcher(estate, vcenter, log, inventory, operations);
        _sdk = new SdkEndpoint(_dispatcher, estate, vcenter, faults ?? ((_, _) => null));
        _certificate = LabCertificate.Create(vcenter.Name, estate.Clock.Real.GetUtcNow());
        Sha256Thumbprint = Convert.ToHexStringLower(_certificate.GetCertHash(HashAlgorithmName.SHA256));
        CertificatePem = _certificate.ExportCertificatePem();
    }

    /// <summary>The port it listens on, after <see cref="StartAsync"/>.</summary>
    internal int Port { get; private set; }

    /// <summary>Hexadecimal, lower case, without colons.</summary>
    internal string Sha256Thumbprint { get; }

    internal string CertificatePem { get; }

    internal Uri Sdk => new($"https://127.0.0.1:{Port}/sdk");

    /// <summary>Sees every request and answer body, to hold them to the schema.</summary>
    internal Action<SdkExchange>? Exchanged
    {
        get => _sdk.Exchanged;
        set => _sdk.Exchanged = value;
    }

    /// <summary>Listens on a port of loopback; 0 for any that is free.</summary>
    internal async Task StartAsync(int port = 0, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = SdkEndpoint.LongestRequest;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.UseHttps(_certificate, https => https.OnAuthenticate = (_, tls) =>
            {
                // Some old clients name their protocol, which nobody else offers any more.
                tls.ApplicationProtocols?.Add(Http10);
            }));
        });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        _web = builder.Build();
        _web.Run(_sdk.HandleAsync);
        await _web.StartAsync(cancellationToken).ConfigureAwait(false);
        var addresses = _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Port = new Uri(addresses.First()).Port;
    }

    /// <summary>Ends a session, or all of them for no key, as an administrator or a restart would.</summary>
    internal void EndSessions(string? key = null) => _dispatcher.EndSessions(key);

    public async ValueTask DisposeAsync()
    {
        _sdk.Stop();
        _dispatcher.EndSessions();
        if (_web is not null)
        {
            await _web.StopAsync().ConfigureAwait(false);
            await _web.DisposeAsync().ConfigureAwait(false);
        }

        _dispatcher.Dispose();
        _sdk.Dispose();
        _certificate.Dispose();
    }

    /// <summary>The lab's own program decides when it ends; the web server takes no signals.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
