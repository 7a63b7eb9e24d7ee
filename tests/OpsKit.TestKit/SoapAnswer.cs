using System.Text;

namespace OpsKit.TestKit;

/// <summary>What the scripted server answers.</summary>
public sealed record SoapAnswer
{
    private const string EnvelopeStart =
        """<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>""";

    private const string EnvelopeEnd = "</soapenv:Body></soapenv:Envelope>";

    /// <summary>HTTP status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Content type.</summary>
    public string ContentType { get; init; } = "text/xml; charset=utf-8";

    /// <summary>Further header lines, such as <c>Location: http://…</c>.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>The body.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>Writes the body instead of <see cref="Body"/>; the connection ends after it.</summary>
    public Func<Stream, CancellationToken, Task>? Stream { get; init; }

    /// <summary>Waits before answering.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Ends the connection after this many bytes of the body; negative resets it without any answer.</summary>
    public int? CutAt { get; init; }

    /// <summary>Sends this many bytes of the body, then nothing more, and keeps the connection open.</summary>
    public int? HangAt { get; init; }

    /// <summary>Text with a status.</summary>
    public static SoapAnswer Text(int status, string body, string contentType = "text/html") =>
        new() { Status = status, ContentType = contentType, Body = Encoding.UTF8.GetBytes(body) };

    /// <summary>A SOAP envelope around XML.</summary>
    public static SoapAnswer Envelope(string content, int status = 200) =>
        new() { Status = status, Body = Encoding.UTF8.GetBytes(EnvelopeStart + content + EnvelopeEnd) };

    /// <summary>The response element of an operation.</summary>
    /// <param name="operation">The operation's name.</param>
    /// <param name="returnValues">XML inside the response element, such as <c>&lt;returnval&gt;…&lt;/returnval&gt;</c>.</param>
    public static SoapAnswer Response(string operation, string returnValues = "") =>
        Envelope($"""<{operation}Response xmlns="urn:vim25">{returnValues}</{operation}Response>""");

    /// <summary>A SOAP 1.1 fault with status 500.</summary>
    /// <param name="type">Type of the fault, such as <c>InvalidLogin</c>.</param>
    /// <param name="message">The server's message.</param>
    /// <param name="content">XML inside the fault's detail element.</param>
    public static SoapAnswer Fault(string type, string message, string content = "") => Envelope(
        $"""<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>{message}</faultstring><detail><{type}Fault xmlns="urn:vim25" xsi:type="{type}">{content}</{type}Fault></detail></soapenv:Fault>""",
        500);

    /// <summary>An envelope whose middle is written piece by piece, for answers too large to hold.</summary>
    /// <param name="operation">The operation's name.</param>
    /// <param name="pieces">Return values, one piece at a time.</param>
    public static SoapAnswer Streamed(string operation, IEnumerable<string> pieces) => new()
    {
        Stream = async (stream, ct) =>
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false), 64 * 1024, leaveOpen: true);
            await writer.WriteAsync($"""{EnvelopeStart}<{operation}Response xmlns="urn:vim25">""");
            foreach (var piece in pieces)
                await writer.WriteAsync(piece.AsMemory(), ct);
            await writer.WriteAsync($"</{operation}Response>{EnvelopeEnd}");
        },
    };
}
