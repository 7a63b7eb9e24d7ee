using CsCheck;

namespace OpsKit.Vim25.Tests.Codec;

public sealed class RoundTripTests
{
    [Fact]
    public void Every_type_survives_write_and_read() =>
        Check.Sample(Gen.Int[0, VimTypes.Names.Count - 1].Select(Gen.Int), pair => Survives(VimTypes.Names[pair.Item1], pair.Item2), iter: 3000, threads: 2);

    [Fact]
    public void No_type_is_left_out()
    {
        foreach (var name in VimTypes.Names)
            Survives(name, seed: 1);
    }

    [Fact]
    public void Type_names_and_classes_agree()
    {
        foreach (var name in VimTypes.Names)
            VimTypes.Create(name)!.TypeName.ShouldBe(name);
    }

    private static void Survives(string typeName, int seed)
    {
        var value = new RandomObjects(seed).Create(typeName);
        var xml = Wire.Write(value, "DynamicData");
        var read = Wire.ReadBody(xml, reader => reader.ReadObject<DataObject>(() => new UnknownObject()));
        SameObject.ShouldBeSame(read, value, typeName);
        Wire.Write(read!, "DynamicData").ShouldBe(xml);
    }
}
