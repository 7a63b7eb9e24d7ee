using System.Xml;
using System.Xml.Linq;

namespace OpsKit.Modules.Esxcli;

/// <summary>
/// Reads the formatter <c>xml</c>. Elements are told by their local names: the namespace has 5.0 in it on every version, ends in a slash for commands that are
/// scripts, and those leave <c>root</c> out.
/// </summary>
internal static class EsxcliXml
{
    private const int Deepest = 16;
    private const int Longest = 32 * 1024 * 1024;

    /// <exception cref="XmlException">It is damaged.</exception>
    /// <exception cref="FormatException">It is no answer of <c>esxcli</c>.</exception>
    public static EsxcliAnswer Read(string text)
    {
        using var reader = XmlReader.Create(
            new StringReader(text.Trim()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false, MaxCharactersInDocument = Longest });
        var output = XDocument.Load(reader).Root;
        if (output is not { Name.LocalName: "output" })
            throw new FormatException("the answer is XML, but none of esxcli");
        var root = output.Elements().FirstOrDefault(element => element.Name.LocalName == "root") ?? output;
        return root.Elements().FirstOrDefault() switch
        {
            null => new EsxcliAnswer([], root.Value.Trim() is { Length: > 0 } plain ? plain : null),
            { Name.LocalName: "structure" } => new EsxcliAnswer([.. root.Elements().Where(IsStructure).Select(one => Record(one, 0))], null),
            { Name.LocalName: "list" } list when list.Elements().All(IsStructure) => new EsxcliAnswer([.. list.Elements().Select(one => Record(one, 0))], null),
            { Name.LocalName: "list" } list => new EsxcliAnswer([], string.Join('\n', list.Elements().Select(one => one.Value.Trim()))),
            var scalar => new EsxcliAnswer([], scalar.Value.Trim()),
        };
    }

    private static EsxcliRecord Record(XElement structure, int depth)
    {
        if (depth > Deepest)
            throw new FormatException("the XML is nested too deeply");
        var record = new EsxcliRecord();
        foreach (var field in structure.Elements().Where(element => element.Name.LocalName == "field"))
            record.Add((string?)field.Attribute("name") ?? "", Value(field, depth));
        return record;
    }

    private static EsxcliValue Value(XElement field, int depth) => field.Elements().FirstOrDefault() switch
    {
        null => EsxcliValue.Of(field.Value.Trim()),
        { Name.LocalName: "structure" } => EsxcliValue.Of([.. field.Elements().Where(IsStructure).Select(one => Record(one, depth + 1))]),
        { Name.LocalName: "list" } list when list.Elements().Any(IsStructure) => EsxcliValue.Of([.. list.Elements().Where(IsStructure).Select(one => Record(one, depth + 1))]),
        { Name.LocalName: "list" } list => EsxcliValue.Of([.. list.Elements().Select(one => one.Value.Trim()).Where(item => item.Length > 0)]),
        var scalar => EsxcliValue.Of(scalar.Value.Trim()),
    };

    private static bool IsStructure(XElement element) => element.Name.LocalName == "structure";
}
