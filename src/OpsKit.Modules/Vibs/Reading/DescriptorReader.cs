using System.Globalization;
using System.Xml.Linq;

namespace OpsKit.Modules.Vibs;

/// <summary>Reads <c>descriptor.xml</c>, of a package or as a bundle's metadata repeat it.</summary>
internal static class DescriptorReader
{
    /// <summary>Reads it.</summary>
    /// <param name="root">The document's root.</param>
    /// <exception cref="ArchiveException">It is no descriptor, or lacks what names the package.</exception>
    public static VibDescriptor Read(XElement root)
    {
        if (root.Name.LocalName != "vib")
            throw new ArchiveException($"the descriptor's root is {root.Name.LocalName}, not vib");
        if (root.Child("vibVersion") is { } old)
            throw new ArchiveException($"is a package of ESX or ESXi 4 (format {old.Value.Trim()}): ESXi 5 and later do not take it");
        var relations = root.Child("relationships");
        var requires = root.Child("system-requires");
        var level = root.Text("acceptance-level");
        return new VibDescriptor
        {
            Name = Needed(root, "name"),
            Version = Needed(root, "version"),
            Vendor = Needed(root, "vendor"),
            Type = root.Text("type") is { Length: > 0 } type ? type : "bootbank",
            FormatVersion = root.Said("version"),
            Summary = root.Text("summary"),
            Description = root.Text("description"),
            ReleaseDate = DateTimeOffset.TryParse(root.Text("release-date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null,
            AcceptanceLevel = VibAcceptance.OfDescriptor(level),
            AcceptanceWord = level,
            Urls = [.. root.Child("urls").Children("url").Select(url => $"{url.Said("key")}|{url.Value.Trim()}")],
            Depends = Relations(relations, "depends"),
            Conflicts = Relations(relations, "conflicts"),
            Replaces = Relations(relations, "replaces"),
            Provides = Relations(relations, "provides"),
            CompatibleWith = Relations(relations, "compatibleWith"),
            Tags = [.. root.Child("software-tags").Children("tag").Select(tag => tag.Value.Trim())],
            MaintenanceModeRequired = MaintenanceMode(requires?.Child("maintenance-mode")),
            Platforms = requires is null ? [] : [.. Either(requires, "softwarePlatform", "swplatform").Select(platform => new VibPlatform(platform.Said("productLineID"), platform.Said("version")))],
            Hardware = requires is null ? [] : [.. Either(requires, "hardwarePlatform", "hwplatform").Select(hardware => new VibHardware(hardware.Said("vendor"), hardware.Said("model")))],
            Files = [.. root.Child("file-list").Children("file").Select(file => file.Value.Trim())],
            LiveInstallAllowed = Flag(root, "live-install-allowed"),
            LiveRemoveAllowed = Flag(root, "live-remove-allowed"),
            CimomRestart = Flag(root, "cimom-restart"),
            StatelessReady = Flag(root, "stateless-ready"),
            Overlay = Flag(root, "overlay"),
            Payloads = [.. root.Child("payloads").Children("payload").Select(Payload)],
        };
    }

    private static VibPayload Payload(XElement payload) => new(payload.Said("name"), payload.Said("type"))
    {
        DeclaredBytes = long.TryParse(payload.Said("size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null,
        Digests = [.. payload.Children("checksum").Select(checksum => new VibDigest(checksum.Said("checksum-type"), checksum.Said("verify-process"), checksum.Value.Trim()))],
    };

    private static IReadOnlyList<VibRelation> Relations(XElement? relations, string group) =>
    [
        .. (relations?.Child(group)?.Elements() ?? []).Where(one => one.Name.LocalName is "constraint" or "provide")
            .Select(one => new VibRelation(one.Said("name"), one.Said("relation") is { Length: > 0 } relation ? relation : null, one.Said("version") is { Length: > 0 } version ? version : null)),
    ];

    private static IEnumerable<XElement> Either(XElement parent, string one, string other) => parent.Children(one).Concat(parent.Children(other));

    private static string Needed(XElement root, string name) =>
        root.Text(name) is { Length: > 0 } text ? text : throw new ArchiveException($"the descriptor says no {name}");

    /// <summary>A word; newer tools tell installing and removing apart by attributes, of which the stricter counts.</summary>
    private static bool? MaintenanceMode(XElement? element) => element is null ? null
        : Word(element.Value) ?? (element.Attributes().Select(attribute => Word(attribute.Value)).OfType<bool>().ToList() is { Count: > 0 } words ? words.Contains(true) : null);

    private static bool? Flag(XElement parent, string name) => Word(parent.Text(name));

    private static bool? Word(string text) => text.Trim().ToLowerInvariant() switch { "true" => true, "false" => false, _ => null };
}
