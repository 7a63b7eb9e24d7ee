using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Benchmarks.Reading;

/// <summary>The same document through OpsKit.Vim25's generated readers.</summary>
internal static class OpsKitReading
{
    public static RetrieveResult Read(Stream stream)
    {
        using var reader = VimReader.Create(stream);
        reader.MoveToContent();
        while (reader.Name != "RetrievePropertiesExResponse")
        {
            if (!reader.Enter() || !reader.NextChild())
                throw new InvalidDataException("The document holds no RetrievePropertiesExResponse.");
        }

        return reader.ReadReturn(static r => r.ReadObject(static () => new RetrieveResult()))!;
    }

    public static ReadingCounts Count(RetrieveResult result)
    {
        var values = result.Objects.SelectMany(o => o.PropSet).Select(p => p.Val).ToList();
        var devices = values.OfType<ArrayOf<VirtualDevice>>().SelectMany(a => a).ToList();
        return new ReadingCounts(
            result.Objects.Count,
            values.OfType<VirtualMachineSummary>().Count(s => s.Config?.MemorySizeMB is not null),
            values.OfType<VirtualMachineRuntimeInfo>().Count(r => r.PowerState == VirtualMachinePowerState.PoweredOn),
            devices.Count,
            devices.OfType<VirtualDisk>().Sum(d => d.CapacityInKB ?? 0),
            devices.OfType<VirtualEthernetCard>().Select(c => c.MacAddress).Distinct().Count());
    }
}
