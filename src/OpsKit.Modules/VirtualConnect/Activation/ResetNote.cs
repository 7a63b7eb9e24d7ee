using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>What a reset remembers before it is asked for, so that what came of it can be told: when, what ran, and what hung on the module.</summary>
internal sealed record ResetNote
{
    private static readonly JsonWriterOptions Style = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>When it was about to be asked for, by the jump host's clock.</summary>
    public required DateTimeOffset Asked { get; init; }

    /// <summary>The version that ran then; null where it was not known.</summary>
    public string? Ran { get; init; }

    /// <summary>Whether the Onboard Administrator said that it does it.</summary>
    public bool Accepted { get; init; }

    /// <summary>The NICs on the module whose links were up then.</summary>
    public IReadOnlyList<SeenLink> Links { get; init; } = [];

    public string Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Style))
        {
            json.WriteStartObject();
            json.WriteString("asked", Asked.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("ran", Ran);
            json.WriteBoolean("accepted", Accepted);
            json.WriteStartArray("links");
            foreach (var link in Links)
            {
                json.WriteStartArray();
                json.WriteStringValue(link.Host);
                json.WriteStringValue(link.Device);
                json.WriteStringValue(link.Neighbour);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads a note; null where it is none.</summary>
    public static ResetNote? Read(string? text)
    {
        if (text is null)
            return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            var note = document.RootElement;
            return new ResetNote
            {
                Asked = note.GetProperty("asked").GetDateTimeOffset(),
                Ran = note.GetProperty("ran").GetString(),
                Accepted = note.GetProperty("accepted").GetBoolean(),
                Links = [.. note.GetProperty("links").EnumerateArray().Select(link => new SeenLink(link[0].GetString() ?? "", link[1].GetString() ?? "", link[2].GetString()))],
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}

/// <summary>A NIC of a host with its link up.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Device">Such as <c>vmnic0</c>.</param>
/// <param name="Neighbour">What it heard from the switch; null for nothing.</param>
internal sealed record SeenLink(string Host, string Device, string? Neighbour)
{
    public string Name => $"{Host} {Device}";
}
