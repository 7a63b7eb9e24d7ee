using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Vibs;

/// <summary>What a descriptor says.</summary>
/// <param name="Vib">The package.</param>
/// <param name="Payloads">Its payloads.</param>
/// <param name="Flaw">Where it breaks the rules; null for nowhere.</param>
/// <param name="RelativePath">Where a depot has the package; null outside depots.</param>
internal sealed record VibDescription(LabVib Vib, IReadOnlyList<VibPayload> Payloads, string? Flaw, string? RelativePath);

/// <summary>Reads <c>descriptor.xml</c>, in a package or in a depot's metadata.</summary>
internal static class VibDescriptor
{
    private static readonly string[] Order =
    [
        "type", "name", "version", "vendor", "summary", "description", "release-date", "urls", "relationships", "software-tags", "system-requires", "file-list", "acceptance-level",
        "live-install-allowed", "live-remove-allowed", "cimom-restart", "stateless-ready", "overlay", "payloads",
    ];

    private static readonly string[] CommunityPaths =
    [
        "etc/vmware/shutdown/shutdown.d/", "etc/vmware/pciid/", "etc/vmware/vm-support/", "etc/vmware/firewall/", "etc/vmware/service/", "etc/vmware/driver.map.d/", "etc/cim/", "etc/config/",
        "opt/", "usr/lib/cim/", "usr/lib/pycim/", "usr/lib/hostprofiles/plugins/", "usr/lib/hostprofiles/locale/", "usr/lib/vmware/", "usr/lib/vmware-debug/", "usr/libexec/jumpstart/plugins/",
        "usr/share/hwdata/driver.pciids.d/", "var/lib/sfcb/registration/",
    ];

    /// <exception cref="XmlException">It is not well-formed.</exception>
    /// <exception cref="FormatException">It is no descriptor, or lacks what every one has.</exception>
    public static VibDescription Read(Stream stream)
    {
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
        if (root.Name.LocalName != "vib")
            throw new FormatException($"the descriptor's root is \"{root.Name.LocalName}\", not \"vib\"");
        var level = Text(root, "acceptance-level");
        var payloads = root.Elements("payloads").Elements("payload").Select(Payload).ToList();
        var requires = root.Element("system-requires");
        var relations = root.Element("relationships");
        var vib = new LabVib(Needed(root, "name"), Needed(root, "version"), Needed(root, "vendor"))
        {
            Type = Text(root, "type") is { Length: > 0 } type ? type : "bootbank",
            AcceptanceLevel = LabAcceptance.OfDescriptor(level) ?? throw new FormatException($"\"{level}\" is no acceptance level"),
            Summary = Text(root, "summary"),
            Description = Text(root, "description"),
            Urls = [.. root.Elements("urls").Elements("url").Select(url => (Attribute(url, "key"), url.Value.Trim()))],
            Created = Date(Text(root, "release-date")),
            Depends = Relations(relations, "depends", "constraint"),
            Conflicts = Relations(relations, "conflicts", "constraint"),
            Replaces = Relations(relations, "replaces", "constraint"),
            Provides = Relations(relations, "provides", "provide"),
            MaintenanceModeRequired = requires is not null && Flag(requires, "maintenance-mode"),
            LiveInstallAllowed = Flag(root, "live-install-allowed"),
            LiveRemoveAllowed = Flag(root, "live-remove-allowed"),
            StatelessReady = Flag(root, "stateless-ready"),
            Overlay = Flag(root, "overlay"),
            Tags = [.. root.Elements("software-tags").Elements("tag").Select(tag => tag.Value.Trim())],
            Payloads = [.. payloads.Select(payload => payload.Name)],
        };
        return new VibDescription(vib, payloads, Flaw(root, vib), root.Element("relative-path")?.Value.Trim());
    }

    private static string? Flaw(XElement root, LabVib vib)
    {
        var last = -1;
        foreach (var element in root.Elements())
        {
            var place = Array.IndexOf(Order, element.Name.LocalName);
            if (place >= 0 && place <= last)
                return Invalid(element);
            last = Math.Max(last, place);
        }

        if (vib.AcceptanceLevel != LabAcceptance.Community)
            return null;
        if (vib.Overlay)
            return Invalid(root.Element("overlay")!);
        return root.Elements("file-list").Elements("file").FirstOrDefault(file => !CommunityPaths.Any(path => file.Value.Trim().StartsWith(path, StringComparison.Ordinal))) is { } outside
            ? Invalid(outside)
            : null;
    }

    private static string Invalid(IXmlLineInfo place) => $"(line {place.LineNumber}: col 0) Element vib failed to validate content";

    private static VibPayload Payload(XElement payload) => new(
        Attribute(payload, "name"), Attribute(payload, "type"),
        [.. payload.Elements("checksum").Select(checksum => new VibChecksum(Attribute(checksum, "checksum-type"), checksum.Value.Trim(), Attribute(checksum, "verify-process") == "gunzip"))]);

    private static IReadOnlyList<VibRelation> Relations(XElement? relations, string group, string each) =>
        [.. (relations?.Element(group)?.Elements(each) ?? []).Select(one => new VibRelation(Attribute(one, "name"), (string?)one.Attribute("relation") ?? (one.Attribute("version") is null ? null : "="), (string?)one.Attribute("version")))];

    private static string Needed(XElement root, string name) => Text(root, name) is { Length: > 0 } text ? text : throw new FormatException($"the descriptor has no \"{name}\"");

    private static string Text(XElement parent, string name) => parent.Element(name)?.Value.Trim() ?? "";

    private static bool Flag(XElement parent, string name) => Text(parent, name).Equals("true", StringComparison.OrdinalIgnoreCase);

    private static string Attribute(XElement element, string name) => (string?)element.Attribute(name) ?? "";

    private static DateTimeOffset Date(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : default;
}
