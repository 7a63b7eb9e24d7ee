using System.Text;
using CsCheck;
using OpsKit.Connections;
using OpsKit.Modules.VirtualConnect.Texts;

namespace OpsKit.Modules.Tests.VirtualConnect.Texts;

/// <summary>Whatever a device says: it is read, or said to be unreadable, and nothing else happens.</summary>
public sealed class HostileTextTests
{
    private static readonly Dictionary<string, Action<string>> Parsers = new(StringComparer.Ordinal)
    {
        ["interconnect-status-old.txt"] = text => InterconnectTexts.Modules(text, Fixture.Read("interconnect-info-old.txt"), "ALL"),
        ["interconnect-status-new.txt"] = text => InterconnectTexts.Modules(text, Fixture.Read("interconnect-info-new.txt"), "ALL"),
        ["interconnect-info-old.txt"] = text => InterconnectTexts.Modules(Fixture.Read("interconnect-status-old.txt"), text, "ALL"),
        ["interconnect-info-new.txt"] = text => InterconnectTexts.Modules(Fixture.Read("interconnect-status-new.txt"), text, "ALL"),
        ["interconnect-list.txt"] = text => InterconnectTexts.Addresses(text),
        ["oa-status.txt"] = text => OaTexts.Status(text, "SHOW OA STATUS ALL"),
        ["oa-info.txt"] = text => OaTexts.Firmware(text, "SHOW OA INFO ALL"),
        ["vcmode.txt"] = text => VcModeText.Read(text),
        ["server-info.txt"] = text => ServerTexts.Blades(text, Fixture.Read("server-status.txt")),
        ["server-status.txt"] = text => ServerTexts.Blades(Fixture.Read("server-info.txt"), text),
        ["server-port-map.txt"] = text => PortMapTexts.OfServers(text),
        ["interconnect-port-map.txt"] = text => PortMapTexts.OfInterconnects(text),
        ["xmldata.xml"] = text => XmlDataText.Read(Encoding.UTF8.GetBytes(text)),
    };

    public static TheoryData<string> Names => [.. Parsers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Cut_torn_and_overwritten_answers_are_read_or_unreadable(string name)
    {
        var whole = Fixture.Read(name);
        Parsers[name](whole);
        var place = Gen.Int[0, whole.Length];
        var torn = Gen.Select(place, place, Gen.String[Gen.Char, 0, 30], Gen.Int[0, 2], (a, b, noise, how) =>
        {
            var (from, to) = (Math.Min(a, b), Math.Max(a, b));
            return how switch
            {
                0 => whole[..from],
                1 => whole[..from] + whole[to..],
                _ => whole[..from] + noise + whole[Math.Min(whole.Length, from + noise.Length)..],
            };
        });
        torn.Sample(text => IsReadOrUnreadable(Parsers[name], text), iter: 300);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Noise_is_read_or_unreadable(string name) => Gen.String.Sample(text => IsReadOrUnreadable(Parsers[name], text), iter: 100);

    [Fact]
    public void Xml_with_a_document_type_is_refused() =>
        Should.Throw<OpsKitException>(() => XmlDataText.Read(Encoding.UTF8.GetBytes("<!DOCTYPE RIMP [<!ENTITY a \"b\">]><RIMP>&a;</RIMP>"))).Unreadable.ShouldBeTrue();

    private static bool IsReadOrUnreadable(Action<string> parser, string text)
    {
        try
        {
            parser(text);
            return true;
        }
        catch (OpsKitException failure)
        {
            return failure.Unreadable;
        }
    }
}
