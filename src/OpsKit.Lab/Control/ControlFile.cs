using System.Text;
using System.Text.Json;
using OpsKit.Connections;
using OpsKit.Connections.Platform;

namespace OpsKit.Lab.Control;

/// <summary>Where a serving lab can be spoken to, and with which token; <c>control.json</c> in its folder, which only its owner may read.</summary>
internal sealed record ControlFile(Uri Address, string Token, int ProcessId)
{
    public const string Name = "control.json";

    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("address", Address.ToString());
            json.WriteString("token", Token);
            json.WriteNumber("process", ProcessId);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    /// <summary>Reads the file of a folder.</summary>
    /// <exception cref="OpsKitException">There is none, or it is damaged (Usage).</exception>
    public static ControlFile Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            var root = document.RootElement;
            return new ControlFile(new Uri(root.GetProperty("address").GetString()!), root.GetProperty("token").GetString()!, root.GetProperty("process").GetInt32());
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new OpsKitException(FailureKind.Usage, "no lab serves from this folder", folder, "start one with opskit-lab serve, or name its folder with --folder DIR", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or UriFormatException or FormatException)
        {
            throw new OpsKitException(FailureKind.Usage, $"cannot be read: {e.Message}", path, "start the lab anew", e);
        }
    }
}
