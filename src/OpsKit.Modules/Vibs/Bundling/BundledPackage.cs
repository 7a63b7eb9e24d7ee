using System.Xml.Linq;

namespace OpsKit.Modules.Vibs;

/// <summary>A package that goes into a bundle.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Package">What was found in it.</param>
/// <param name="Descriptor">Its descriptor as it stands.</param>
internal sealed record BundledPackage(string File, VibPackage Package, XElement Descriptor)
{
    /// <summary>Its path in the bundle.</summary>
    public string Path => $"vib20/{Package.Descriptor.Name}/{Package.Descriptor.Id}.vib";

    /// <summary>Its path in the metadata: the number is as good as any that stays the same.</summary>
    public string MetadataPath => $"vibs/{Package.Descriptor.Name}-{uint.Parse(Package.Sha256.AsSpan(0, 8), System.Globalization.NumberStyles.AllowHexSpecifier)}.xml";
}
