using OpsKit.Benchmarks.Reading;

namespace OpsKit.Benchmarks.Tests.Reading;

/// <summary>A benchmark that compares unequal work is worth nothing: both readers must find the same in the same bytes.</summary>
public sealed class ReadingTests
{
    [Fact]
    public void Both_readers_find_the_same_in_the_same_document()
    {
        var document = InventoryDocument.Create(300);

        var found = OpsKitReading.Count(OpsKitReading.Read(new MemoryStream(document)));

        found.ShouldBe(XmlSerializerReading.Count(XmlSerializerReading.Read(new MemoryStream(document))));
        found.ShouldBe(new ReadingCounts(Objects: 300, WithMemory: 300, PoweredOn: 266, Devices: 4200, DiskKilobytes: 300L * (41_943_040 + 104_857_600), MacAddresses: 300));
    }

    [Fact]
    public void Document_is_the_same_every_time() =>
        InventoryDocument.Create(50).ShouldBe(InventoryDocument.Create(50));
}
