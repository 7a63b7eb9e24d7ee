using OpsKit.Vim25.Types;

namespace OpsKit.Vim25.Tests.Codec;

public sealed class ForgivingReadingTests
{
    [Fact]
    public void Unknown_elements_are_skipped_wherever_they_stand()
    {
        var disk = Wire.Read<VirtualDisk>("<value><new/><key>1</key><newer a=\"b\"><x>1</x>text</newer><unitNumber>2</unitNumber><newest>t</newest></value>");
        disk.Key.ShouldBe(1);
        disk.UnitNumber.ShouldBe(2);
    }

    [Theory]
    [InlineData("xsi:type=\"VirtualDisk\"")]
    [InlineData("xsi:type=\"vim25:VirtualDisk\" xmlns:vim25=\"urn:vim25\"")]
    [InlineData("xmlns:ns7=\"http://www.w3.org/2001/XMLSchema-instance\" ns7:type=\" VirtualDisk \"")]
    public void Type_attribute_counts_with_any_prefix(string attribute)
    {
        var value = Wire.Read($"<list {Wire.Namespaces}><item {attribute}><capacityInKB>7</capacityInKB></item></list>", ReadDevices).ShouldHaveSingleItem();
        value.ShouldBeOfType<VirtualDisk>().CapacityInKB.ShouldBe(7);
        value.IsUnknownSubtype.ShouldBeFalse();
    }

    [Fact]
    public void Type_prefix_declared_anew_on_each_element_is_understood()
    {
        const string Go = "xmlns:XMLSchema-instance=\"http://www.w3.org/2001/XMLSchema-instance\" XMLSchema-instance:type";
        var devices = Wire.Read($"<list><item {Go}=\"VirtualDisk\"/><item {Go}=\"VirtualE1000\"><backing {Go}=\"VirtualEthernetCardNetworkBackingInfo\"/></item></list>", ReadDevices);
        devices[0].ShouldBeOfType<VirtualDisk>();
        devices[1].ShouldBeOfType<VirtualE1000>().Backing.ShouldBeOfType<VirtualEthernetCardNetworkBackingInfo>();
    }

    [Fact]
    public void Type_attribute_of_another_namespace_is_no_type()
    {
        var device = Wire.Read("<list><item type=\"VirtualDisk\"/></list>", ReadDevices).ShouldHaveSingleItem();
        device.GetType().ShouldBe(typeof(VirtualDevice));
    }

    [Fact]
    public void Unknown_type_reads_as_declared_and_keeps_its_name()
    {
        var device = Wire.Read($"<list {Wire.Namespaces}><item xsi:type=\"VirtualQuantumCard\"><key>5</key><qubits>12</qubits></item></list>", ReadDevices).ShouldHaveSingleItem();
        device.GetType().ShouldBe(typeof(VirtualDevice));
        device.Key.ShouldBe(5);
        device.TypeName.ShouldBe("VirtualQuantumCard");
        device.IsUnknownSubtype.ShouldBeTrue();
        Should.Throw<VimSerializationException>(() => Wire.Write(device, "VirtualDevice")).Message.ShouldContain("VirtualQuantumCard");
    }

    [Fact]
    public void Type_left_out_of_the_manifest_reads_as_its_nearest_base()
    {
        var read = Wire.Read($"<value {Wire.Namespaces} xsi:type=\"VmClonedEvent\"><key>9</key><template>true</template></value>", reader => reader.ReadObject(() => new Event()));
        read.ShouldBeOfType<VmEvent>().Template.ShouldBe(true);
        read.TypeName.ShouldBe("VmClonedEvent");
        read.IsUnknownSubtype.ShouldBeTrue();
    }

    [Fact]
    public void Type_that_does_not_fit_the_place_reads_as_declared()
    {
        var device = Wire.Read($"<list {Wire.Namespaces}><item xsi:type=\"AboutInfo\"><key>5</key></item></list>", ReadDevices).ShouldHaveSingleItem();
        device.GetType().ShouldBe(typeof(VirtualDevice));
        device.TypeName.ShouldBe("AboutInfo");
    }

    [Fact]
    public void Missing_elements_leave_properties_unset_required_ones_too()
    {
        var disk = Wire.Read<VirtualDisk>("<value/>");
        disk.CapacityInKB.ShouldBeNull();
        disk.Backing.ShouldBeNull();
        disk.Iofilter.ShouldBeEmpty();
        Should.Throw<VimSerializationException>(() => Wire.Write(disk, "VirtualDisk")).Message.ShouldContain("VirtualDisk.key");
    }

    [Fact]
    public void Nil_is_nothing()
    {
        var disk = Wire.Read<VirtualDisk>(
            $"<value {Wire.Namespaces}><key xsi:nil=\"true\"/><backing xsi:nil=\"1\"/><diskObjectId xsi:nil=\"true\"/><iofilter xsi:nil=\"true\"/><capacityInKB xsi:nil=\"false\">3</capacityInKB></value>");
        disk.Key.ShouldBeNull();
        disk.Backing.ShouldBeNull();
        disk.DiskObjectId.ShouldBeNull();
        disk.Iofilter.ShouldBeEmpty();
        disk.CapacityInKB.ShouldBe(3);
    }

    [Fact]
    public void Empty_elements_are_empty_texts_and_unset_numbers()
    {
        var disk = Wire.Read<VirtualDisk>("<value><diskObjectId/><key></key><capacityInKB> \n </capacityInKB><deviceInfo/></value>");
        disk.DiskObjectId.ShouldBe("");
        disk.Key.ShouldBeNull();
        disk.CapacityInKB.ShouldBeNull();
        disk.DeviceInfo.ShouldNotBeNull();
    }

    [Fact]
    public void Text_may_come_in_pieces()
    {
        var disk = Wire.Read<VirtualDisk>("<value><diskObjectId>a<![CDATA[ <b> ]]><!-- no -->&amp;&#x263A;<?pi?>c</diskObjectId><key> <![CDATA[4]]>2 </key></value>");
        disk.DiskObjectId.ShouldBe("a <b> &☺c");
        disk.Key.ShouldBe(42);
    }

    [Fact]
    public void Blank_text_is_kept() => Wire.Read<VirtualDisk>("<value><diskObjectId>  </diskObjectId></value>").DiskObjectId.ShouldBe("  ");

    [Fact]
    public void Text_longer_than_any_buffer_is_whole()
    {
        var text = string.Concat(Enumerable.Range(0, 40_000).Select(i => i % 97 == 0 ? "&amp;" : "é"));
        Wire.Read<VirtualDisk>($"<value><diskObjectId>{text}</diskObjectId><key>1</key></value>").DiskObjectId.ShouldBe(text.Replace("&amp;", "&", StringComparison.Ordinal));
    }

    [Fact]
    public void Enumeration_values_are_open_empty_ones_included()
    {
        var runtime = Wire.Read<VirtualMachineRuntimeInfo>(
            "<value><connectionState>connected</connectionState><powerState>hibernated</powerState><faultToleranceState></faultToleranceState></value>");
        runtime.ConnectionState.ShouldBe(VirtualMachineConnectionState.Connected);
        runtime.ConnectionState!.Value.IsKnown.ShouldBeTrue();
        runtime.PowerState.ShouldBe(new VirtualMachinePowerState("hibernated"));
        runtime.PowerState!.Value.IsKnown.ShouldBeFalse();
        runtime.FaultToleranceState!.Value.Value.ShouldBe("");
        runtime.FaultToleranceState.Value.IsKnown.ShouldBeFalse();
    }

    [Fact]
    public void List_items_may_stand_apart() =>
        Wire.Read<VirtualDisk>("<value>\n <iofilter>a</iofilter>\n <iofilter>b</iofilter><key>1</key> <iofilter>c</iofilter></value>").Iofilter.ShouldBe(["a", "b", "c"]);

    [Fact]
    public void Pretty_printed_document_reads_the_same()
    {
        var disk = Wire.Read<VirtualDisk>("\n<value>\n  <key>\n1\n</key>\n  <deviceInfo>\n    <label>x</label>\n  </deviceInfo>\n</value>\n");
        disk.Key.ShouldBe(1);
        disk.DeviceInfo!.Label.ShouldBe("x");
    }

    private static IReadOnlyList<VirtualDevice> ReadDevices(VimReader reader)
    {
        reader.Enter();
        reader.NextChild();
        return reader.ReadList([], static reader => reader.ReadObject(() => new VirtualDevice()));
    }
}
