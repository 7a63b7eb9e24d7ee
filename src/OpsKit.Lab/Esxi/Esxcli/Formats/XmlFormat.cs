using System.Text;
using OpsKit.Lab.Esxi.Esxcli.Values;

namespace OpsKit.Lab.Esxi.Esxcli.Formats;

/// <summary>XML of the one schema all versions share.</summary>
internal sealed class XmlFormat : IEsxcliFormat
{
    private const int Indent = 3;

    public string Write(EsxcliValue value)
    {
        var text = new StringBuilder();
        text.Append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<output xmlns=\"http://www.vmware.com/Products/ESX/5.0/esxcli\">\n<root>\n");
        Element(text, value, Indent);
        text.Append("</root>\n</output>\n");
        return text.ToString();
    }

    private static void Element(StringBuilder text, EsxcliValue value, int indent)
    {
        text.Append(' ', indent);
        switch (value)
        {
            case EsxcliRecord record:
                text.Append("<structure typeName=\"").Append(Escape(record.Type)).Append("\">\n");
                foreach (var field in record.ByApiName)
                {
                    text.Append(' ', indent + Indent).Append("<field name=\"").Append(Escape(field.ApiName)).Append("\">\n");
                    Element(text, field.Value, indent + (2 * Indent));
                    text.Append(' ', indent + Indent).Append("</field>\n");
                }

                text.Append(' ', indent).Append("</structure>\n");
                break;
            case EsxcliList list:
                text.Append("<list type=\"").Append(list.Type).Append("\">\n");
                foreach (var item in list.Items)
                    Element(text, item, indent + Indent);
                text.Append(' ', indent).Append("</list>\n");
                break;
            case EsxcliInteger:
                text.Append("<integer>").Append(value).Append("</integer>\n");
                break;
            case EsxcliBoolean:
                text.Append("<boolean>").Append(value).Append("</boolean>\n");
                break;
            default:
                text.Append("<string>").Append(Escape(value.ToString())).Append("</string>\n");
                break;
        }
    }

    /// <summary>What XML cannot hold at all is left out.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\r' => escaped.Append("&#13;"),
                '\t' or '\n' => escaped.Append((char)rune.Value),
                < ' ' or 0xfffe or 0xffff => escaped,
                _ => escaped.Append(rune),
            };
        }

        return escaped.ToString();
    }
}
