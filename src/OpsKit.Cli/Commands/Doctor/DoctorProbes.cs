using System.Net;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;

namespace OpsKit.Cli.Commands.Doctor;

/// <summary>A certificate as an endpoint presents it, and what is known about it.</summary>
/// <param name="Subject">Whom it names.</param>
/// <param name="NotAfter">When it expires.</param>
/// <param name="Trust">Why it is trusted, in a few words, such as <c>pinned</c>.</param>
/// <param name="Refusal">Why it is not; null where it is.</param>
internal sealed record CertificateOpinion(string Subject, DateTimeOffset NotAfter, string Trust, OpsKitException? Refusal);

/// <summary>The SSH service of an ESXi host as its vim25 service tells it.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Running">Whether SSH (TSM-SSH) runs.</param>
/// <param name="Policy">When it starts: <c>on</c>, <c>off</c> or <c>automatic</c>.</param>
internal sealed record SshServiceState(string Host, bool Running, string Policy);

/// <summary>What a login showed.</summary>
/// <param name="Product">What the endpoint says it is.</param>
/// <param name="ClockSkew">The endpoint's clock minus the jump host's.</param>
/// <param name="SshServices">SSH service states of the hosts it knows; empty for an SSH host.</param>
internal sealed record LoginFacts(string Product, TimeSpan? ClockSkew, IReadOnlyList<SshServiceState> SshServices);

/// <summary>What the doctor does to the world; tests hand in their own. Each throws an <see cref="OpsKitException"/> that names the fix.</summary>
internal sealed record DoctorProbes
{
    /// <summary>The addresses of a name.</summary>
    public required Func<string, CancellationToken, Task<IReadOnlyList<IPAddress>>> ResolveAsync { get; init; }

    /// <summary>Opens and closes a TCP connection; the time it took.</summary>
    public required Func<string, int, TimeSpan, CancellationToken, Task<TimeSpan>> ConnectAsync { get; init; }

    /// <summary>Fetches and judges the certificate of a TLS service.</summary>
    public required Func<Endpoint, int, CancellationToken, Task<CertificateOpinion>> CertificateAsync { get; init; }

    /// <summary>Judges the SSH host key; the fingerprint it has.</summary>
    public required Func<Endpoint, CancellationToken, Task<string>> HostKeyAsync { get; init; }

    /// <summary>The endpoint's clock minus the jump host's, from the HTTP Date header; null where it sends none.</summary>
    public required Func<VCenterEndpoint, CancellationToken, Task<TimeSpan?>> ClockSkewAsync { get; init; }

    /// <summary>Logs in once.</summary>
    public required Func<Endpoint, CancellationToken, Task<LoginFacts>> LoginAsync { get; init; }

    /// <summary>Whether this process may send ICMP echo requests; the reason where not.</summary>
    public required Func<CancellationToken, Task<string?>> WhyNoIcmpAsync { get; init; }
}
