using System.Net;

namespace OpsKit.Lab.Doors;

/// <summary>A shell and where it is found: an address of this machine's loopback network that no other shell has.</summary>
/// <param name="Endpoint">What answers.</param>
/// <param name="Address">Where it is found.</param>
/// <param name="Key">Its host key.</param>
internal sealed record LabShell(IShellEndpoint Endpoint, IPAddress Address, SshKey Key)
{
    public string Name => Endpoint.Name;
}

/// <summary>The connection breaks here, on purpose.</summary>
internal sealed class ConnectionCutException(string endpoint) : IOException($"the lab cut the connection with {endpoint}");
