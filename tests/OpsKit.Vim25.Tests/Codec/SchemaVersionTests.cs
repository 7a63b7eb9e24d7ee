using System.Text;
using OpsKit.Vim25.Types;

namespace OpsKit.Vim25.Tests.Codec;

/// <summary>Messages of an older API version: a server leaves out what came later, and does not take it either.</summary>
public sealed class SchemaVersionTests
{
    private static readonly HostDateTimeInfo Time = new()
    {
        TimeZone = new HostDateTimeSystemTimeZone { Key = "UTC", Name = "UTC", Description = "UTC", GmtOffset = 0 },
        SystemClockProtocol = "ntp",
        NtpConfig = new HostNtpConfig { Server = ["ntp1"] },
        Enabled = true,
    };

    [Theory]
    [InlineData("6.7", false, false)]
    [InlineData("7.0.0.0", true, false)]
    [InlineData("7.0.3.0", true, true)]
    public void Fields_are_written_to_those_who_know_them(string version, bool protocol, bool enabled)
    {
        var text = Write(version, writer => writer.WriteObject("value", Time, "HostDateTimeInfo"));

        text.Contains("<systemClockProtocol>", StringComparison.Ordinal).ShouldBe(protocol);
        text.Contains("<enabled>", StringComparison.Ordinal).ShouldBe(enabled);
        text.ShouldContain("<server>ntp1</server>");
        text.ShouldContain("<gmtOffset>0</gmtOffset>");
    }

    [Fact]
    public void Object_of_a_newer_type_is_written_as_the_nearest_base()
    {
        var fault = new InvalidVmState { Vm = new ManagedObjectReference("VirtualMachine", "vm-1") };

        var current = Write("6.5", writer => writer.WriteAny("value", fault));
        current.ShouldContain("xsi:type=\"InvalidVmState\"");
        current.ShouldContain("<vm ");
        var old = Write("6.0", writer => writer.WriteAny("value", fault));
        old.ShouldContain("xsi:type=\"InvalidState\"");
        old.ShouldNotContain("<vm ");
        WriteMessage("6.0", writer => writer.WriteFault("ServerFaultCode", "no", fault)).ShouldContain("<InvalidStateFault ");
        Write("6.0", writer => writer.WriteObject("fault", fault, "InvalidState")).ShouldNotContain("xsi:type");
    }

    [Fact]
    public void Lists_and_what_stands_in_them_are_left_out_alike()
    {
        var list = new ArrayOf<HostDateTimeInfo>("ArrayOfHostDateTimeInfo") { Time, Time };

        var text = Write("6.7", writer => writer.WriteAny("value", list));

        text.Split("<HostDateTimeInfo>").Length.ShouldBe(3);
        text.ShouldNotContain("systemClockProtocol");
        text.ShouldContain("<timeZone>");
    }

    [Fact]
    public void Required_field_that_is_unset_is_no_matter_where_it_does_not_exist()
    {
        var session = new UserSession { Key = "k", UserName = "u", FullName = "u", LoginTime = DateTimeOffset.UnixEpoch, LastActiveTime = DateTimeOffset.UnixEpoch, Locale = "en", MessageLocale = "en" };

        Write("4.1", writer => writer.WriteObject("value", session, "UserSession")).ShouldNotContain("extensionSession");
        Should.Throw<VimSerializationException>(() => Write("5.0", writer => writer.WriteObject("value", session, "UserSession"))).Message.ShouldContain("extensionSession");
    }

    [Theory]
    [InlineData("6.7", false)]
    [InlineData("7.0.0.0", true)]
    public void Newer_field_is_not_taken_by_a_strict_reader(string version, bool taken)
    {
        const string xml = $"""<value {Wire.Namespaces}><timeZone><key>k</key><name>n</name><description>d</description><gmtOffset>0</gmtOffset></timeZone><systemClockProtocol>ntp</systemClockProtocol></value>""";

        HostDateTimeInfo? Read() => ReadStrictly(version, xml, reader => reader.ReadObject(() => new HostDateTimeInfo()));

        if (taken)
            Read()!.SystemClockProtocol.ShouldBe("ntp");
        else
            Should.Throw<VimProtocolException>(Read).Message.ShouldContain("systemClockProtocol");
    }

    [Theory]
    [InlineData("6.0", false)]
    [InlineData("6.5", true)]
    public void Newer_type_is_not_taken_by_a_strict_reader(string version, bool taken)
    {
        const string xml = $"""<value {Wire.Namespaces} xsi:type="InvalidVmState"><vm type="VirtualMachine">vm-1</vm></value>""";

        InvalidState? Read() => ReadStrictly(version, xml, reader => reader.ReadObject(() => new InvalidState()));

        if (taken)
            Read().ShouldBeOfType<InvalidVmState>();
        else
            Should.Throw<VimProtocolException>(Read).Message.ShouldContain("InvalidVmState");
    }

    [Fact]
    public void Every_type_is_written_whole_to_the_newest_version()
    {
        foreach (var name in VimTypes.Names)
        {
            var value = new RandomObjects(name.Length).Create(name);
            Write(ServiceVersions.Known[0], writer => writer.WriteObject("value", value, name)).ShouldBe(Write(null, writer => writer.WriteObject("value", value, name)), name);
        }
    }

    private static string Write(string? version, Action<VimWriter> write) => WriteMessage(version, writer =>
    {
        writer.StartEnvelope();
        write(writer);
        writer.EndEnvelope();
    });

    private static string WriteMessage(string? version, Action<VimWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = VimWriter.Create(stream, version is null ? null : SchemaVersion.Of(version)))
            write(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static T ReadStrictly<T>(string version, string xml, Func<VimReader, T> read)
    {
        using var reader = VimReader.CreateStrict(new MemoryStream(Encoding.UTF8.GetBytes(xml)), SchemaVersion.Of(version));
        reader.MoveToContent();
        return read(reader);
    }
}
