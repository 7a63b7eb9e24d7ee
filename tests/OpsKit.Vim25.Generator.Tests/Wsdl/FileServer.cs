using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OpsKit.Vim25.Generator.Tests.Wsdl;

/// <summary>Serves the files of a folder over HTTP/1.1, one request a connection, as a vCenter serves its WSDL.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly string _folder;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? _certificate;
    private readonly List<string> _asked = [];

    public FileServer(string folder, bool tls)
    {
        _folder = folder;
        if (tls)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            _certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        }

        _listener.Start();
        _ = AcceptAsync();
    }

    public string Address => $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public string? Thumbprint => _certificate?.GetCertHashString(HashAlgorithmName.SHA256);

    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
                return [.. _asked];
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _certificate?.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                Stream stream = client.GetStream();
                if (_certificate is not null)
                {
                    var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(_certificate);
                    stream = secure;
                }

                using var reader = new StreamReader(stream, leaveOpen: true);
                var path = (await reader.ReadLineAsync() ?? "").Split(' ')[1];
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                }

                lock (_asked)
                    _asked.Add(path);
                var file = Path.Combine(_folder, path.TrimStart('/'));
                var body = File.Exists(file) ? await File.ReadAllBytesAsync(file) : "no such file"u8.ToArray();
                var head = $"HTTP/1.1 {(File.Exists(file) ? "200 OK" : "404 Not Found")}\r\nContent-Type: text/xml\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
                await stream.WriteAsync(body);
                await stream.DisposeAsync();
            }
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client went away, as one does that refuses the certificate.
        }
    }
}
