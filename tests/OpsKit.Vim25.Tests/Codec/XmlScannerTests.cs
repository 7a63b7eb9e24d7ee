using System.Text;
using CsCheck;

namespace OpsKit.Vim25.Tests.Codec;

/// <summary>The scanner reads what System.Xml reads and refuses what System.Xml refuses, however the bytes arrive.</summary>
public sealed class XmlScannerTests
{
    [Fact]
    public void Random_document_holds_what_system_xml_finds_in_it() => Check.Sample(
        Gen.Select(RandomXml.WellFormed, Gen.Int[1, 40]), (document, chunk) => Agree(document, chunk), iter: 3000, print: Print);

    [Fact]
    public void Garbled_document_is_read_or_refused_as_by_system_xml() => Check.Sample(
        Gen.Select(RandomXml.Garbled, Gen.Int[1, 40]), (document, chunk) => Agree(document, chunk), iter: 20_000, print: Print);

    [Theory]
    [InlineData("<a/>")]
    [InlineData(" <a/>")]
    [InlineData("<a></a >")]
    [InlineData("<a></ a>")]
    [InlineData("< a/>")]
    [InlineData("<a / >")]
    [InlineData("<a x='1'y='2'/>")]
    [InlineData("<a x='1' x='2'/>")]
    [InlineData("<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>")]
    [InlineData("<a xmlns:p='u' x='1' p:x='2'/>")]
    [InlineData("<a xmlns='u' xmlns='v'/>")]
    [InlineData("<a x/>")]
    [InlineData("<a x=1/>")]
    [InlineData("<a x='<'/>")]
    [InlineData("<a x='&amp;&#10; \n\t\r\n.'/>")]
    [InlineData("<a x='\u0001'/>")]
    [InlineData("<a x=']]>'>]]</a>")]
    [InlineData("<a>]]></a>")]
    [InlineData("<a>]]]&gt;></a>")]
    [InlineData("<a>\u0001</a>")]
    [InlineData("<a>&#1;&#xFFFE;</a>")]
    [InlineData("<a>\uFFFE</a>")]
    [InlineData("<a>\u007F\u0085\u2028</a>")]
    [InlineData("<a>&amp</a>")]
    [InlineData("<a>&AMP;</a>")]
    [InlineData("<a>&#x;</a>")]
    [InlineData("<a>&#X41;</a>")]
    [InlineData("<a>&# 65;</a>")]
    [InlineData("<a>&#65\0;</a>")]
    [InlineData("<a>&#x6\0;</a>")]
    [InlineData("<a>&#+65;</a>")]
    [InlineData("<a>&#1114111;&#x10FFFF;</a>")]
    [InlineData("<a>&#1114112;</a>")]
    [InlineData("<a>&#99999999999999;</a>")]
    [InlineData("<a>&</a>")]
    [InlineData("&amp;<a/>")]
    [InlineData("<a/>x")]
    [InlineData("<a/><b/>")]
    [InlineData("<a/></a>")]
    [InlineData("<a><b></a></b>")]
    [InlineData("<a:b/>")]
    [InlineData("<a xmlns:p='u'><p:b></p:b><q:c/></a>")]
    [InlineData("<a><b xmlns:p='u'/><p:c/></a>")]
    [InlineData("<p:a xmlns:p='u' p:b=''/>")]
    [InlineData("<a xmlns:p=''/>")]
    [InlineData("<a xmlns:xml='u'/>")]
    [InlineData("<a xmlns:xml='http://www.w3.org/XML/1998/namespace' xml:lang='x'/>")]
    [InlineData("<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>")]
    [InlineData("<a xmlns='http://www.w3.org/XML/1998/namespace'/>")]
    [InlineData("<a xmlns:p='http://www.w3.org/2000/xmlns/'/>")]
    [InlineData("<a xmlns:xmlns='u'/>")]
    [InlineData("<a:b:c xmlns:a='u'/>")]
    [InlineData("<:a/>")]
    [InlineData("<a: xmlns:a='u'/>")]
    [InlineData("<1a/>")]
    [InlineData("<-a/>")]
    [InlineData("<a·/>")]
    [InlineData("<·a/>")]
    [InlineData("<a><!-- -- --></a>")]
    [InlineData("<a><!----></a>")]
    [InlineData("<a><!--->--></a>")]
    [InlineData("<a><!-- \u0001 --></a>")]
    [InlineData("<a><?xml?></a>")]
    [InlineData("<a><?XmL x?></a>")]
    [InlineData("<a><?p:q x?></a>")]
    [InlineData("<a><??></a>")]
    [InlineData("<a><?p? ?></a>")]
    [InlineData("<a><?p ??></a>")]
    [InlineData("<a><![CDATA[]]]]><![CDATA[>]]></a>")]
    [InlineData("<a><![cdata[]]></a>")]
    [InlineData("<![CDATA[]]><a/>")]
    [InlineData("<!DOCTYPE a><a/>")]
    [InlineData("<?xml version='1.0'?><a/>")]
    [InlineData(" <?xml version='1.0'?><a/>")]
    [InlineData("<?xml version='1.1'?><a/>")]
    [InlineData("<?xml encoding='utf-8'?><a/>")]
    [InlineData("<?xml version='1.0' standalone='yes' encoding='utf-8'?><a/>")]
    [InlineData("<?xml version='1.0' standalone='maybe'?><a/>")]
    [InlineData("<?xml version='1.0'encoding='utf-8'?><a/>")]
    [InlineData("<?xml version='1.0' encoding='UTF-8'")]
    [InlineData("<?xml version='1.0' encoding='nonsense'?><a/>")]
    [InlineData("<?xml version='1.0' encoding='utf-16'?><a/>")]
    [InlineData("\uFEFF<?xml version='1.0'?><a>\uFEFF</a>")]
    [InlineData("\uFEFF\uFEFF<a/>")]
    public void Corner_of_the_standard_is_what_it_is_to_system_xml(string document)
    {
        var bytes = Encoding.UTF8.GetBytes(document);
        XmlEvents.ByScanner(bytes).ShouldBe(XmlEvents.BySystemXml(bytes));
        XmlEvents.ByScanner(bytes, chunk: 1).ShouldBe(XmlEvents.BySystemXml(bytes));
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    [InlineData("iso-8859-1", false)]
    [InlineData("us-ascii", false)]
    public void Other_encoding_is_read_as_declared(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] document = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes($"<?xml version=\"1.0\" encoding=\"{name}\"?><a b='1'>caf{(name == "us-ascii" ? "e" : "é")} {new string('x', 100_000)}</a>")];

        XmlEvents.ByScanner(document, chunk: 1000).ShouldBe(XmlEvents.BySystemXml(document));
        XmlEvents.ByScanner(document).ShouldNotBeNull();
    }

    [Fact]
    public void Encoding_that_the_bytes_break_is_refused() =>
        XmlEvents.ByScanner([.. "<?xml version='1.0' encoding='us-ascii'?><a>"u8, 0xE9, .. "</a>"u8]).ShouldBeNull();

    [Fact]
    public void Text_at_every_edge_of_the_buffer_is_whole()
    {
        for (var filler = 65_400; filler < 65_560; filler += 3)
        {
            var document = Encoding.UTF8.GetBytes($"<a>{new string('x', filler)}<b c='é&amp;'>漢字&amp;\r\n]] <![CDATA[😀]]></b></a>");
            XmlEvents.ByScanner(document).ShouldBe(XmlEvents.BySystemXml(document));
        }
    }

    [Fact]
    public void Tag_longer_than_the_buffer_is_read_and_one_without_end_refused()
    {
        byte[] Tag(int length) => Encoding.UTF8.GetBytes($"<a b='{new string('x', length)}'/>");
        XmlEvents.ByScanner(Tag(100_000)).ShouldBe(XmlEvents.BySystemXml(Tag(100_000)));
        XmlEvents.ByScanner(Tag(1_000_000)).ShouldBeNull();
    }

    [Fact]
    public void Tag_with_more_attributes_than_any_real_one_is_refused() =>
        XmlEvents.ByScanner(Encoding.UTF8.GetBytes($"<a {string.Join(' ', Enumerable.Range(0, 300).Select(i => $"a{i}=''"))}/>")).ShouldBeNull();

    [Fact]
    public void Text_longer_than_the_limit_is_refused_where_it_is_wanted_and_passed_over_elsewhere()
    {
        byte[] document = [.. "<value><unknown>"u8, .. new byte[XmlScanner.LongestText + 1].Select(_ => (byte)'x'), .. "</unknown></value>"u8];
        Read(document, static reader => reader.Skip());
        Should.Throw<VimProtocolException>(() => Read(document, static reader => reader.ReadString())).Message.ShouldContain("longer");
    }

    private static void Read(byte[] document, Action<VimReader> readChild)
    {
        using var reader = VimReader.Create(new MemoryStream(document));
        reader.MoveToContent();
        reader.Enter().ShouldBeTrue();
        reader.NextChild().ShouldBeTrue();
        readChild(reader);
        reader.ReadToEnd();
    }

    private static bool Agree(byte[] document, int chunk)
    {
        var expected = XmlEvents.BySystemXml(document);
        return XmlEvents.ByScanner(document) == expected && XmlEvents.ByScanner(document, chunk) == expected;
    }

    private static string Print((byte[] Document, int Chunk) sample) =>
        $"{Encoding.Latin1.GetString(sample.Document)}\nscanner: {XmlEvents.ByScanner(sample.Document) ?? "refused"}\nin pieces of {sample.Chunk}: {XmlEvents.ByScanner(sample.Document, sample.Chunk) ?? "refused"}\nSystem.Xml: {XmlEvents.BySystemXml(sample.Document) ?? "refused"}";
}
