using System.Text;
using OpsKit.Lab.Esxi.Esxcli.Values;

namespace OpsKit.Lab.Esxi.Esxcli.Formats;

/// <summary>The hidden formats: JSON, and the same as Python writes its values.</summary>
internal sealed class JsonFormat(bool asPython) : IEsxcliFormat
{
    public string Write(EsxcliValue value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.Append('\n').ToString();
    }

    private void Append(StringBuilder text, EsxcliValue value)
    {
        switch (value)
        {
            case EsxcliRecord record:
                Sequence(text, '{', record.ByApiName, field =>
                {
                    Quote(text, field.ApiName);
                    text.Append(": ");
                    Append(text, field.Value);
                }, '}');
                break;
            case EsxcliList list:
                Sequence(text, '[', list.Items, item => Append(text, item), ']');
                break;
            case EsxcliBoolean boolean:
                text.Append(asPython ? boolean.Value ? "True" : "False" : boolean.ToString());
                break;
            case EsxcliInteger:
                text.Append(value);
                break;
            default:
                Quote(text, value.ToString());
                break;
        }
    }

    private static void Sequence<T>(StringBuilder text, char open, IEnumerable<T> items, Action<T> append, char close)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                text.Append(", ");
            append(item);
            first = false;
        }

        text.Append(close);
    }

    private void Quote(StringBuilder text, string value)
    {
        var quote = asPython ? '\'' : '"';
        text.Append(quote);
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append($"\\u{(int)letter:x4}"),
                _ when letter == quote => text.Append('\\').Append(letter),
                _ => text.Append(letter),
            };
        }

        text.Append(quote);
    }
}
