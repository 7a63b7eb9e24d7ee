using System.Text.Json;

namespace OpsKit.Modules.Vibs;

/// <summary>
/// What files hold, as one JSON document: an object with <c>files</c>, each with its <c>packages</c>, a bundle's <c>metadata</c>, the bundles within it
/// (<c>inner</c>) and its <c>problems</c>; a package has its descriptor's facts, <c>esxi</c> (by release line), <c>payloads</c> with digests and files, and problems.
/// Every key is always there; what is not known is null. The document is ASCII.
/// </summary>
public static class VibInspectJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    /// <summary>Writes the document, with a line feed at its end.</summary>
    /// <param name="inspections">What was read.</param>
    /// <param name="output">Receives UTF-8; left open.</param>
    public static void Write(IReadOnlyList<VibInspection> inspections, Stream output)
    {
        ArgumentNullException.ThrowIfNull(inspections);
        ArgumentNullException.ThrowIfNull(output);
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteArray("files", inspections, WriteFile);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteFile(Utf8JsonWriter json, VibInspection inspection)
    {
        var file = inspection.File;
        json.WriteStartObject();
        json.WriteString("name", file.Name);
        json.WriteString("kind", file.Kind.Word());
        json.WriteNumber("bytes", file.Bytes);
        json.WriteString("sha256", file.Sha256);
        json.WriteBoolean("sound", inspection.IsSound);
        if (file.Bundle is { } bundle)
            WriteBundle(json, bundle);
        else
            json.WriteNull("metadata");
        json.WriteArray("packages", inspection.Packages, PackageJson.Write);
        json.WriteArray("inner", inspection.Inner, WriteFile);
        json.WriteArray("problems", file.Problems, PackageJson.WriteProblem);
        json.WriteEndObject();
    }

    private static void WriteBundle(Utf8JsonWriter json, VibBundle bundle)
    {
        json.WriteStartObject("metadata");
        json.WriteTexts("vendors", bundle.Vendors);
        json.WriteArray("platforms", bundle.Platforms, PackageJson.WritePlatform);
        json.WriteTexts("bulletins", bundle.Bulletins);
        json.WriteTexts("profiles", bundle.Profiles);
        json.WriteEndObject();
    }
}
