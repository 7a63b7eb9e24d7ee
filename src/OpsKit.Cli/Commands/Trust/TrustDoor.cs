using OpsKit.Connections.Inventory;

namespace OpsKit.Cli.Commands.Trust;

/// <summary>One thing that can be trusted at an endpoint: its certificate, or its host key.</summary>
/// <param name="Kind"><see cref="TrustEntry.Certificate"/> or <see cref="TrustEntry.HostKey"/>.</param>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Host">DNS name or IP address.</param>
/// <param name="Port">TCP port.</param>
internal sealed record TrustSubject(string Kind, Endpoint Endpoint, string Host, int Port)
{
    public string Address => EndpointAddress.Format(Host, Port);

    /// <summary>What can be trusted at an endpoint. An enclosure has both kinds, and a standby.</summary>
    public static IEnumerable<TrustSubject> Of(Endpoint endpoint)
    {
        switch (endpoint)
        {
            case VCenterEndpoint vCenter:
                yield return new TrustSubject(TrustEntry.Certificate, vCenter, vCenter.Address, vCenter.Port);
                break;
            case HostEndpoint host:
                yield return new TrustSubject(TrustEntry.HostKey, host, host.Address, host.Ssh.Port);
                break;
            case EnclosureEndpoint enclosure:
                foreach (var address in new[] { enclosure.Address, enclosure.StandbyAddress }.OfType<string>())
                {
                    yield return new TrustSubject(TrustEntry.HostKey, enclosure, address, enclosure.Ssh.Port);
                    yield return new TrustSubject(TrustEntry.Certificate, enclosure, address, enclosure.HttpsPort);
                }

                break;
        }
    }
}

/// <summary>What the trust commands do to the world; tests hand in their own.</summary>
internal interface ITrustDoor
{
    /// <summary>What the subject presents now. Nothing is trusted by asking.</summary>
    Task<IReadOnlyList<TrustEntry>> FetchAsync(TrustSubject subject, CancellationToken ct);

    /// <summary>What is trusted for the subject.</summary>
    IReadOnlyList<TrustEntry> Find(TrustSubject subject);

    /// <summary>Everything that is trusted.</summary>
    IReadOnlyList<TrustEntry> All();

    /// <summary>Trusts what was fetched, in place of what was trusted before.</summary>
    Task TrustAsync(TrustSubject subject, IReadOnlyList<TrustEntry> entries, CancellationToken ct);

    /// <summary>Trusts the subject no more; how many entries were removed.</summary>
    Task<int> RemoveAsync(TrustSubject subject, CancellationToken ct);
}
