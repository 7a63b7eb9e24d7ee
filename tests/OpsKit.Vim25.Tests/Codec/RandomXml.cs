using System.Text;
using CsCheck;

namespace OpsKit.Vim25.Tests.Codec;

/// <summary>Random documents: well-formed ones with everything a document may hold, and the same after a few bytes went wrong.</summary>
internal static class RandomXml
{
    private static readonly string[] Fragments =
    [
        "<", ">", "/", "</", "/>", "&", ";", "\"", "'", "=", "!", "?", "-", "--", "-->", "]]>", "]", "[", ":", " ", "\n", "\r\n", "\r", "\t", "\0", "\u0001", "\u007F", "é", "\uFFFE",
        "&amp;", "&#65;", "&#x1;", "&#0;", "&#x110000;", "&#;", "&nbsp;", "<a>", "</a>", "<p:a/>", " x=\"1\"", " xmlns=\"\"", " xmlns:p=\"\"", " xmlns:p='u'", "<?xml x?>", "<?pi?>",
        "<!-- c -->", "<![CDATA[", "<!DOCTYPE a>", "xmlns", "xml:", "p:",
    ];

    private static readonly Gen<string> Name = One(
        "a", "key", "name", "deviceInfo", "p:b", "q:value", "é-1", "a.b_c", "_", "VirtualEthernetCardDistributedVirtualPortBackingInfo", "xsi:x", "xml:base");

    private static readonly Gen<string> Text = Gen.OneOf(
        One("", " ", "\n  ", "poweredOn", "[ds 1] a/a.vmdk", "]] >", "a > b", "é", "漢字かな", "😀", "\r\n", "\r", "tab\there", "&lt;&amp;&gt;&quot;&apos;", "&#65;&#x263A;&#x1F600;", "&#13;&#10;&#9;"),
        Gen.String[Gen.Char[' ', '~'], 0, 40].Select(Escape));

    private static readonly Gen<string> Attribute = Gen.Select(
        Gen.OneOf(Name, One("type", "xsi:type", "xsi:nil", "xmlns:p", "xmlns:q", "xmlns:r", "xmlns")),
        One("=", " = ", "=\n"),
        One("'", "\""),
        Gen.OneOf(Text, One("xsd:int", "urn:vim25", "http://www.w3.org/2001/XMLSchema-instance")),
        One(" ", "\n", "  "),
        (name, equals, quote, value, space) => space + name + equals + quote + value.Replace(quote, "", StringComparison.Ordinal) + quote);

    private static readonly Gen<string> Miscellany = One(
        "<!-- a comment; é - > -->", "<!---->", "<?pi some ? thing?>", "<?pi?>", "<![CDATA[a < b & ]] c]]>", "<![CDATA[]]>", "<![CDATA[\r\né]]]>");

    private static readonly Gen<byte[]> Head = One("", "\uFEFF", "<?xml version=\"1.0\"?>", "<?xml version='1.0' encoding='utf-8' standalone=\"yes\" ?>\n", "<!-- c -->\n<?pi x?>")
        .Select(Encoding.UTF8.GetBytes);

    private static readonly Gen<byte[]> Body = Gen.Select(Content(4).Array[0, 8], One("", "\n", "<!-- end -->", " <?end?>"), (content, tail) => Encoding.UTF8.GetBytes(
        $"<root xmlns=\"urn:vim25\" xmlns:p='urn:p' xmlns:q=\"urn:q\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">{string.Concat(content)}</root>{tail}"));

    internal static Gen<byte[]> WellFormed { get; } = Gen.Select(Head, Body, (head, body) => (byte[])[.. head, .. body]);

    /// <summary>The XML declaration stays whole: System.Xml takes any version that begins with 1.0.</summary>
    internal static Gen<byte[]> Garbled { get; } = Gen.Select(
        Head, Body, Mutation.Array[1, 4],
        (head, body, mutations) => (byte[])[.. head, .. WithoutHalfCharacter(mutations.Aggregate(body, static (bytes, mutate) => mutate(bytes)))]);

    private static Gen<Func<byte[], byte[]>> Mutation => Gen.Select(
        Gen.Int[0, 4], Gen.Double[0, 1], Gen.Int[1, 6], Gen.Byte, One(Fragments),
        (kind, place, length, value, fragment) => (Func<byte[], byte[]>)(bytes =>
        {
            var at = (int)(place * bytes.Length);
            var until = Math.Min(bytes.Length, at + length);
            return kind switch
            {
                0 => [.. bytes[..at], .. bytes[until..]],
                1 => [.. bytes[..at], value, .. bytes[Math.Min(bytes.Length, at + 1)..]],
                2 => [.. bytes[..until], .. bytes[at..]],
                3 => bytes[..at],
                _ => [.. bytes[..at], .. Encoding.UTF8.GetBytes(fragment), .. bytes[at..]],
            };
        }));

    /// <summary>System.Xml does not notice a character that the document's end cuts in two.</summary>
    private static byte[] WithoutHalfCharacter(byte[] document) => document[..(1 + Array.FindLastIndex(document, b => b < 0x80))];

    private static Gen<string> Content(int depth) => depth == 0 ? Text : Gen.OneOf(Text, Miscellany, Element(depth));

    private static Gen<string> Element(int depth) => Gen.Select(
        Name, Attribute.Array[0, 3], Content(depth - 1).Array[0, 4], One("", " ", "\n"),
        (name, attributes, content, space) => content.Length == 0
            ? $"<{name}{string.Concat(attributes)}{space}/>"
            : $"<{name}{string.Concat(attributes)}{space}>{string.Concat(content)}</{name}{space}>");

    private static Gen<string> One(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("]]>", "]]&gt;", StringComparison.Ordinal);
}
