using System.Net;
using System.Security.Authentication;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Trust;

namespace OpsKit.Connections.Enclosures;

/// <summary>
/// Fetches what an Onboard Administrator tells without a login, <c>https://ADDRESS/xmldata?item=all</c>. Enclosures may be set to tell nothing there, so that whoever
/// asks must get along without; why there is nothing is always said.
/// </summary>
public sealed class XmlDataClient
{
    private const string Path = "/xmldata?item=all";
    private const int LongestAnswer = 16 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TrustStore _trust;
    private readonly TimeProvider _clock;
    private readonly Action<string>? _warn;

    /// <summary>Creates a client.</summary>
    /// <param name="trust">The certificates trusted so far.</param>
    /// <param name="host">The machine this runs on: its clock.</param>
    /// <param name="warn">Hears that old TLS is in use; null for nobody.</param>
    public XmlDataClient(TrustStore trust, JumpHost host, Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        (_trust, _clock, _warn) = (trust, host.Clock, warn);
    }

    /// <summary>Fetches the document of one Onboard Administrator.</summary>
    /// <param name="administrator">The endpoint; its address, HTTPS port and TLS settings are used.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<XmlDataAnswer> FetchAsync(EnclosureEndpoint administrator, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(administrator);
        var target = TlsTarget.For(administrator);
        var judge = new CertificateJudge(target, _trust, _clock);
        using var http = new HttpClient(TlsTrust.CreateHandler(target, judge, _warn)) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LongestAnswer };
        using var deadline = new CancellationTokenSource(Patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var response = await http.GetAsync(new Uri($"https://{target.Address}{Path}"), either.Token).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.OK
                ? new XmlDataAnswer(await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false), null)
                : Nothing($"HTTP {(int)response.StatusCode}{(response.StatusCode == HttpStatusCode.NotFound ? ": it is not enabled there (ENABLE XMLREPLY)" : "")}");
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Nothing($"no end of it within {Patience.TotalSeconds:0} s");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or AuthenticationException or OpsKitException)
        {
            return Nothing(TlsTrust.Explain(failure, target, judge)?.What ?? Innermost(failure).Message);
        }
    }

    private static XmlDataAnswer Nothing(string reason) => new(ReadOnlyMemory<byte>.Empty, reason.Split('\n')[0].TrimEnd('.', '\r'));

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}

/// <summary>What was fetched.</summary>
/// <param name="Document">The document as it came; empty where there is none.</param>
/// <param name="WhyNot">Why there is none; null where there is one.</param>
public sealed record XmlDataAnswer(ReadOnlyMemory<byte> Document, string? WhyNot);
