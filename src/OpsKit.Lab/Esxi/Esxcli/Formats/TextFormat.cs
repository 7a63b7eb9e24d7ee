using System.Text;
using OpsKit.Lab.Esxi.Esxcli.Values;

namespace OpsKit.Lab.Esxi.Esxcli.Formats;

/// <summary>What people read: tables with a ruler of dashes, or blocks of <c>Name: value</c> lines.</summary>
internal sealed class TextFormat(bool asTable) : IEsxcliFormat
{
    private const int Indent = 3;
    private const int NestedIndent = 6;

    public string Write(EsxcliValue value)
    {
        var text = new StringBuilder();
        switch (value)
        {
            case EsxcliList { Items: [EsxcliRecord, ..] } list when asTable:
                TextTable.Write(text, [.. list.Items.Cast<EsxcliRecord>()]);
                break;
            case EsxcliRecord record when asTable:
                TextTable.Write(text, [record]);
                break;
            case EsxcliList { Items: [EsxcliRecord, ..] } list:
                Blocks(text, list);
                break;
            case EsxcliList list:
                foreach (var item in list.Items)
                    text.Append(Inline(item)).Append('\n');
                break;
            case EsxcliRecord record:
                Block(text, record, Indent);
                break;
            case EsxcliBoolean { IsSilent: true }:
                break;
            default:
                text.Append(Inline(value)).Append('\n');
                break;
        }

        return text.ToString();
    }

    /// <summary>A value in a line or a cell.</summary>
    public static string Inline(EsxcliValue value) => value switch
    {
        EsxcliBoolean boolean => boolean.ToText(),
        EsxcliList list => string.Join(", ", list.Items.Select(Inline)),
        EsxcliRecord record => string.Join(", ", record.Shown.Select(field => $"{field.Name}: {Inline(field.Value)}")),
        _ => value.ToString(),
    };

    private static void Blocks(StringBuilder text, EsxcliList list)
    {
        for (var index = 0; index < list.Items.Count; index++)
        {
            if (index > 0)
                text.Append('\n');
            Block(text, (EsxcliRecord)list.Items[index], Indent);
        }
    }

    private static void Block(StringBuilder text, EsxcliRecord record, int indent)
    {
        if (record.Title is { } title)
            text.Append(title).Append('\n');
        foreach (var field in record.Shown)
        {
            text.Append(' ', indent).Append(field.Name).Append(':');
            switch (field.Value)
            {
                case EsxcliRecord nested:
                    text.Append('\n');
                    Block(text, nested, indent + NestedIndent);
                    break;
                case EsxcliList { Items: [EsxcliRecord, ..] } list:
                    text.Append('\n');
                    Nested(text, list, indent);
                    break;
                default:
                    text.Append(' ').Append(Inline(field.Value)).Append('\n');
                    break;
            }
        }
    }

    /// <summary>The line between nested blocks holds the blanks of their indentation and nothing else.</summary>
    private static void Nested(StringBuilder text, EsxcliList list, int indent)
    {
        for (var index = 0; index < list.Items.Count; index++)
        {
            if (index > 0)
                text.Append(' ', NestedIndent).Append('\n');
            Block(text, (EsxcliRecord)list.Items[index], indent + NestedIndent);
        }
    }
}
