using System.Text;
using OpsKit.Vim25.Types;

namespace OpsKit.Vim25.Tests.Codec;

public sealed class HostileXmlTests
{
    private static readonly string Sample = $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <value {Wire.Namespaces} xsi:type="VirtualDisk"><key>2000</key><!-- c --><deviceInfo><label>Hard disk 1 &amp; &#x41;</label><summary><![CDATA[1 < 2]]></summary></deviceInfo>
        <backing xsi:type="VirtualDiskFlatVer2BackingInfo"><fileName>[ds] a.vmdk</fileName><datastore type="Datastore">ds-1</datastore><diskMode>persistent</diskMode></backing><unknown><a b="c"/></unknown>
        <controllerKey>1000</controllerKey><capacityInKB>1024</capacityInKB><iofilter>a</iofilter><iofilter>b</iofilter></value>
        """;

    [Fact]
    public void Truncated_document_is_a_protocol_error_at_every_byte()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample);
        ReadDisk(bytes).CapacityInKB.ShouldBe(1024);
        for (var length = 0; length < bytes.Length; length++)
            Should.Throw<VimProtocolException>(() => ReadDisk(bytes[..length]), $"cut after {length} bytes");
    }

    [Fact]
    public void Garbled_document_never_hangs_and_never_throws_anything_else()
    {
        var random = new Random(7);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(Sample);
            for (var i = random.Next(1, 4); i > 0; i--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                ReadDisk(bytes);
            }
            catch (VimProtocolException)
            {
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("not XML at all")]
    [InlineData("<html><body><p>502 Bad Gateway</body></html>")]
    [InlineData("<value><a></b></value>")]
    [InlineData("<value><a x=1/></value>")]
    [InlineData("<value><p:a/></value>")]
    [InlineData("<value>&undeclared;</value>")]
    [InlineData("<value/><second/>")]
    [InlineData("{\"json\": true}")]
    public void Malformed_document_is_a_protocol_error(string xml) => Should.Throw<VimProtocolException>(() => ReadDisk(Encoding.UTF8.GetBytes(xml)));

    [Fact]
    public void Invalid_utf8_is_a_protocol_error() => Should.Throw<VimProtocolException>(() => ReadDisk([.. "<value><key>"u8, 0xC3, 0x28, .. "</key></value>"u8]));

    [Fact]
    public void Entity_bomb_is_refused()
    {
        var bomb = "<!DOCTYPE v [<!ENTITY a \"ha\">" + string.Concat(Enumerable.Range(0, 30).Select(i => $"<!ENTITY a{i} \"&a{i - 1};&a{i - 1};\">")) + "]><value>&a29;</value>";
        Should.Throw<VimProtocolException>(() => ReadDisk(Encoding.UTF8.GetBytes(bomb))).Message.ShouldContain("DTD");
    }

    [Fact]
    public void External_entity_is_refused_and_not_fetched()
    {
        var secret = Path.GetTempFileName();
        try
        {
            File.WriteAllText(secret, "secret");
            var xml = $"<!DOCTYPE v [<!ENTITY x SYSTEM \"file://{secret}\">]><value><key>&x;</key></value>";
            Should.Throw<VimProtocolException>(() => ReadDisk(Encoding.UTF8.GetBytes(xml))).Message.ShouldNotContain("secret\"");
        }
        finally
        {
            File.Delete(secret);
        }
    }

    [Fact]
    public void Deep_nesting_of_known_elements_is_refused()
    {
        const int Levels = 100_000;
        var xml = new StringBuilder($"<value {Wire.Namespaces} xsi:type=\"VirtualDiskFlatVer2BackingInfo\">");
        xml.Insert(xml.Length, "<parent>", Levels).Insert(xml.Length, "</parent>", Levels).Append("</value>");
        Should.Throw<VimProtocolException>(() => Wire.Read<VirtualDiskFlatVer2BackingInfo>(xml.ToString())).Message.ShouldContain("nested");
    }

    [Fact]
    public void Deep_nesting_in_an_unknown_element_is_skipped_without_recursion()
    {
        const int Levels = 100_000;
        var xml = new StringBuilder("<value><key>1</key><strange>");
        xml.Insert(xml.Length, "<a>", Levels).Insert(xml.Length, "</a>", Levels).Append("</strange><unitNumber>2</unitNumber></value>");
        Wire.Read<VirtualDisk>(xml.ToString()).UnitNumber.ShouldBe(2);
    }

    [Theory]
    [InlineData("<value><key>ten</key></value>", "<key>", "ten")]
    [InlineData("<value><key>99999999999</key></value>", "<key>", "99999999999")]
    [InlineData("<value><guestReadOnly>maybe</guestReadOnly></value>", "<guestReadOnly>", "maybe")]
    public void Value_of_the_wrong_kind_is_a_protocol_error_that_names_the_element(string xml, string element, string text)
    {
        var message = Should.Throw<VimProtocolException>(() => Wire.Read<VirtualDisk>(xml)).Message;
        message.ShouldContain(element);
        message.ShouldContain(text);
    }

    private static VirtualDisk ReadDisk(byte[] bytes)
    {
        using var reader = VimReader.Create(new MemoryStream(bytes));
        reader.MoveToContent();
        var disk = reader.ReadObject(() => new VirtualDisk());
        reader.ReadToEnd();
        return disk ?? new VirtualDisk();
    }
}
