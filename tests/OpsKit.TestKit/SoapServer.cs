using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace OpsKit.TestKit;

/// <summary>A scripted HTTP server on a free loopback port that plays a vim25 service, well or badly.</summary>
public sealed partial class SoapServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<SoapRequest, CancellationToken, Task<SoapAnswer>> _script;
    private readonly X509Certificate2? _certificate;
    private readonly ConcurrentQueue<SoapRequest> _requests = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;
    private int _open;
    private int _accepted;

    private SoapServer(Func<SoapRequest, CancellationToken, Task<SoapAnswer>> script, X509Certificate2? certificate)
    {
        _script = script;
        _certificate = certificate;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Starts the server.</summary>
    /// <param name="script">Answers a request; called on several threads at once when the client uses several connections.</param>
    /// <param name="certificate">Serves HTTPS with this certificate; null serves plain HTTP. <see cref="SelfSigned"/> makes one.</param>
    public static SoapServer Start(Func<SoapRequest, SoapAnswer> script, X509Certificate2? certificate = null) =>
        new((request, _) => Task.FromResult(script(request)), certificate);

    /// <summary>Starts a server whose answers take their time.</summary>
    /// <param name="script">Answers a request; cancelled when the server stops.</param>
    public static SoapServer Start(Func<SoapRequest, CancellationToken, Task<SoapAnswer>> script) => new(script, certificate: null);

    /// <summary>The server's port on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Address of the SOAP service.</summary>
    public Uri Sdk => new($"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port}/sdk");

    /// <summary>The requests received so far, in order.</summary>
    public IReadOnlyList<SoapRequest> Requests => [.. _requests];

    /// <summary>Names of the SOAP operations received so far, in order.</summary>
    public IReadOnlyList<string> Operations => [.. _requests.Where(r => r.Operation.Length > 0).Select(r => r.Operation)];

    /// <summary>Connections accepted so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Connections open now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>A certificate for localhost and 127.0.0.1 that nobody trusts.</summary>
    public static X509Certificate2 SelfSigned(DateTimeOffset? notAfter = null, string name = "localhost")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == "localhost")
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var end = notAfter ?? DateTimeOffset.UtcNow.AddDays(30);
        using var certificate = request.CreateSelfSigned(end.AddDays(-60), end);
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }

    /// <summary>Stops the server and ends its connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _connections.Add(ServeAsync(client, Interlocked.Increment(ref _accepted)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client, int connection)
    {
        await Task.Yield();
        Interlocked.Increment(ref _open);
        try
        {
            using (client)
            {
                client.NoDelay = true;
                Stream stream = client.GetStream();
                if (_certificate is not null)
                {
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
                    stream = tls;
                }

                await using (stream)
                    while (await ReadRequestAsync(stream, connection) is { } request)
                    {
                        _requests.Enqueue(request);
                        if (!await SendAsync(stream, client, await _script(request, _stop.Token)))
                            return;
                    }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The client went away, or the server stops.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task<bool> SendAsync(Stream stream, TcpClient client, SoapAnswer answer)
    {
        if (answer.Delay is { } delay)
            await Task.Delay(delay, _stop.Token);
        if (answer.CutAt < 0)
        {
            client.Client.LingerState = new LingerOption(true, 0);
            return false;
        }

        var length = answer.Stream is null ? $"Content-Length: {answer.Body.Length}" : "Connection: close";
        var head = $"HTTP/1.1 {answer.Status} Scripted\r\n{length}\r\nContent-Type: {answer.ContentType}\r\n{string.Concat(answer.Headers.Select(h => $"{h}\r\n"))}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _stop.Token);
        if (answer.Stream is { } write)
        {
            await write(stream, _stop.Token);
            return false;
        }

        var body = answer.Body;
        if ((answer.CutAt ?? answer.HangAt) is { } end)
        {
            await stream.WriteAsync(body.AsMemory(0, Math.Min(end, body.Length)), _stop.Token);
            await stream.FlushAsync(_stop.Token);
            if (answer.HangAt is not null)
                await Task.Delay(Timeout.Infinite, _stop.Token);
            return false;
        }

        await stream.WriteAsync(body, _stop.Token);
        return true;
    }

    private async Task<SoapRequest?> ReadRequestAsync(Stream stream, int connection)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
                return null;
            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).ToDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"))];
        await stream.ReadExactlyAsync(body, _stop.Token);
        var text = Encoding.UTF8.GetString(body);
        var parts = lines[0].Split(' ');
        return new SoapRequest(parts[0], parts[1], headers, text, OperationPattern().Match(text).Groups[1].Value, connection);
    }

    [GeneratedRegex(@"<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)")]
    private static partial Regex OperationPattern();
}

/// <summary>A request as the scripted server saw it.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Headers">Headers, names in any case.</param>
/// <param name="Body">Body as text.</param>
/// <param name="Operation">Name of the SOAP operation; empty where there is none.</param>
/// <param name="Connection">Number of the connection it came on, from 1.</param>
public sealed record SoapRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body, string Operation, int Connection);
