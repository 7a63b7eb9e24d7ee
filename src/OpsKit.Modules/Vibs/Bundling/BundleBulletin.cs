using System.Globalization;
using System.Xml.Linq;
using static OpsKit.Modules.Vibs.BundleXml;

namespace OpsKit.Modules.Vibs;

/// <summary>What a bundle's metadata say of its bulletin and packages.</summary>
internal static class BundleBulletin
{
    /// <summary><c>vmware.xml</c>: the bulletin with all of its packages.</summary>
    public static byte[] Response(IReadOnlyList<BundledPackage> packages, BundleFacts facts) => Of(new XElement(
        "metadataResponse",
        Text("version", "3.0"),
        Text("timestamp", DescriptorWriter.Moment(facts.Released)),
        Element(facts, packages.Select(package => Listed(package, facts)))));

    /// <summary><c>bulletins/ID.xml</c>: the bulletin with its packages' ids.</summary>
    public static byte[] Bulletin(IReadOnlyList<BundledPackage> packages, BundleFacts facts) =>
        Of(Element(facts, packages.Select(package => Text("vibID", package.Package.Descriptor.Id))));

    /// <summary><c>vibs/NAME-NUMBER.xml</c>: the descriptor with where the package is, its size and digest.</summary>
    public static byte[] Package(BundledPackage package)
    {
        var root = new XElement(package.Descriptor);
        XElement[] file =
        [
            Text("relative-path", package.Path),
            Text("packed-size", package.Package.Bytes.ToString(CultureInfo.InvariantCulture)),
            new("checksum", new XAttribute("checksum-type", "sha-256"), package.Package.Sha256),
        ];
        if (root.Child("software-tags") is { } tags)
            tags.AddAfterSelf(file);
        else
            root.Add(file);
        return Of(root);
    }

    private static XElement Element(BundleFacts facts, IEnumerable<XElement> packages) => new(
        "bulletin",
        Text("id", facts.Bulletin),
        Text("vendor", facts.Vendor),
        Text("summary", facts.Summary),
        Text("severity", "general"),
        Text("category", "enhancement"),
        Text("urgency", "Important"),
        Text("releaseType", "extension"),
        Text("description", facts.Summary),
        Text("kbUrl", ""),
        Text("contact", ""),
        Text("releaseDate", DescriptorWriter.Moment(facts.Released)),
        new XElement("platforms", Platforms(facts, "softwarePlatform")),
        new XElement("vibList", packages));

    private static IEnumerable<XElement> Platforms(BundleFacts facts, string element) => facts.ProductLines.SelectMany(product => facts.Versions.Select(version =>
        new XElement(element, new XAttribute("locale", ""), new XAttribute("version", version), new XAttribute("productLineID", product))));

    private static XElement Listed(BundledPackage listed, BundleFacts facts)
    {
        var (package, descriptor) = (listed.Package, listed.Package.Descriptor);
        return new XElement(
            "vib",
            Text("vibVersion", "1.4.5"),
            Text("vibID", descriptor.Id),
            Text("name", descriptor.Name),
            Text("version", descriptor.Version),
            Text("vendor", descriptor.Vendor),
            Text("vibType", descriptor.Type),
            Text("summary", descriptor.Summary),
            new XElement("systemReqs", Text("maintenance-mode", Word(descriptor.MaintenanceModeRequired)), Platforms(facts, "swPlatform")),
            new XElement(listed.Descriptor.Child("relationships") ?? new XElement("relationships")),
            new XElement("postInstall", Text("rebootRequired", Word(!(descriptor.LiveInstallAllowed ?? false))), Text("hostdRestart", "false")),
            new XElement("softwareTags", descriptor.Tags.Select(tag => Text("tag", tag))),
            new XElement(
                "vibFile",
                Text("sourceUrl", ""),
                Text("relativePath", listed.Path),
                Text("packedSize", package.Bytes.ToString(CultureInfo.InvariantCulture)),
                new XElement("checksum", Text("checksumType", "sha-256"), Text("checksum", package.Sha256))));
    }

    private static string Word(bool? flag) => flag ?? true ? "true" : "false";
}
