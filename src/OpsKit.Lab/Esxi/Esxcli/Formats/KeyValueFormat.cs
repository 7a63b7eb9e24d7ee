using System.Text;
using OpsKit.Lab.Esxi.Esxcli.Values;

namespace OpsKit.Lab.Esxi.Esxcli.Formats;

/// <summary>One line a value: <c>structure[0].Nic.AdminStatus.string=Up</c>.</summary>
internal sealed class KeyValueFormat : IEsxcliFormat
{
    public string Write(EsxcliValue value)
    {
        var text = new StringBuilder();
        Lines(text, "", value);
        return text.ToString();
    }

    private static void Lines(StringBuilder text, string path, EsxcliValue value)
    {
        switch (value)
        {
            case EsxcliRecord record:
                foreach (var field in record.ByApiName)
                    Lines(text, $"{path}{record.Type}.{field.ApiName}.", field.Value);
                break;
            case EsxcliList { Items: [] } list:
                text.Append(path).Append(list.Type).Append("[] = \n");
                break;
            case EsxcliList { Type: "structure" } list:
                for (var index = 0; index < list.Items.Count; index++)
                    Lines(text, $"{path}structure[{index}].", list.Items[index]);
                break;
            case EsxcliList list:
                for (var index = 0; index < list.Items.Count; index++)
                    text.Append(path).Append(list.Type).Append('[').Append(index).Append("]=").Append(Escape(list.Items[index])).Append('\n');
                break;
            default:
                text.Append(path).Append(value switch { EsxcliInteger => "integer", EsxcliBoolean => "boolean", _ => "string" }).Append('=').Append(Escape(value)).Append('\n');
                break;
        }
    }

    private static string Escape(EsxcliValue value) => value.ToString().Replace("\n", "\\n", StringComparison.Ordinal);
}
