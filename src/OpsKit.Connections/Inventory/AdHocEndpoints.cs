using OpsKit.Connections.Secrets;

namespace OpsKit.Connections.Inventory;

/// <summary>Endpoints that were given on the command line instead of in a file.</summary>
public static class AdHocEndpoints
{
    private const string Source = Endpoint.OnTheCommandLine;

    /// <summary>Makes an estate of what was given.</summary>
    /// <param name="servers">vCenters: a name (https and <c>/sdk</c> are meant), an address with a port, or a URL.</param>
    /// <param name="hosts">ESXi hosts over SSH: <c>NAME[:PORT]</c>.</param>
    /// <param name="user">User name for all of them, or null.</param>
    /// <param name="password">Reference to the password, or null to be asked for.</param>
    /// <param name="thumbprint">SHA-256 of the only server's certificate, or null.</param>
    /// <param name="connectTimeout">How long a connection attempt may take; null for the default.</param>
    /// <exception cref="OpsKitException">Something given is wrong (<see cref="FailureKind.Usage"/>).</exception>
    public static Estate Create(
        IReadOnlyList<string> servers,
        IReadOnlyList<string> hosts,
        string? user,
        string? password,
        string? thumbprint,
        TimeSpan? connectTimeout = null)
    {
        ArgumentNullException.ThrowIfNull(servers);
        ArgumentNullException.ThrowIfNull(hosts);
        var timeout = connectTimeout ?? TimeSpan.FromSeconds(15);
        var credential = Credential(user, password);
        var pin = Pin(servers, thumbprint);
        var endpoints = new List<Endpoint>();
        foreach (var server in servers)
        {
            var address = Parse(server, "--server");
            endpoints.Add(new VCenterEndpoint
            {
                Name = Unique(endpoints, address.Port is { } port ? EndpointAddress.Format(address.Host, port) : address.Host, "--server"),
                Address = address.Host,
                Port = address.Port ?? 443,
                Path = address.Path ?? "/sdk",
                Credential = credential,
                ConnectTimeout = timeout,
                Tls = new TlsSettings { Thumbprint = pin },
            });
        }

        foreach (var host in hosts)
        {
            var address = Parse(host, "--host");
            endpoints.Add(new HostEndpoint
            {
                Name = Unique(endpoints, address.Port is { } port ? EndpointAddress.Format(address.Host, port) : address.Host, "--host"),
                Address = address.Host,
                Credential = credential,
                ConnectTimeout = timeout,
                Ssh = new SshSettings { Port = address.Port ?? 22 },
            });
        }

        return new Estate(Source, endpoints, new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal));
    }

    private static Credential? Credential(string? user, string? password)
    {
        if (user is null)
        {
            return password is null
                ? null
                : throw new OpsKitException(FailureKind.Usage, "a password is given and no user", "--password", "add --user NAME");
        }

        return new Credential
        {
            Name = Source,
            UserName = user,
            Password = password is null ? new SecretReference(SecretSource.Prompt, "") : SecretReference.Parse(password, "--password"),
        };
    }

    private static string? Pin(IReadOnlyList<string> servers, string? thumbprint)
    {
        if (thumbprint is null)
            return null;
        if (servers.Count != 1)
            throw new OpsKitException(FailureKind.Usage, $"one thumbprint cannot stand for {servers.Count} servers", "--thumbprint", "opskit trust add --server URL, once for each");
        return Thumbprint.TryNormalize(thumbprint, out var pin, out var error)
            ? pin
            : throw new OpsKitException(FailureKind.Usage, error, "--thumbprint");
    }

    private static EndpointAddress Parse(string text, string option) => EndpointAddress.TryParse(text, out var address, out var error)
        ? address!
        : throw new OpsKitException(FailureKind.Usage, error, option);

    private static string Unique(List<Endpoint> endpoints, string name, string option) =>
        endpoints.Any(endpoint => string.Equals(endpoint.Name, name, StringComparison.OrdinalIgnoreCase))
            ? throw new OpsKitException(FailureKind.Usage, $"{name} is given twice", option)
            : name;
}
