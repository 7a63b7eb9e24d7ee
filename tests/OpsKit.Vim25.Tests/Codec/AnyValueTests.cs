using OpsKit.Vim25.Types;

namespace OpsKit.Vim25.Tests.Codec;

public sealed class AnyValueTests
{
    public static TheoryData<string, string, object?> Scalars => new()
    {
        { "xsd:string", "text", "text" },
        { "xsd:string", "", "" },
        { "xsd:anyURI", "https://h/sdk", "https://h/sdk" },
        { "xsd:boolean", "1", true },
        { "xsd:int", " -5 ", -5 },
        { "xsd:long", "42949672960", 42949672960L },
        { "xsd:short", "7", (short)7 },
        { "xsd:byte", "-1", (sbyte)-1 },
        { "xsd:double", "INF", double.PositiveInfinity },
        { "xsd:float", "1.5", 1.5f },
        { "xsd:dateTime", "2011-07-13T10:00:00.5Z", new DateTimeOffset(2011, 7, 13, 10, 0, 0, 500, TimeSpan.Zero) },
        { "VirtualMachinePowerState", "poweredOn", VirtualMachinePowerState.PoweredOn },
        { "vim25:VirtualMachinePowerState", "", new VirtualMachinePowerState("") },
    };

    [Theory]
    [MemberData(nameof(Scalars))]
    public void Scalar_is_what_its_type_says(string type, string text, object? expected) => Read($"xsi:type=\"{type}\"", text).ShouldBe(expected);

    [Fact]
    public void Binary_is_bytes() => Read("xsi:type=\"xsd:base64Binary\"", " AQID\nBA== ").ShouldBe(new byte[] { 1, 2, 3, 4 });

    [Fact]
    public void Reference_has_its_own_type_beside_the_schemas() =>
        Read("type=\"HostSystem\" xsi:type=\"ManagedObjectReference\"", "host-7").ShouldBe(new ManagedObjectReference("HostSystem", "host-7"));

    [Fact]
    public void Value_without_type_is_text() => Read("", "as it is").ShouldBe("as it is");

    [Fact]
    public void Nil_is_null() => Read("xsi:nil=\"true\" xsi:type=\"xsd:int\"", "").ShouldBeNull();

    [Fact]
    public void List_of_objects_has_its_subtypes()
    {
        var devices = Read("xsi:type=\"ArrayOfVirtualDevice\"", "<VirtualDevice xsi:type=\"VirtualDisk\"><key>1</key></VirtualDevice><VirtualDevice><key>2</key></VirtualDevice>")
            .ShouldBeAssignableTo<IReadOnlyList<VirtualDevice>>();
        devices.ShouldNotBeNull();
        devices.Select(device => device.Key).ShouldBe([1, 2]);
        devices[0].ShouldBeOfType<VirtualDisk>();
    }

    [Theory]
    [InlineData("ArrayOfString", "<string>a</string><string/>", 2)]
    [InlineData("ArrayOfInt", "<int>1</int>", 1)]
    [InlineData("ArrayOfLong", "<long>1</long>", 1)]
    [InlineData("ArrayOfDateTime", "<dateTime>2011-07-13T10:00:00Z</dateTime>", 1)]
    [InlineData("ArrayOfManagedObjectReference", "<ManagedObjectReference type=\"Network\">n-1</ManagedObjectReference>", 1)]
    [InlineData("ArrayOfAnyType", "<anyType xsi:type=\"xsd:int\">1</anyType><anyType>x</anyType>", 2)]
    [InlineData("ArrayOfVirtualDevice", "", 0)]
    public void List_of_anything_known_is_a_list(string type, string items, int count) =>
        ((System.Collections.ICollection)Read($"xsi:type=\"{type}\"", items)!).Count.ShouldBe(count);

    [Theory]
    [InlineData("SomethingNew")]
    [InlineData("ArrayOfSomethingNew")]
    [InlineData("ns:deep:SomethingNew")]
    public void Unknown_type_keeps_its_name_and_is_passed_over(string type)
    {
        var unknown = Read($"xsi:type=\"{type}\"", "<a><b>1</b></a>").ShouldBeOfType<UnknownObject>();
        unknown.IsUnknownSubtype.ShouldBeTrue();
        type.ShouldEndWith(unknown.TypeName);
        Should.Throw<VimSerializationException>(() => Wire.Write(writer => writer.WriteAny("value", unknown)));
    }

    [Fact]
    public void Value_without_a_vim25_type_is_refused() =>
        Should.Throw<VimSerializationException>(() => Wire.Write(writer => writer.WriteAny("value", new Uri("https://h")))).Message.ShouldContain("Uri");

    [Fact]
    public void Text_that_xml_cannot_carry_is_refused() =>
        Should.Throw<VimSerializationException>(() => Wire.Write(writer => writer.WriteString("value", "a\u0001b")));

    private static object? Read(string attributes, string content)
    {
        var xml = $"<list {Wire.Namespaces} xmlns:vim25=\"urn:vim25\"><value {attributes}>{content}</value><after/></list>";
        return Wire.Read(xml, reader =>
        {
            reader.Enter();
            reader.NextChild();
            var value = reader.ReadAny();
            reader.NextChild().ShouldBeTrue();
            reader.Name.ShouldBe("after");
            return value;
        });
    }
}
