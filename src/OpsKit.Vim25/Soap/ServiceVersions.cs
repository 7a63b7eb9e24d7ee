using System.Net;
using System.Xml;

namespace OpsKit.Vim25;

/// <summary>The API versions a server offers, as it lists them in <c>vimServiceVersions.xml</c>, and the choice among them.</summary>
/// <param name="Offered">Versions of the vim25 namespace, the server's newest first; empty where the server has no such file.</param>
public sealed record ServiceVersions(IReadOnlyList<string> Offered)
{
    /// <summary>The oldest API version this client speaks: vSphere 4.1.</summary>
    public const string Oldest = "4.1";

    /// <summary>The versions this client's types were generated for, newest first. Versions above the first one are spoken to as the first.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        "8.0.3.0", "8.0.2.0", "8.0.1.0", "8.0.0.2", "8.0.0.1", "8.0.0.0",
        "7.0.3.2", "7.0.3.1", "7.0.3.0", "7.0.2.1", "7.0.2.0", "7.0.1.1", "7.0.1.0", "7.0.0.0", "7.0",
        "6.9.1", "6.8.7", "6.7.3", "6.7.2", "6.7.1", "6.7", "6.5", "6.0", "5.5", "5.1", "5.0", Oldest,
    ];

    /// <summary>Asks a server for its versions. No login is needed.</summary>
    /// <param name="http">Sends the request.</param>
    /// <param name="sdk">The service's address, such as <c>https://vcenter/sdk</c>.</param>
    /// <param name="cancellationToken">Abandons the call.</param>
    /// <exception cref="VimTransportException">The server cannot be reached.</exception>
    /// <exception cref="VimProtocolException">The file is there and cannot be understood.</exception>
    public static async Task<ServiceVersions> FetchAsync(HttpClient http, Uri sdk, CancellationToken cancellationToken)
    {
        var address = new Uri(sdk.AbsoluteUri.TrimEnd('/') + "/vimServiceVersions.xml");
        try
        {
            using var response = await http.GetAsync(address, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed)
                return new ServiceVersions([]);
            if (!response.IsSuccessStatusCode)
                throw new VimProtocolException($"{address}: the server answered HTTP {(int)response.StatusCode} {response.ReasonPhrase}") { StatusCode = response.StatusCode };
            return Parse(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (XmlException e)
        {
            throw new VimProtocolException($"{address}: not a list of versions: {e.Message}", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw VimTransportException.From(e, address.ToString());
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VimTransportException(TransportFailure.TimedOut, $"{address}: no answer within the time given", e);
        }
    }

    /// <summary>Chooses the newest version both sides know.</summary>
    /// <param name="note">What was assumed, in a sentence; null where both sides agree on a version by name.</param>
    /// <exception cref="VimProtocolException">Every version the server offers is older than <see cref="Oldest"/>.</exception>
    public string Choose(out string? note)
    {
        note = null;
        if (Known.FirstOrDefault(Offered.Contains) is { } common)
            return common;
        if (Offered.Count == 0)
        {
            note = $"the server does not list its API versions; {Oldest} is assumed until it says its own";
            return Oldest;
        }

        var newest = Offered[0];
        var choice = NewestNotAbove(newest)
            ?? throw new VimProtocolException($"the server's API version {newest} is older than {Oldest} (vSphere 4.1), the oldest this client speaks");
        note = $"the server offers {newest}, which this client does not know; it is spoken to as {choice}";
        return choice;
    }

    /// <summary>The newest known version that is not above the one a server says it has; null where all are.</summary>
    public static string? NewestNotAbove(string serverVersion) => Known.FirstOrDefault(known => Compare(known, serverVersion) <= 0);

    /// <summary>Compares version numbers part by part; a missing part is 0.</summary>
    internal static int Compare(string left, string right)
    {
        var (a, b) = (Parts(left), Parts(right));
        for (var i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            var difference = a.ElementAtOrDefault(i).CompareTo(b.ElementAtOrDefault(i));
            if (difference != 0)
                return difference;
        }

        return 0;
    }

    /// <summary>Leading digits of each part: "2.5u2" is 2.5.</summary>
    private static int[] Parts(string version) =>
        [.. version.Split('.').Select(part => int.TryParse(part.TakeWhile(char.IsAsciiDigit).ToArray(), out var number) ? number : 0)];

    internal static ServiceVersions Parse(string xml)
    {
        using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var offered = new List<string>();
        var wanted = false;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName == "namespace")
                wanted = false;
            else if (reader.LocalName == "name")
                wanted = reader.ReadString().Trim() == "urn:vim25";
            else if (reader.LocalName == "version" && wanted)
                offered.Add(reader.ReadString().Trim());
        }

        return new ServiceVersions(offered);
    }
}
