using System.Xml.Linq;

namespace OpsKit.Modules.Vibs;

/// <summary>The documents by which hosts find their way in a bundle.</summary>
internal static class BundleIndex
{
    private const string Content = "http://www.vmware.com/depotmanagement/esx";

    /// <summary><c>index.xml</c>.</summary>
    public static byte[] Vendors(BundleFacts facts) => BundleXml.Of(new XElement(
        "vendorList",
        new XElement(
            "vendor",
            BundleXml.Text("name", facts.Vendor),
            BundleXml.Text("code", facts.Code),
            BundleXml.Text("indexfile", "vendor-index.xml"),
            BundleXml.Text("patchUrl", ""),
            BundleXml.Text("relativePath", ""),
            new XElement("content", BundleXml.Text("name", "VMware ESX"), BundleXml.Text("type", Content)))));

    /// <summary><c>vendor-index.xml</c>: an entry for each product line and version.</summary>
    public static byte[] Metadata(BundleFacts facts) => BundleXml.Of(new XElement(
        "metaList",
        facts.ProductLines.SelectMany(product => facts.Versions.Select(version => new XElement(
            "metadata",
            BundleXml.Text("productId", product),
            BundleXml.Text("version", version),
            BundleXml.Text("locale", ""),
            BundleXml.Text("url", "metadata.zip"),
            BundleXml.Text("channelName", "default"))))));
}
