using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Order;

namespace OpsKit.Benchmarks.Reading;

/// <summary>
/// Reads a RetrievePropertiesEx answer of 10,000 VMs into objects. Limits: OpsKit at most a third of XmlSerializer's time, and at most a
/// third of its allocations.
/// </summary>
[MemoryDiagnoser]
[Orderer(SummaryOrderPolicy.Declared)]
[SimpleJob(launchCount: 1, warmupCount: 2, iterationCount: 8)]
public class ReadVirtualMachines
{
    private byte[] _document = [];

    [Params(10_000)]
    public int Machines { get; set; }

    [GlobalSetup]
    public void Create()
    {
        _document = InventoryDocument.Create(Machines);
        var expected = XmlSerializerReading.Count(XmlSerializerReading.Read(new MemoryStream(_document)));
        var counted = OpsKitReading.Count(OpsKitReading.Read(new MemoryStream(_document)));
        if (expected != counted)
            throw new InvalidOperationException($"The readers disagree: {expected}, {counted}");
        Console.WriteLine($"// {_document.Length / 1e6:f1} MB, {counted}");
    }

    [Benchmark(Baseline = true)]
    public int XmlSerializer() => XmlSerializerReading.Read(new MemoryStream(_document)).Objects!.Length;

    [Benchmark]
    public int OpsKit() => OpsKitReading.Read(new MemoryStream(_document)).Objects.Count;
}
