using System.Xml;
using System.Xml.Serialization;
using OpsKit.Benchmarks.Reading.XmlSerializerTypes;

namespace OpsKit.Benchmarks.Reading;

/// <summary>The yardstick: the classes xsd.exe and svcutil make, read by XmlSerializer, as vSphere's own .NET client does.</summary>
internal static class XmlSerializerReading
{
    private static readonly XmlSerializer Serializer = new(typeof(RetrieveResult), new XmlRootAttribute("returnval") { Namespace = "urn:vim25" });

    public static RetrieveResult Read(Stream stream)
    {
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = true, CheckCharacters = false });
        reader.ReadToFollowing("returnval", "urn:vim25");
        return (RetrieveResult)Serializer.Deserialize(reader)!;
    }

    public static ReadingCounts Count(RetrieveResult result)
    {
        var values = result.Objects!.SelectMany(o => o.PropSet!).Select(p => p.Val).ToList();
        var devices = values.OfType<ArrayOfVirtualDevice>().SelectMany(a => a.VirtualDevice!).ToList();
        return new ReadingCounts(
            result.Objects!.Length,
            values.OfType<VirtualMachineSummary>().Count(s => s.Config?.MemorySizeMBSpecified == true),
            values.OfType<VirtualMachineRuntimeInfo>().Count(r => r.PowerState == VirtualMachinePowerState.PoweredOn),
            devices.Count,
            devices.OfType<VirtualDisk>().Sum(d => d.CapacityInKB),
            devices.OfType<VirtualEthernetCard>().Select(c => c.MacAddress).Distinct().Count());
    }
}
