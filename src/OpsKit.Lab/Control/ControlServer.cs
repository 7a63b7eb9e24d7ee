using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsKit.Lab.Enclosures.Vcsu;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Operations;

namespace OpsKit.Lab.Control;

/// <summary>The control endpoint of a serving lab: HTTP on loopback, for whoever knows the token.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private const int LongestRequest = 64 * 1024;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly FaultList _faults;
    private readonly EstateNames _names;
    private readonly OperationLog _log;
    private readonly TimeProvider _clock;
    private readonly VcsuEndpoint _vcsu;
    private readonly CancellationTokenSource _stopped = new();
    private readonly WebApplication _web;
    private readonly string _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    private ControlServer(FaultList faults, EstateNames names, OperationLog log, VcsuEndpoint vcsu, TimeProvider clock)
    {
        _vcsu = vcsu;
        _faults = faults;
        _names = names;
        _log = log;
        _clock = clock;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestRequest;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.AddSingleton<IHostLifetime, Hosting.NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        _web = builder.Build();
        _web.Run(HandleAsync);
    }

    /// <summary>Where it is and with which token.</summary>
    public ControlFile File { get; private set; } = null!;

    public static async Task<ControlServer> StartAsync(FaultList faults, EstateNames names, OperationLog log, VcsuEndpoint vcsu, TimeProvider clock, CancellationToken cancellationToken)
    {
        var server = new ControlServer(faults, names, log, vcsu, clock);
        await server._web.StartAsync(cancellationToken).ConfigureAwait(false);
        var address = server._web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        server.File = new ControlFile(new Uri(address), server._token, Environment.ProcessId);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync().ConfigureAwait(false);
        await _web.StopAsync().ConfigureAwait(false);
        await _web.DisposeAsync().ConfigureAwait(false);
        _stopped.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        var given = http.Request.Headers.Authorization.ToString();
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes($"Bearer {_token}")))
        {
            await RefuseAsync(http, StatusCodes.Status401Unauthorized, "the token is missing or wrong").ConfigureAwait(false);
            return;
        }

        var path = http.Request.Path.Value ?? "/";
        switch (http.Request.Method, path)
        {
            case ("GET", "/faults"):
                await AnswerAsync(http, json => Array(json, _faults.All, ControlJson.Write)).ConfigureAwait(false);
                break;
            case ("POST", "/faults"):
                await AddAsync(http).ConfigureAwait(false);
                break;
            case ("DELETE", "/faults"):
                var cleared = _faults.Clear();
                await AnswerAsync(http, json => json.WriteNumberValue(cleared)).ConfigureAwait(false);
                break;
            case ("DELETE", _) when path.StartsWith("/faults/", StringComparison.Ordinal) && int.TryParse(path["/faults/".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                var removed = _faults.Remove(number) ? 1 : 0;
                await AnswerAsync(http, json => json.WriteNumberValue(removed)).ConfigureAwait(false);
                break;
            case ("POST", VcsuEndpoint.Path):
                using (var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _stopped.Token))
                    await _vcsu.HandleAsync(http, ends.Token).ConfigureAwait(false);
                break;
            case ("GET", "/log"):
                await LogAsync(http).ConfigureAwait(false);
                break;
            default:
                await RefuseAsync(http, StatusCodes.Status404NotFound, $"nothing answers {http.Request.Method} {path}").ConfigureAwait(false);
                break;
        }
    }

    private async Task AddAsync(HttpContext http)
    {
        Fault fault;
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted).ConfigureAwait(false);
            fault = _faults.Add(ControlJson.ReadFault(document.RootElement));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, $"this is no fault: {e.Message}").ConfigureAwait(false);
            return;
        }

        await AnswerAsync(http, json =>
        {
            json.WriteStartObject();
            ControlJson.Write(json, fault);
            json.WriteBoolean("known", _names.Has(fault.Endpoint));
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    /// <summary>The operations after <c>?after=</c>; with <c>&amp;wait=</c> (in seconds) it waits for one where there is none yet.</summary>
    private async Task LogAsync(HttpContext http)
    {
        _ = long.TryParse(http.Request.Query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var after);
        _ = int.TryParse(http.Request.Query["wait"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        var wait = TimeSpan.FromSeconds(Math.Min(seconds, LongestWait.TotalSeconds));
        var operations = _log.After(after);
        if (operations.Count == 0 && wait > TimeSpan.Zero)
        {
            await MoreAsync(after, wait, http.RequestAborted).ConfigureAwait(false);
            operations = _log.After(after);
        }

        await AnswerAsync(http, json => Array(json, operations, ControlJson.Write)).ConfigureAwait(false);
    }

    private async Task MoreAsync(long after, TimeSpan wait, CancellationToken aborted)
    {
        var more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Told(LoggedOperation operation) => more.TrySetResult();
        _log.Logged += Told;
        try
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(aborted, _stopped.Token);
            if (_log.After(after).Count == 0)
                await more.Task.WaitAsync(wait, _clock, ends.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Then what there is, is the answer.
        }
        finally
        {
            _log.Logged -= Told;
        }
    }

    private static void Array<T>(Utf8JsonWriter json, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray();
        foreach (var item in items)
            write(json, item);
        json.WriteEndArray();
    }

    private static async Task AnswerAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = buffer.Length;
        await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted).ConfigureAwait(false);
    }

    private static async Task RefuseAsync(HttpContext http, int status, string why)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(why + "\n", http.RequestAborted).ConfigureAwait(false);
    }
}
