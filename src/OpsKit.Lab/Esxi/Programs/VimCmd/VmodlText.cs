using System.Collections;
using System.Globalization;
using System.Text;
using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25;

namespace OpsKit.Lab.Esxi.Programs.VimCmd;

/// <summary>
/// Objects as <c>vim-cmd</c> writes them, with the fields the host's API version has. Hosts before 6.0 begin each with <c>dynamicType</c> and end every line
/// with a comma.
/// </summary>
internal sealed class VmodlText
{
    private const int Step = 3;

    private readonly StringBuilder _text = new();
    private readonly SchemaVersion _schema;
    private readonly bool _old;
    private readonly string _unset;

    private VmodlText(LabHost host)
    {
        _schema = SchemaVersion.Of(HostSummaries.Product(host).ApiVersion!);
        _old = HostSettings.Major(host) < 6;
        _unset = HostSettings.Major(host) < 8 ? "<unset>" : "null";
    }

    public static string Of(LabHost host, DataObject value)
    {
        var text = new VmodlText(host);
        text.Object(value, 0);
        return text._text.Append('\n').ToString();
    }

    public static string Of(LabHost host, string itemType, IReadOnlyCollection<DataObject> values)
    {
        var text = new VmodlText(host);
        text.List(itemType, values, 0);
        return text._text.Append('\n').ToString();
    }

    private void Object(DataObject value, int indent)
    {
        var shape = _schema.Nearest(value.TypeName);
        _text.Append('(').Append(VmodlNames.Of(shape?.Name ?? value.TypeName)).Append(") {\n");
        if (_old)
            Line(indent + Step, "dynamicType = <unset>", last: false);
        var fields = shape?.Fields ?? [];
        for (var i = 0; i < fields.Count; i++)
        {
            Pad(indent + Step);
            _text.Append(fields[i].Name).Append(" = ");
            Value(fields[i], value.GetField(fields[i].Name), indent + Step);
            End(last: i == fields.Count - 1);
        }

        Pad(indent);
        _text.Append('}');
    }

    private void Value(FieldShape field, object? value, int indent)
    {
        if (value is DataObject one)
        {
            Object(one, indent);
            return;
        }

        if (field.Array && value is IEnumerable items and not string)
        {
            List(field.Type, [.. items.Cast<object>()], indent);
            return;
        }

        _text.Append(value is null ? _unset : Scalar(value));
    }

    private void List(string itemType, IReadOnlyCollection<object> items, int indent)
    {
        if (items.Count == 0)
        {
            _text.Append(_unset);
            return;
        }

        _text.Append('(').Append(ListType(itemType)).Append(") [\n");
        var left = items.Count;
        foreach (var item in items)
        {
            Pad(indent + Step);
            if (item is DataObject one)
                Object(one, indent + Step);
            else
                _text.Append(Scalar(item));
            End(last: --left == 0);
        }

        Pad(indent);
        _text.Append(']');
    }

    private static string ListType(string itemType) => itemType switch
    {
        "ManagedObjectReference" => "ManagedObject",
        _ when itemType.StartsWith("xsd:", StringComparison.Ordinal) => itemType[4..],
        _ => VmodlNames.Of(itemType),
    };

    private static string Scalar(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        ManagedObjectReference reference => VmodlNames.Reference(reference),
        DateTimeOffset time => $"\"{time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)}\"",
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => $"\"{ByteText.Of(value.ToString() ?? "").Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
    };

    private void Line(int indent, string text, bool last)
    {
        Pad(indent);
        _text.Append(text);
        End(last);
    }

    private void End(bool last) => _text.Append(last && !_old ? "\n" : ",\n");

    private void Pad(int indent) => _text.Append(' ', indent);
}
