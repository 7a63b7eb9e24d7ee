using OpsKit.Connections.Inventory;

namespace OpsKit.Connections.Trust;

/// <summary>A TLS service and how its certificate is judged.</summary>
/// <param name="Name">The endpoint's name, for messages and for the command to type.</param>
/// <param name="Host">DNS name or IP address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Settings">The endpoint's TLS settings.</param>
/// <param name="ConnectTimeout">How long connecting may take.</param>
public sealed record TlsTarget(string Name, string Host, int Port, TlsSettings Settings, TimeSpan ConnectTimeout)
{
    /// <summary>Where the endpoint was declared; <c>command line</c> for an ad-hoc one.</summary>
    public string DeclaredAt { get; init; } = Endpoint.OnTheCommandLine;

    /// <summary>Host and port.</summary>
    public string Address => EndpointAddress.Format(Host, Port);

    /// <summary>The command that shows the certificate and trusts it.</summary>
    public string AddCommand => $"opskit trust add {TrustName}";

    /// <summary>How <c>opskit trust</c> calls the endpoint: by its name in the inventory, or as it stood on the command line.</summary>
    internal string TrustName => DeclaredAt == Endpoint.OnTheCommandLine ? $"--server {Address}" : Name;

    /// <summary>The TLS service of a vCenter.</summary>
    public static TlsTarget For(VCenterEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new TlsTarget(endpoint.Name, endpoint.Address, endpoint.Port, endpoint.Tls, endpoint.ConnectTimeout) { DeclaredAt = endpoint.DeclaredAt };
    }

    /// <summary>The HTTPS service of the Onboard Administrator at an enclosure's first address.</summary>
    public static TlsTarget For(EnclosureEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new TlsTarget(endpoint.Name, endpoint.Address, endpoint.HttpsPort, endpoint.Tls, endpoint.ConnectTimeout) { DeclaredAt = endpoint.DeclaredAt };
    }
}
