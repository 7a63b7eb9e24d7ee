using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpsKit.Connections.Secrets;
using OpsKit.Vim25;

namespace OpsKit.Connections.Transcripts;

/// <summary>A SOAP call as a line of JSON.</summary>
internal static class SoapLine
{
    private static readonly JsonWriterOptions Style = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The last line of a file that has become too large.</summary>
    public static ReadOnlyMemory<byte> Full { get; } = "{\"full\":\"this file has reached its limit; what follows is not in it\"}\n"u8.ToArray();

    public static byte[] Of(SoapConversation said, Redactor redactor)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Style))
        {
            json.WriteStartObject();
            json.WriteString("at", said.Started.UtcDateTime);
            json.WriteString("operation", said.Exchange.Operation);
            json.WriteString("kind", said.Exchange.Kind.ToString().ToLowerInvariant());
            json.WriteString("on", $"{said.Exchange.Self.Type}:{said.Exchange.Self.Value}");
            json.WriteString("apiVersion", said.ApiVersion);
            json.WriteNumber("ms", Math.Round(said.Exchange.Duration.TotalMilliseconds, 1));
            json.WriteString("outcome", said.Exchange.Outcome.ToString().ToLowerInvariant());
            if (said.Exchange.FaultType is { } fault)
                json.WriteString("fault", Text(redactor.Redact(fault)));
            if (said.Status is { } status)
                json.WriteNumber("status", status);
            json.WriteNumber("answerBytes", said.Exchange.ResponseBytes);
            Body(json, "request", said.Request, redactor);
            Body(json, "answer", said.Answer, redactor);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Body(Utf8JsonWriter json, string name, SoapBody body, Redactor redactor)
    {
        var (beginning, end) = TranscriptText.Redact(redactor, TranscriptText.OneKindOfLineEnd(body.Beginning), TranscriptText.OneKindOfLineEnd(body.End), body.Omitted);
        json.WriteString(name, Text(beginning));
        if (body.Omitted == 0)
            return;
        json.WriteNumber($"{name}OmittedBytes", body.Omitted);
        json.WriteString($"{name}End", Text(end));
    }

    private static JsonEncodedText Text(string text) => JsonEncodedText.Encode(TranscriptText.Shown(text), JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
}
