namespace OpsKit.Vim25;

/// <summary>What was said in one call, for a transcript.</summary>
/// <param name="Exchange">What the call was and how it ended.</param>
/// <param name="Started">When it began.</param>
/// <param name="ApiVersion">The API version it asked for.</param>
/// <param name="Status">The HTTP status of the answer; null where none came.</param>
/// <param name="Request">The request's body.</param>
/// <param name="Answer">The answer's body as far as it was read; empty for logins and the like, whose answers hold session keys or may quote the password.</param>
public sealed record SoapConversation(SoapExchange Exchange, DateTimeOffset Started, string ApiVersion, int? Status, SoapBody Request, SoapBody Answer);

/// <summary>A body, cut in the middle where it is long. What stands in elements named as passwords and the like are is left out.</summary>
/// <param name="Beginning">Its beginning, or all of it.</param>
/// <param name="End">Its end; empty where <paramref name="Beginning"/> is all of it.</param>
/// <param name="Omitted">Bytes left out in between.</param>
public sealed record SoapBody(string Beginning, string End, long Omitted)
{
    /// <summary>No body.</summary>
    public static SoapBody Empty { get; } = new("", "", 0);
}

/// <summary>Listens in on a <see cref="SoapClient"/>.</summary>
public interface ISoapTap
{
    /// <summary>Whether anybody listens now; asked once at the beginning of each call. Where nobody does, a call costs what it costs without a tap.</summary>
    bool IsListening { get; }

    /// <summary>How many bytes of the beginning and of the end of each body are kept.</summary>
    int KeptBytes { get; }

    /// <summary>A call is over. Called on any thread; it must not throw.</summary>
    void Heard(SoapConversation conversation);
}
