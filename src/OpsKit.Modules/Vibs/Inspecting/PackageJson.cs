using System.Text.Json;

namespace OpsKit.Modules.Vibs;

/// <summary>A package in JSON.</summary>
internal static class PackageJson
{
    public static void Write(Utf8JsonWriter json, VibInspectedPackage inspected)
    {
        var package = inspected.Package;
        json.WriteStartObject();
        json.WriteString("origin", package.Origin);
        json.WriteNumber("bytes", package.Bytes);
        json.WriteString("sha256", package.Sha256);
        json.WriteBoolean("sound", package.IsSound);
        WriteDescriptor(json, package.Descriptor);
        json.WriteNumber("signatureBytes", package.SignatureBytes);
        json.WriteArray("esxi", inspected.Fits, WriteFit);
        json.WriteArray("payloads", package.Payloads, WritePayload);
        json.WriteArray("problems", package.Problems, WriteProblem);
        json.WriteEndObject();
    }

    public static void WriteProblem(Utf8JsonWriter json, VibProblem problem)
    {
        json.WriteStartObject();
        json.WriteString("severity", problem.Severity == VibProblemSeverity.Error ? "error" : "warning");
        json.WriteString("subject", problem.Subject);
        json.WriteString("what", problem.What);
        json.WriteEndObject();
    }

    public static void WritePlatform(Utf8JsonWriter json, VibPlatform platform)
    {
        json.WriteStartObject();
        json.WriteString("productLine", platform.ProductLine);
        json.WriteString("version", platform.Version);
        json.WriteEndObject();
    }

    private static void WriteDescriptor(Utf8JsonWriter json, VibDescriptor descriptor)
    {
        json.WriteString("id", descriptor.Id);
        json.WriteString("name", descriptor.Name);
        json.WriteString("version", descriptor.Version);
        json.WriteString("vendor", descriptor.Vendor);
        json.WriteString("type", descriptor.Type);
        json.WriteString("formatVersion", descriptor.FormatVersion);
        json.WriteString("summary", descriptor.Summary);
        json.WriteString("description", descriptor.Description);
        json.WriteString("releaseDate", descriptor.ReleaseDate?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
        json.WriteString("acceptanceLevel", descriptor.AcceptanceLevel?.ToString());
        json.WriteTexts("urls", descriptor.Urls);
        foreach (var (name, relations) in new[]
        {
            ("depends", descriptor.Depends), ("conflicts", descriptor.Conflicts), ("replaces", descriptor.Replaces), ("provides", descriptor.Provides), ("compatibleWith", descriptor.CompatibleWith),
        })
            json.WriteArray(name, relations, WriteRelation);
        json.WriteTexts("tags", descriptor.Tags);
        json.WriteBoolean("maintenanceModeRequired", descriptor.MaintenanceModeRequired);
        json.WriteArray("platforms", descriptor.Platforms, WritePlatform);
        json.WriteArray("hardware", descriptor.Hardware, WriteHardware);
        json.WriteTexts("fileList", descriptor.Files);
        json.WriteBoolean("liveInstallAllowed", descriptor.LiveInstallAllowed);
        json.WriteBoolean("liveRemoveAllowed", descriptor.LiveRemoveAllowed);
        json.WriteBoolean("cimomRestart", descriptor.CimomRestart);
        json.WriteBoolean("statelessReady", descriptor.StatelessReady);
        json.WriteBoolean("overlay", descriptor.Overlay);
    }

    private static void WriteRelation(Utf8JsonWriter json, VibRelation relation)
    {
        json.WriteStartObject();
        json.WriteString("name", relation.Name);
        json.WriteString("relation", relation.Relation);
        json.WriteString("version", relation.Version);
        json.WriteEndObject();
    }

    private static void WriteHardware(Utf8JsonWriter json, VibHardware hardware)
    {
        json.WriteStartObject();
        json.WriteString("vendor", hardware.Vendor);
        json.WriteString("model", hardware.Model);
        json.WriteEndObject();
    }

    private static void WriteFit(Utf8JsonWriter json, EsxiFit fit)
    {
        json.WriteStartObject();
        json.WriteString("line", fit.Line.ToString());
        json.WriteString("fitness", fit.Fitness.ToString().ToLowerInvariant());
        json.WriteTexts("reasons", fit.Reasons);
        json.WriteEndObject();
    }

    private static void WritePayload(Utf8JsonWriter json, VibPayload payload)
    {
        json.WriteStartObject();
        json.WriteString("name", payload.Name);
        json.WriteString("type", payload.Type);
        json.WriteString("format", payload.Format);
        json.WriteNumber("declaredBytes", payload.DeclaredBytes);
        json.WriteNumber("bytes", payload.Bytes);
        json.WriteNumber("contentBytes", payload.ContentBytes);
        json.WriteArray("digests", payload.Digests, WriteDigest);
        json.WriteArray("files", payload.Files, WriteContent);
        json.WriteEndObject();
    }

    private static void WriteDigest(Utf8JsonWriter json, VibDigest digest)
    {
        json.WriteStartObject();
        json.WriteString("algorithm", digest.Algorithm);
        json.WriteString("process", digest.Process);
        json.WriteString("result", digest.Standing.Word());
        json.WriteString("expected", digest.Expected);
        json.WriteString("calculated", digest.Calculated);
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, VibContent content)
    {
        json.WriteStartObject();
        json.WriteString("path", content.Path);
        json.WriteString("kind", content.Kind.Word());
        json.WriteString("mode", content.ModeText());
        json.WriteNumber("bytes", content.Bytes);
        json.WriteString("target", content.LinkTarget);
        json.WriteEndObject();
    }
}
