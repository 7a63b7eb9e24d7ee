using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpsKit.Connections;
using OpsKit.Connections.Platform;

namespace OpsKit.Engine.Plans;

/// <summary>A plan in a file, with what it takes to apply it later: the playbook's text, variables and limits it was made with.</summary>
public sealed record SavedPlan
{
    private const string Format = "opskit-plan";
    private const int FormatVersion = 1;
    private const long LargestFile = 64 << 20;

    /// <summary>The plan.</summary>
    public required Plan Plan { get; init; }

    /// <summary>The playbook's text.</summary>
    public required string PlaybookText { get; init; }

    /// <summary>The variables given on the command line.</summary>
    public IReadOnlyDictionary<string, string> Vars { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The limits given on the command line.</summary>
    public IReadOnlyList<string> Limit { get; init; } = [];

    /// <summary>Writes the file: whole or not at all.</summary>
    /// <exception cref="OpsKitException">It cannot be written.</exception>
    public void Write(string path) => Reports.ReportFile.Write(path, stream =>
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", FormatVersion);
            json.WriteString("sha256", Hash());
            json.WritePropertyName("plan");
            PlanJson.Write(json, Plan);
            json.WriteString("playbookText", PlaybookText);
            json.WriteStartObject("vars");
            foreach (var (name, value) in Vars.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteStartArray("limit");
            foreach (var pattern in Limit)
                json.WriteStringValue(pattern);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.Write(buffer.WrittenSpan);
        stream.Write("\n"u8);
    });

    /// <summary>Whether a file begins as a saved plan does, rather than as a playbook.</summary>
    public static bool IsOne(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            while (reader.Read() is var next and >= 0)
            {
                if (!char.IsWhiteSpace((char)next))
                    return next == '{' && Path.GetExtension(path).ToLowerInvariant() is not (".yaml" or ".yml");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever reads it for what it is tells why it cannot be read.
        }

        return false;
    }

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file, absolute.</param>
    /// <param name="name">The file as the user named it.</param>
    /// <exception cref="OpsKitException">Kind Usage: it cannot be read, is no saved plan, or was changed by hand.</exception>
    public static SavedPlan Read(string path, string name)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
                throw Bad(name, "it is larger than 64 MiB");
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format) || format.ValueEquals(Format) is false)
                throw Bad(name, "it does not say so");
            if (root.GetProperty("version").GetInt32() is var version && version != FormatVersion)
                throw Bad(name, $"its format is version {version}, and this opskit knows version {FormatVersion}");
            var saved = new SavedPlan
            {
                Plan = PlanJson.Read(root.GetProperty("plan")),
                PlaybookText = PlanJson.Text(root, "playbookText"),
                Vars = root.GetProperty("vars").EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? "", StringComparer.Ordinal),
                Limit = [.. root.GetProperty("limit").EnumerateArray().Select(pattern => pattern.GetString() ?? "")],
            };
            return PlanJson.Text(root, "sha256") == saved.Hash() ? saved : throw Bad(name, "it was changed after it was saved");
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw Bad(name, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpsKitException(FailureKind.Usage, $"{name}: {e.Message}", innerException: e);
        }
    }

    /// <summary>Guards against mistakes, not against forgers: who may write the file may also run opskit.</summary>
    private string Hash()
    {
        var text = new StringBuilder(PlanJson.Write(Plan)).Append('\0').Append(PlaybookText);
        foreach (var (name, value) in Vars.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            text.Append('\0').Append(name).Append('=').Append(value);
        foreach (var pattern in Limit)
            text.Append('\0').Append(pattern);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static OpsKitException Bad(string name, string why) =>
        new(FailureKind.Usage, $"{name} is no plan that can be applied: {why}", next: "make one with opskit plan PLAYBOOK -o FILE");
}
