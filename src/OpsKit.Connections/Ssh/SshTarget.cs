using OpsKit.Connections.Inventory;

namespace OpsKit.Connections.Ssh;

/// <summary>The endpoint of a connection, as errors name it.</summary>
internal sealed record SshTarget(string Name, string Host, int Port, SshSettings Settings, Credential Credential, TimeSpan ConnectTimeout)
{
    /// <summary>The name, and the address where the name is not it.</summary>
    internal string Display
    {
        get
        {
            var address = EndpointAddress.Format(Host, Port);
            return Name == Host || Name == address ? Name : $"{Name} ({address})";
        }
    }

    /// <summary>True where it was named on the command line instead of in an inventory.</summary>
    internal bool IsAdHoc { get; init; }

    internal static SshTarget Of(Endpoint endpoint, SshSettings settings)
    {
        if (endpoint.Credential is null)
        {
            throw new OpsKitException(
                FailureKind.Usage,
                "has no credential to log in with over SSH",
                endpoint.Name,
                $"add \"credential: NAME\" to it ({endpoint.DeclaredAt}), or give --user NAME --password env:VARIABLE");
        }

        return Of(endpoint, settings, endpoint.Credential);
    }

    internal static SshTarget Of(Endpoint endpoint, SshSettings settings, Credential credential) =>
        new(endpoint.Name, endpoint.Address, settings.Port, settings, credential, endpoint.ConnectTimeout) { IsAdHoc = endpoint.DeclaredAt == Endpoint.OnTheCommandLine };
}
